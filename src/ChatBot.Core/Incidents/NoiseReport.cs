
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Counts which checks alerted most, and what their incidents have in common.</summary>
public static class NoiseReport
{
    /// <summary>A remedy is worth a word from so many incidents on; what coincides, from so many times on.</summary>
    public const int Least = 2;

    /// <summary>A check may notice before that of the machine it needs: theirs are not made in one moment.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private static readonly int[] WaitsInMinutes = [2, 5, 10, 15];

    private static readonly string[] LoadWords = ["load", "charge"];

    /// <summary>The checks that had incidents, those that alerted most first.</summary>
    /// <param name="past">Those that began or were open in the period.</param>
    /// <param name="since">The beginning of the period: what began before is not counted, but may explain others.</param>
    /// <param name="now">Its end.</param>
    /// <param name="inventory">Which machine is known to need which.</param>
    /// <param name="machine">Of one machine alone; null for all.</param>
    public static IReadOnlyList<CheckNoise> Of(
        IReadOnlyList<PastIncident> past, DateTimeOffset since, DateTimeOffset now, Inventory inventory, string? machine = null)
    {
        var down = past.Where(one => one.WasDown && one.Service is null).ToList();
        var loads = past.Where(IsLoad).ToLookup(one => one.Machine);
        return past
            .Where(one => one.OpenedAt >= since && (machine is null || one.Machine.Value == machine))
            .GroupBy(one => (one.Machine, one.Service))
            .Select(check => Of(check.Key.Machine, check.Key.Service, check.ToList(), Unexplained(check.Key.Machine), loads[check.Key.Machine].ToList(), now))
            .OrderByDescending(check => check.Notifications)
            .ThenByDescending(check => check.Incidents)
            .ThenBy(check => check.Machine.Value, StringComparer.Ordinal)
            .ThenBy(check => check.Service?.Value, StringComparer.Ordinal)
            .ToList();

        // Outages of others that no dependency accounts for: not of what it needs, nor of what lies behind it, nor those that had
        // the same cause.
        List<PastIncident> Unexplained(Name it)
        {
            var needed = inventory.NeededBy(it.Value);
            var known = down.FindAll(one => needed.Contains(one.Machine.Value));
            return down.FindAll(one => one.Machine != it && !needed.Contains(one.Machine.Value)
                && !inventory.NeededBy(one.Machine.Value).Contains(it.Value) && !known.Exists(cause => IsDuring(one, cause, now)));
        }
    }

    private static CheckNoise Of(
        Name machine, Name? service, List<PastIncident> incidents, List<PastIncident> down, List<PastIncident> loads,
        DateTimeOffset now)
    {
        Remedy?[] remedies =
        [
            Delayed(incidents),
            Dependency(incidents, down, now),
            service is { } name && IsLoad(name) ? null : Load(incidents, loads, now),
            Unstable(incidents),
        ];
        return new CheckNoise(
            machine,
            service,
            incidents.Count,
            incidents.Sum(one => Math.Max(1, one.Notifications)),
            incidents.Count(one => !one.WasAcknowledged),
            Median(incidents, now),
            [.. remedies.OfType<Remedy>().OrderByDescending(remedy => remedy.Count)]);
    }

    // The shortest wait that would have kept half of them silent.
    private static Remedy.Delayed? Delayed(List<PastIncident> incidents)
    {
        var lasted = incidents.Where(one => one.ClosedAt is not null).Select(one => one.ClosedAt!.Value - one.OpenedAt).ToList();
        foreach (var minutes in WaitsInMinutes)
        {
            var wait = TimeSpan.FromMinutes(minutes);
            var ended = lasted.FindAll(span => span < wait);
            if (ended.Count < Least || ended.Count * 2 < incidents.Count)
            {
                continue;
            }

            var within = TimeSpan.FromMinutes(Math.Floor(Math.Max(0, ended.Max().TotalMinutes)) + 1);
            return new Remedy.Delayed(ended.Count, within, wait);
        }

        return null;
    }

    private static Remedy.Dependency? Dependency(List<PastIncident> incidents, List<PastIncident> down, DateTimeOffset now) => down
        .GroupBy(one => one.Machine)
        .Select(machine => (On: machine.Key, During: During(incidents, [.. machine], now)))
        .Where(pair => pair.During.Times >= Least)
        .OrderByDescending(pair => pair.During.Count)
        .Select(pair => new Remedy.Dependency(pair.During.Count, pair.During.Times, pair.On))
        .FirstOrDefault();

    private static Remedy.Load? Load(List<PastIncident> incidents, List<PastIncident> loads, DateTimeOffset now) =>
        During(incidents, loads, now) is (var count, >= Least and var times) ? new Remedy.Load(count, times, loads[0].Service!.Value) : null;

    // How many of them began during others, and during how many of these.
    private static (int Count, int Times) During(List<PastIncident> incidents, List<PastIncident> others, DateTimeOffset now) => (
        incidents.Count(one => others.Exists(other => IsDuring(one, other, now))),
        others.Count(other => incidents.Exists(one => IsDuring(one, other, now))));

    private static Remedy.Unstable? Unstable(List<PastIncident> incidents)
    {
        var flapping = incidents.FindAll(one => one.WasFlapping);
        return flapping.Count > 0
            ? new Remedy.Unstable(flapping.Count, flapping.Sum(one => one.Changes + (one.ClosedAt is null ? 1 : 2)))
            : null;
    }

    private static bool IsDuring(PastIncident one, PastIncident other, DateTimeOffset now) =>
        one.OpenedAt >= other.OpenedAt - Slack && one.OpenedAt <= (other.ClosedAt ?? now);

    private static bool IsLoad(PastIncident one) => one.Service is { } service && IsLoad(service);

    private static bool IsLoad(Name service) =>
        Array.Exists(LoadWords, word => service.Value.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan Median(List<PastIncident> incidents, DateTimeOffset now)
    {
        var lasted = incidents.Select(one => (one.ClosedAt ?? now) - one.OpenedAt).Order().ToList();
        return lasted[lasted.Count / 2];
    }
}
