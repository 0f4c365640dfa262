using ChatBot.Core.Changelog;

namespace ChatBot.Core.Incidents;

/// <summary>What happened, for commands that look back.</summary>
public interface IHistory
{
    /// <summary>The last incident of a machine or of one of its checks, open or ended.</summary>
    /// <param name="machine">A short name.</param>
    /// <param name="service">As the monitor names it, case-insensitive; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Incident?> LatestAsync(string machine, string? service, CancellationToken cancellationToken);

    /// <summary>The incidents that began or were open since then, the newest first.</summary>
    /// <param name="since">The beginning of the period.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<PastIncident>> PastAsync(DateTimeOffset since, int most, CancellationToken cancellationToken);

    /// <summary>What happened since then, each kind newest first.</summary>
    /// <param name="since">The beginning of the period.</param>
    /// <param name="most">How many of each kind at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Activity> SinceAsync(DateTimeOffset since, int most, CancellationToken cancellationToken);
}

/// <summary>What happened in a time.</summary>
/// <param name="Incidents">Those that began, ended or were acknowledged.</param>
/// <param name="Changes">What machines were seen to have changed.</param>
/// <param name="Entries">What people wrote in the changelogs.</param>
public sealed record Activity(
    IReadOnlyList<Incident> Incidents, IReadOnlyList<Change> Changes, IReadOnlyList<ChangelogEntry> Entries);
