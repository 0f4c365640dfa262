using ChatBot.Core.Reports;

namespace ChatBot.Core.Changelog;

/// <summary>Whether anybody is to be asked who made a change.</summary>
public static class ChangeOrigin
{
    /// <summary>How long people have to write their line.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>When to ask about the change of a report; null where there is nothing to ask.</summary>
    public static DateTimeOffset? AskAt(Report report, DateTimeOffset now) =>
        report.Change is { ChangelogLines.Count: 0 } change && RecentChange.SomethingMoved(change) && !IsAutomatic(report)
            ? now + Patience
            : null;

    /// <summary>Whether a program made the change by itself.</summary>
    public static bool IsAutomatic(Report report) => report.Source.Value == "unattended-upgrades";
}
