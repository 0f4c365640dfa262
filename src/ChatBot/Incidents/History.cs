
using ChatBot.Core.Incidents;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Looks back in the store.</summary>
public sealed class History(Database database) : IHistory
{
    public Task<Incident?> LatestAsync(string machine, string? service, CancellationToken cancellationToken) =>
        database.ReadAsync(work => HistoryStore.LatestAsync(work, machine, service), cancellationToken);

    public Task<IReadOnlyList<PastIncident>> PastAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(work => HistoryStore.PastAsync(work, since, most), cancellationToken);

    public Task<Activity> SinceAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) => database.ReadAsync(
        async work => new Activity(
            await HistoryStore.SinceAsync(work, since, most),
            await ChangeStore.SinceAsync(work, since, most),
            await ChangelogStore.SinceAsync(work, since, most)),
        cancellationToken);
}
