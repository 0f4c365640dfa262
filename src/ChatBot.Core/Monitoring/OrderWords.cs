using System.Collections.Frozen;

namespace ChatBot.Core.Monitoring;

/// <summary>The words under which ends and troubles of orders are stored; they never change, whatever the members are called.</summary>
public static class OrderWords
{
    private static readonly FrozenDictionary<OrderOutcome, string> Outcomes = new Dictionary<OrderOutcome, string>
    {
        [OrderOutcome.AlreadyWell] = "already-well",
        [OrderOutcome.Unknown] = "unknown-to-monitor",
        [OrderOutcome.CannotBeNamed] = "cannot-be-named",
        [OrderOutcome.IncidentOver] = "incident-ended",
        [OrderOutcome.Superseded] = "superseded",
        [OrderOutcome.TooLate] = "too-late",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<MonitorTrouble, string> Troubles = new Dictionary<MonitorTrouble, string>
    {
        [MonitorTrouble.CommandFileMissing] = "command-file-missing",
        [MonitorTrouble.NobodyReads] = "nobody-reads",
        [MonitorTrouble.NotAFifo] = "not-a-fifo",
        [MonitorTrouble.Full] = "full",
        [MonitorTrouble.MayNotWrite] = "may-not-write",
        [MonitorTrouble.StatusMissing] = "status-missing",
        [MonitorTrouble.MayNotRead] = "may-not-read",
        [MonitorTrouble.StatusUnreadable] = "status-unreadable",
        [MonitorTrouble.StatusStale] = "status-stale",
        [MonitorTrouble.NoAnswer] = "no-answer",
        [MonitorTrouble.NotTrusted] = "not-trusted",
        [MonitorTrouble.WrongPassword] = "wrong-password",
        [MonitorTrouble.NotPermitted] = "not-permitted",
        [MonitorTrouble.AnswerUnreadable] = "answer-unreadable",
        [MonitorTrouble.NotConfirmed] = "not-confirmed",
    }.ToFrozenDictionary();

    /// <summary>Of an end at which the monitor does not show what was ordered.</summary>
    /// <exception cref="KeyNotFoundException">It is no such end.</exception>
    public static string Word(this OrderOutcome outcome) => Outcomes[outcome];

    public static string Word(this MonitorTrouble trouble) => Troubles[trouble];
}
