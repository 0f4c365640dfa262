using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Finds the change that may be why something broke.</summary>
public static class RecentChange
{
    /// <summary>How long after a change an alert mentions it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(1);

    /// <summary>The last change of a machine within the hour before; null where nothing was seen to move.</summary>
    /// <param name="changes">Of any machine, newest first.</param>
    /// <param name="machine">The short name.</param>
    /// <param name="at">When the incident began.</param>
    public static Change? Before(IEnumerable<Change> changes, Name machine, DateTimeOffset at) => changes.FirstOrDefault(
        change => change.Machine == machine && change.At <= at && at - change.At <= Within && SomethingMoved(change.Summary));

    /// <summary>Whether a change names something, or is encrypted.</summary>
    public static bool SomethingMoved(ChatBot.Core.Reports.ChangeSummary summary) =>
        !summary.Stable && (summary.Encrypted || summary.Files.Count > 0 || summary.Packages.Count > 0);
}
