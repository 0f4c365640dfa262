using ChatBot.Core.Incidents;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Commands;

/// <summary>The same incidents, changes and lines, and of the days before four short alerts of POP3 and two of FTP while routeur was down.</summary>
internal sealed class SampleHistory(SampleIncidents incidents, SampleChanges changes, SampleChangelog changelog, DateTimeOffset now) : IHistory
{
    public Task<Incident?> LatestAsync(string machine, string? service, CancellationToken cancellationToken) => Task.FromResult(
        incidents.All
            .Where(one => one.Machine.Value == machine && (service is null || string.Equals(one.Service?.Value, service, StringComparison.OrdinalIgnoreCase)))
            .MaxBy(one => one.OpenedAt));

    public Task<IReadOnlyList<PastIncident>> PastAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PastIncident>>([.. new[]
        {
            Past("hal", "POP3", 1, 2, 3),
            Past("hal", "POP3", 2, 3, 3),
            Past("hal", "POP3", 3, 3, 2),
            Past("hal", "POP3", 4, 120, 1) with { WasAcknowledged = true },
            Past("routeur", null, 5, 60, 1) with { WasDown = true },
            Past("sud", "FTP", 5, 60, 1),
            Past("sud", "FTP", 5, 50, 1),
            Past("web", "HTTP", 6, 20, 1),
        }.Where(one => one.ClosedAt >= since).Take(most)]);

    public Task<Activity> SinceAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) => Task.FromResult(new Activity(
        [.. incidents.All.Where(one => one.OpenedAt >= since || one.ClosedAt >= since || one.Acknowledgement?.At >= since).Take(most)],
        [.. changes.All.Where(one => one.At >= since).Take(most)],
        [.. changelog.Entries.Where(one => one.At >= since).Take(most)]));

    public Task<int> ForgetAsync(PublicText person, CancellationToken cancellationToken) => Task.FromResult(person.Value == "lunar" ? 2 : 0);

    private PastIncident Past(string machine, string? service, int daysAgo, int minutes, int notifications) => new()
    {
        Machine = PublicText.Declared(machine),
        Service = service is null ? null : PublicText.Declared(service),
        OpenedAt = now.AddDays(-daysAgo),
        ClosedAt = now.AddDays(-daysAgo).AddMinutes(minutes),
        Notifications = notifications,
    };
}
