using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Reads from the store what a decision needs to know, and no more.</summary>
internal static class SituationLoader
{
    // Of one machine, within the hour before its alerts, the newest first: the one that a line names is among them.
    private const int MostChanges = 500;

    /// <summary>The silences in force, in this transaction.</summary>
    public static async Task<Silences> SilencesAsync(StoreTransaction transaction, Inventory inventory) => new(
        inventory,
        await MuteStore.InForceAsync(transaction),
        (await InterventionStore.ComingAsync(transaction)).Where(one => one.IsInCourse).ToList());

    /// <summary>What concerns the checks that are reported of.</summary>
    public static async Task<Situation> OfReportsAsync(
        StoreTransaction transaction, Inventory inventory, IReadOnlyList<Report> reports, DateTimeOffset at)
    {
        var situation = await OfChecksAsync(transaction, [.. reports.Select(report => report.Check).Distinct()], await SilencesAsync(transaction, inventory));
        if (reports.Any(report => report.Kind == ReportKind.Downtime))
        {
            var echoing = await InterventionStore.AboutToBeginOrOverAsync(transaction, at + InterventionRules.Echo, at - InterventionRules.Echo);
            situation = situation with { Echoing = echoing };
        }

        var isStable = reports.Any(report => report is { Kind: ReportKind.Flapping, Phase: not Phase.Start });
        var isOfPart = reports.Any(report => report is { Kind: ReportKind.Recovery, Part.IsNone: false });
        var old = OldOnes(situation, reports, at);
        var ended = await LastEndedAsync(transaction, old);
        return situation with
        {
            Incidents = [.. situation.Incidents, .. ended],
            Stories = await StoriesAsync(
                transaction, situation.Incidents.Where(one => isStable && one.Flapping || isOfPart && one.Part.IsNone || old.Contains(one.Check)).Concat(ended)),
        };
    }

    // The checks of which something older is reported than is known.
    private static HashSet<CheckKey> OldOnes(Situation situation, IReadOnlyList<Report> reports, DateTimeOffset at) => [.. situation.Histories
        .Where(one => one.Last is { } last && reports.Any(report => report.Machine == one.Machine && report.Service == one.Service && last.IsNewerThan(report, at)))
        .Select(one => one.Check)];

    private static async Task<List<Incident>> LastEndedAsync(StoreTransaction transaction, IEnumerable<CheckKey> checks)
    {
        var ended = new List<Incident>();
        foreach (var check in checks)
        {
            if (await IncidentStore.LastOneAsync(transaction, check) is { IsOpen: false } last)
            {
                ended.Add(last);
            }
        }

        return ended;
    }

    /// <summary>The flapping checks that are stable again; null where there are none.</summary>
    public static async Task<Situation?> SettledAsync(StoreTransaction transaction, Inventory inventory, DateTimeOffset now)
    {
        var settled = await CheckHistoryStore.SettledAsync(transaction, now);
        return settled.Count == 0
            ? null
            : new Situation
            {
                Silences = await SilencesAsync(transaction, inventory),
                Incidents = await OpenAsync(transaction, settled.Select(one => one.Check)),
                Histories = settled,
            };
    }

    /// <summary>What may be announced and, where anything is due, what may keep it from it.</summary>
    public static async Task<Situation> DueAsync(StoreTransaction transaction, Planner planner, Inventory inventory, DateTimeOffset now)
    {
        var rules = planner.Rules;
        var orphans = await DueStore.UninhibitedAsync(transaction, now - Inhibition.Longest);
        var unannounced = await DueStore.UnannouncedAsync(transaction);
        var waiting = rules.Repeat > TimeSpan.Zero ? await DueStore.UnacknowledgedAsync(transaction, now - rules.Repeat, rules.Repeat) : [];
        if (!planner.IsDue(unannounced, orphans.Count, now))
        {
            return new Situation { Silences = new Silences(inventory, [], []), Incidents = Each([.. unannounced, .. waiting]) };
        }

        IReadOnlyList<Incident> due = [.. unannounced, .. orphans];
        var machines = await DueStore.OpenOfMachinesAsync(transaction);

        // A load inhibits what timed out, and nothing else.
        IReadOnlyList<Incident> loads = due.Concat(machines).Any(one => one.TimedOut)
            ? await DueStore.OpenOfServicesAsync(transaction, (await DueStore.OpenServicesAsync(transaction)).Where(rules.IsLoad))
            : [];
        var incidents = Each([.. due, .. waiting, .. machines, .. loads]);
        return new Situation
        {
            Silences = await SilencesAsync(transaction, inventory),
            Incidents = incidents,
            Orphans = [.. orphans.Select(one => one.Number)],
            Inhibited = await DueStore.InhibitedAsync(transaction, incidents),
            AnnouncedLately = await DueStore.AnnouncedSinceAsync(transaction, now - rules.GroupInterval),
            Changes = await ChangesAsync(transaction, due),
            EndedUnannounced = await EndedUnannouncedAsync(transaction, due),
        };
    }

    private static async Task<Situation> OfChecksAsync(
        StoreTransaction transaction, IReadOnlyList<CheckKey> checks, Silences silences)
    {
        var open = await OpenAsync(transaction, checks);
        var histories = new List<CheckHistory>();
        var unsaid = open.Where(one => checks.Any(check => check.Part.IsUnsaid && check.Machine == one.Machine && check.Service == one.Service));
        foreach (var check in checks.Concat(unsaid.Select(one => one.Check)).Distinct())
        {
            if (await CheckHistoryStore.FindAsync(transaction, check) is { } history)
            {
                histories.Add(history);
            }
        }

        return new Situation { Silences = silences, Incidents = open, Histories = histories };
    }

    // All of the service: an end may not say which of its checks it ends.
    private static async Task<IReadOnlyList<Incident>> OpenAsync(
        StoreTransaction transaction, IEnumerable<CheckKey> checks)
    {
        var open = new List<Incident>();
        foreach (var (machine, service) in checks.Select(check => (check.Machine, check.Service)).Distinct())
        {
            open.AddRange(await IncidentStore.OpenOfAsync(transaction, machine, service));
        }

        return open;
    }

    private static async Task<IReadOnlyDictionary<long, IReadOnlyList<IncidentEvent>>> StoriesAsync(StoreTransaction transaction, IEnumerable<Incident> incidents)
    {
        var stories = new Dictionary<long, IReadOnlyList<IncidentEvent>>();
        foreach (var incident in incidents)
        {
            stories[incident.Number] = await IncidentStore.StoryAsync(transaction, incident.Number);
        }

        return stories;
    }

    private static async Task<IReadOnlyList<Change>> ChangesAsync(StoreTransaction transaction, IReadOnlyList<Incident> due)
    {
        var changes = new List<Change>();
        foreach (var machine in due.Where(one => one is { IsOpen: true, AnnouncedState: null }).GroupBy(one => one.Machine))
        {
            var (first, last) = (machine.Min(one => one.OpenedAt), machine.Max(one => one.OpenedAt));
            changes.AddRange(await ChangeStore.OfMachineAsync(transaction, machine.Key, first - RecentChange.Within, last, MostChanges));
        }

        return changes;
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> EndedUnannouncedAsync(StoreTransaction transaction, IReadOnlyList<Incident> due) =>
        due.Count == 0 ? [] : await DueStore.EndedUnannouncedAsync(transaction, due.Min(one => one.OpenedAt));

    private static List<Incident> Each(IEnumerable<Incident> incidents) => [.. incidents.DistinctBy(one => one.Number)];
}
