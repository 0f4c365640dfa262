
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>What follows <c>intervention</c> where one is planned or moved: machines, beginning and length in any order, then what is done.</summary>
/// <param name="Machines">Empty where none is named at the front.</param>
/// <param name="Begins">Null where no moment with an hour is named.</param>
/// <param name="Ends">Null where no length is named.</param>
/// <param name="Rest">The other words, in order: what is done.</param>
public sealed record InterventionArguments(
    IReadOnlyList<Machine> Machines, DateTimeOffset? Begins, DateTimeOffset? Ends, IReadOnlyList<string> Rest)
{
    /// <summary>Whether the beginning is named by a day of the week, which comes again.</summary>
    public bool IsWeekday { get; init; }

    /// <summary>The words that name the beginning; null where none do.</summary>
    public string? TypedBegin { get; init; }

    /// <summary>The words that name the length; null where none do.</summary>
    public string? TypedLength { get; init; }

    /// <summary>So many machines at most.</summary>
    public const int MostMachines = 20;

    /// <summary>What began a moment ago begins now: between looking at the clock and typing it, time passes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <param name="words">As typed.</param>
    /// <param name="inventory">The machines there are.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="zone">The group's zone.</param>
    public static InterventionArguments Parse(IReadOnlyList<string> words, Inventory inventory, DateTimeOffset now, TimeZoneInfo zone)
    {
        var rest = words.ToList();
        var machines = new List<Machine>();
        DateTimeOffset? begins = null;
        DateTimeOffset? until = null;
        TimeSpan? lasts = null;
        var isWeekday = false;
        string? typedBegin = null;
        string? typedLength = null;
        bool found;
        do
        {
            if (rest is not ["+", ..])
            {
                TypedUntil.SkipSeparators(rest);
            }

            var before = rest.Count;
            if (machines.Count == 0)
            {
                machines = TakeMachines(rest, inventory);
            }

            if (begins is null && TypedMoment.Parse(rest, now, zone, grace: Grace) is { } moment)
            {
                (begins, isWeekday) = (moment.At, moment.IsWeekday);
                typedBegin = string.Join(' ', rest.Take(moment.Used));
                rest.RemoveRange(0, moment.Used);
            }

            if (lasts is null && until is null)
            {
                var typed = rest.ToList();
                (lasts, until) = TakeLength(rest, begins ?? now, zone);
                typedLength = rest.Count < typed.Count ? string.Join(' ', typed.Take(typed.Count - rest.Count)) : null;
            }

            found = rest.Count < before;
        }
        while (found);

        // The clock may have been looked at some minutes ago; the answer says so of what is longer past.
        if (begins <= now && begins > now - Grace)
        {
            begins = now;
        }

        return new InterventionArguments(machines, begins, until ?? begins + lasts, rest)
        {
            IsWeekday = isWeekday,
            TypedBegin = typedBegin,
            TypedLength = typedLength,
        };
    }

    /// <summary>A length at the front of the words: <c>2h</c>, <c>2 h</c>, <c>pendant 2h</c>, <c>+1h</c>.</summary>
    public static TimeSpan? TakeDuration(List<string> words)
    {
        var start = words.Count > 0 && words[0] is "pendant" or "durant" or "pour" or "for" or "+" or "de" ? 1 : 0;
        if (TypedDuration.Read(words, start) is not var (lasts, used))
        {
            return null;
        }

        words.RemoveRange(0, start + used);
        return lasts;
    }

    private static (TimeSpan? Lasts, DateTimeOffset? Until) TakeLength(List<string> words, DateTimeOffset begins, TimeZoneInfo zone)
    {
        if (words.Count > 0 && TypedUntil.IsUntil(words[0]) && TypedMoment.Parse(words.Skip(1).ToList(), begins, zone) is { } end)
        {
            words.RemoveRange(0, end.Used + 1);
            return (null, end.At);
        }

        return (TakeDuration(words), null);
    }

    /// <summary>
    /// Machines at the front of the words: <c>hal</c>, <c>hal,sud</c>, <c>hal, sud</c>, <c>hal et sud</c>. Either all of them are
    /// machines, or none is accepted.
    /// </summary>
    public static List<Machine> TakeMachines(List<string> words, Inventory inventory)
    {
        var machines = new List<Machine>();
        var used = 0;
        while (used < words.Count && Named(words[used], inventory) is { } named)
        {
            machines.AddRange(named.Where(machine => !machines.Contains(machine)));
            var joined = words[used].EndsWith(',');
            used++;
            if (!joined && used + 1 < words.Count && words[used] is "et" or "and" && Named(words[used + 1], inventory) is not null)
            {
                used++;
            }
            else if (!joined)
            {
                break;
            }
        }

        words.RemoveRange(0, used);
        return machines;
    }

    private static List<Machine>? Named(string word, Inventory inventory)
    {
        var names = CommandLine.Bare(word).Split(',');
        var machines = names.Select(inventory.Find).OfType<Machine>().Distinct().ToList();
        return names.Length <= MostMachines && machines.Count > 0 && names.All(name => inventory.Find(name) is not null) ? machines : null;
    }
}
