using ChatBot.Core.Reports;

namespace ChatBot.Core.Incidents;

/// <summary>
/// When a check was last reported, by the messages' own times: a message that was delayed says nothing of what came after it was written. Only
/// own times of one program on one host are compared, so that a clock that is wrong but steady orders them as a right one does. The arrival
/// stands for a time in the future, or so old that no mail server would have kept the mail: a clock that is ahead hides nothing. One that is
/// put back makes news look old, which nobody can tell from a delay: such a problem opens no incident, and the root group reads of it.
/// </summary>
/// <param name="Clock">The program and the host.</param>
/// <param name="ProblemAt">Of the last report of a problem; null where there was none.</param>
/// <param name="WellAt">Of the last report that all is well; null where there was none.</param>
public sealed record LastReports(string Clock, DateTimeOffset? ProblemAt, DateTimeOffset? WellAt)
{
    /// <summary>For how long mail servers try to deliver a mail (RFC 5321, 4.5.4.1).</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(5);

    /// <summary>Within it the order of arrival counts: clocks are adjusted and cut to seconds, and what is delayed is so by minutes.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>The most that a wrong clock may hide: what claims to be older is said.</summary>
    public static readonly TimeSpan LongestHidden = TimeSpan.FromMinutes(5);

    /// <summary>The own time of a report, or its arrival where that is not to be believed.</summary>
    public static DateTimeOffset Own(Report report, DateTimeOffset at) =>
        report.When is { } when && when <= at && when > at - LongestDelay ? when : at;

    /// <summary>With one more report; an older one changes nothing.</summary>
    public static LastReports After(LastReports? before, Report report, DateTimeOffset at)
    {
        // The monitor's state has the clock of its mails.
        var same = before is not null && (report.IsDrift || before.Clock == ClockOf(report)) ? before : new LastReports(ClockOf(report), null, null);
        var own = Own(report, at);
        return report.State!.Value.IsGood() ? same with { WellAt = Later(same.WellAt, own, at) } : same with { ProblemAt = Later(same.ProblemAt, own, at) };
    }

    /// <summary>
    /// Whether a report is older than what is known, as far as that concerns it: an end is where a problem was reported after it, an
    /// acknowledgement where an end was. What the monitor's state shows is always the latest.
    /// </summary>
    public bool IsNewerThan(Report report, DateTimeOffset at) => !report.IsDrift && Clock == ClockOf(report) && report.Kind switch
    {
        ReportKind.Alert or ReportKind.Flapping => IsNewer(ProblemAt, report, at) || IsNewer(WellAt, report, at),
        ReportKind.Recovery => IsNewer(ProblemAt, report, at),
        ReportKind.Ack => IsNewer(WellAt, report, at),
        _ => false,
    };

    // What lies in the future was noted while our own clock was wrong.
    private static bool IsNewer(DateTimeOffset? known, Report report, DateTimeOffset at) => known <= at && Own(report, at) < known - Tolerance;

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset own, DateTimeOffset at) => known <= at && known > own ? known.Value : own;

    private static string ClockOf(Report report) => report.WrittenOn is { } host ? $"{report.Source} {host}" : report.Source.Value;
}
