
using ChatBot.Core.Changelog;

namespace ChatBot.Core.Incidents;

/// <summary>What happened in a time.</summary>
/// <param name="Incidents">Those that began, ended or were taken.</param>
/// <param name="Changes">What machines were seen to have changed.</param>
/// <param name="Entries">What people wrote in the changelogs.</param>
public sealed record Activity(
    IReadOnlyList<Incident> Incidents, IReadOnlyList<Change> Changes, IReadOnlyList<ChangelogEntry> Entries);
