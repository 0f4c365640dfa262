using System.Collections.Frozen;

namespace ChatBot.Core.Incidents;

/// <summary>
/// The words under which reasons and suppressions are stored. They never change: a member may be renamed, its word may not, and a
/// word is never given to another member.
/// </summary>
public static class Reasons
{
    private static readonly FrozenDictionary<Reason, string> Words = new Dictionary<Reason, string>
    {
        [Reason.Opened] = "opened",
        [Reason.Repeated] = "repeated",
        [Reason.Changed] = "changed",
        [Reason.ChangedBeforeAnnounced] = "changed-before-announced",
        [Reason.Recovered] = "recovered",
        [Reason.RecoveredBeforeAnnounced] = "recovered-before-announced",
        [Reason.NothingOpen] = "nothing-open",
        [Reason.AcknowledgedInMonitor] = "acknowledged-in-monitor",
        [Reason.AlreadyAcknowledged] = "already-acknowledged",
        [Reason.FlappingStarted] = "flapping-started",
        [Reason.FlappingEnded] = "flapping-ended",
        [Reason.WhileFlapping] = "while-flapping",
        [Reason.Downtime] = "downtime",
        [Reason.Acknowledged] = "acknowledged",
        [Reason.Unacknowledged] = "unacknowledged",
        [Reason.AcknowledgementExpired] = "acknowledgement-expired",
        [Reason.Announced] = "announced",
        [Reason.Muted] = "muted",
        [Reason.DuringIntervention] = "during-intervention",
        [Reason.Inhibited] = "inhibited",
        [Reason.Overloaded] = "overloaded",
        [Reason.InhibitionEnded] = "inhibition-ended",
        [Reason.WaitsForOthers] = "waits-for-others",
        [Reason.Reminded] = "reminded",
        [Reason.Unwatched] = "unwatched",
        [Reason.FoundInMonitor] = "found-in-monitor",
        [Reason.ChangedInMonitor] = "changed-in-monitor",
        [Reason.GoneInMonitor] = "gone-in-monitor",
        [Reason.Imported] = "imported",
        [Reason.AmbiguousRecovery] = "ambiguous-recovery",
        [Reason.OutOfOrder] = "out-of-order",
        [Reason.FellSilent] = "fell-silent",
        [Reason.ReportedAgain] = "reported-again",
        [Reason.Closed] = "closed-by-a-person",
        [Reason.Unreadable] = "unreadable",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Reason> ByWord =
        Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Suppression, string> SuppressionWords = new Dictionary<Suppression, string>
    {
        [Suppression.Muted] = "muted",
        [Suppression.Intervention] = "intervention",
        [Suppression.Inhibited] = "inhibited",
        [Suppression.Overloaded] = "overloaded",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Suppression> SuppressionByWord =
        SuppressionWords.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The stored word.</summary>
    public static string Word(this Reason reason) => Words[reason];

    /// <summary>The stored word.</summary>
    public static string Word(this Suppression suppression) => SuppressionWords[suppression];

    /// <summary>The reason of a word; <see cref="Reason.Unreadable"/> for one that this version does not know.</summary>
    public static Reason Parse(string word) => ByWord.GetValueOrDefault(word, Reason.Unreadable);

    /// <summary>The suppression of a word; null, so that the incident is announced, for one that this version does not know.</summary>
    public static Suppression? ParseSuppression(string word) => SuppressionByWord.TryGetValue(word, out var known) ? known : null;
}
