
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Incidents;

/// <summary>Reports about one check of one machine, and incidents in the states they go through.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset At = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    public static Report Of(ReportKind kind, CheckState state = CheckState.Critical, Phase? phase = null) => new()
    {
        Source = PublicText.Declared("nagios"),
        Kind = kind,
        Machine = Name.OfMachine("hal"),
        Service = Name.OfService("POP3"),
        State = state,
        Phase = phase,
        Detail = new RootText("Socket timeout after 10 seconds"),
    };

    public static Incident Unannounced(long number = 42, string service = "POP3", CheckState state = CheckState.Critical) => new()
    {
        Number = number,
        Machine = Name.OfMachine("hal"),
        Service = Name.OfService(service),
        State = state,
        OpenedAt = At,
        AnnounceAt = At.AddSeconds(5),
        Detail = new RootText("Socket timeout after 10 seconds"),
    };

    public static Incident Announced(long number = 42) => Unannounced(number) with { AnnouncedState = CheckState.Critical, AnnounceAt = null };

    public static Incident Repeated() => Announced() with { Repeats = RepeatHistory.Begun(At) };

    public static Incident Silent() => Announced() with { Repeats = RepeatHistory.Begun(At) with { IsSilent = true } };

    public static Acknowledgement By(string reason, Audience saidTo) => new(
        PublicText.Declared("lunar"), new Remark(new RootText(reason), saidTo), At, At.AddHours(2));
}
