
using ChatBot.Core.Incidents;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Looks back in the store.</summary>
public sealed class History(Database database) : IHistory
{
    public Task<Incident?> LatestAsync(string machine, string? service, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => HistoryStore.LatestAsync(transaction, machine, service), cancellationToken);

    public Task<IReadOnlyList<PastIncident>> PastAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => HistoryStore.PastAsync(transaction, since, most), cancellationToken);

    public Task<Activity> SinceAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction => new Activity(
            await HistoryStore.SinceAsync(transaction, since, most),
            await ChangeStore.LearnedSinceAsync(transaction, since, most),
            await ChangelogStore.SinceAsync(transaction, since, most)),
        cancellationToken);
}
