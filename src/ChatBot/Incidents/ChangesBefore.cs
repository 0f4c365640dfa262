
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Puts beside what is to be told as new what its machine changed shortly before.</summary>
internal static class ChangesBefore
{
    private const int LookedAt = 500;

    public static async Task<IReadOnlyList<Incident>> AddAsync(StoreTransaction transaction, IReadOnlyList<Incident> untold)
    {
        var fresh = untold.Where(IsNew).ToList();
        if (fresh.Count == 0)
        {
            return untold;
        }

        var (first, last) = (fresh.Min(incident => incident.OpenedAt), fresh.Max(incident => incident.OpenedAt));
        var changes = await ChangeStore.BetweenAsync(transaction, first - RecentChange.Within, last, LookedAt);
        return changes.Count == 0
            ? untold
            : [.. untold.Select(incident => IsNew(incident)
                ? incident with { ChangedBefore = RecentChange.Before(changes, incident.Machine, incident.OpenedAt) }
                : incident)];
    }

    private static bool IsNew(Incident incident) => incident is { IsOpen: true, AnnouncedState: null };
}
