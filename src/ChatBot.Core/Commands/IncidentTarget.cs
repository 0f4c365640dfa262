using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>
/// Which incidents somebody means: <c>42</c>, <c>42 43</c>, <c>#42,#43</c>, <c>n° 42</c>, <c>hal</c>, <c>hal pop3</c>, <c>all</c>, or nothing
/// where there is only one.
/// </summary>
/// <param name="Numbers">By number; empty where none is named.</param>
/// <param name="Machine">All of this machine.</param>
/// <param name="Service">Of the machine only this check, as the inventory or an incident names it.</param>
public sealed record IncidentTarget(IReadOnlyList<long> Numbers, Machine? Machine, string? Service)
{
    /// <summary>So many numbers at most; what follows belongs to the reason.</summary>
    public const int MostNumbers = 20;

    // A small number behind another one more often counts things: “42 2 disques en panne”.
    private const long SmallNumbers = 10;

    /// <summary>
    /// Whether a number follows the numbers and is no open incident, behind a comma or behind several: or a range of them is meant,
    /// <c>1-3</c>, <c>1 à 3</c>, <c>1 to 3</c>. It is asked back.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether all that nobody has is meant: of the machine, where one is named.</summary>
    public bool IsAll { get; init; }

    public static IncidentTarget Nothing { get; } = new([], null, null);

    public bool IsNothing => Numbers.Count == 0 && Machine is null && !IsAll;

    /// <summary>Takes the target from the front of the words.</summary>
    /// <param name="words">Without it afterwards.</param>
    /// <param name="inventory">The machines there are.</param>
    /// <param name="open">The open incidents: a second number without <c>#</c> counts only if it is one of them.</param>
    public static IncidentTarget Take(List<string> words, Inventory inventory, IReadOnlyList<Incident> open)
    {
        if (words is [var sign, var digits, ..] && IncidentNumber.IsSign(sign) && IsBareNumber(digits))
        {
            words.RemoveAt(0);
            words[0] = "#" + digits;
        }

        if (words.Count == 0 || TypedDuration.IsCounted(words, 0))
        {
            return Nothing;
        }

        var numbers = TakeNumbers(words, open, out var isJoined);
        if (numbers.Count > 0)
        {
            return new IncidentTarget(numbers, null, null)
            {
                GoesOn = GoesOnWith(words, numbers.Count > 1, isJoined),
            };
        }

        if (IsRange(words[0]))
        {
            return Nothing with { GoesOn = true };
        }

        if (MachineOf(CommandLine.Bare(words[0]), inventory, open) is not { } machine)
        {
            return Nothing;
        }

        words.RemoveAt(0);
        return new IncidentTarget([], machine, TakeService(words, machine, open));
    }

    /// <summary>Those of these that are meant by machine and service.</summary>
    public IReadOnlyList<Incident> Among(IEnumerable<Incident> incidents) => incidents
        .Where(one => Machine is null || Is(one.Machine.Value, Machine.Name) && (Service is null || (one.Service is { } its && Is(its.Value, Service))))
        .ToList();

    /// <summary>The machine of that name: from the inventory, or one that only its open incidents name.</summary>
    public static Machine? MachineOf(string typed, Inventory inventory, IReadOnlyList<Incident> open) =>
        inventory.Find(typed)
        ?? (open.FirstOrDefault(one => Is(one.Machine.Value, typed)) is { } incident ? new Machine { Name = incident.Machine.Value } : null);

    /// <summary>Takes the name of a check of that machine from the front of the words, which may have several words; the longest that fits.</summary>
    public static string? TakeService(List<string> words, Machine machine, IReadOnlyList<Incident> open)
    {
        foreach (var name in ServicesOf(machine, open).OrderByDescending(name => name.Length))
        {
            var parts = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || parts.Length > words.Count || !parts.Zip(words, (part, word) => Is(part, word) || Is(CommandLine.Bare(part), CommandLine.Bare(word))).All(same => same))
            {
                continue;
            }

            words.RemoveRange(0, parts.Length);
            return name;
        }

        return null;
    }

    /// <summary>The checks of a machine: those of the inventory, then those that only its open incidents name.</summary>
    public static IReadOnlyList<string> ServicesOf(Machine machine, IReadOnlyList<Incident> open) => machine.Services
        .Concat(open.Where(one => Is(one.Machine.Value, machine.Name)).Select(one => one.Service?.Value).OfType<string>())
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .ToList();

    /// <summary>Whether the first word seems to be a check of that machine with a slip in it, <c>pop</c> for <c>POP3</c>.</summary>
    public static bool IsNearService(IReadOnlyList<string> words, Machine machine, IReadOnlyList<Incident> open) =>
        words is [var first, ..] && CommandLine.Bare(first) is { Length: > 2 } word
        && ServicesOf(machine, open) is var services
        && (Typed.Near(word, services).Count > 0 || services.Any(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>As <see cref="Take"/>, and <c>all</c>, <c>all hal</c>, <c>all of hal</c>.</summary>
    public static IncidentTarget TakeMany(List<string> words, Inventory inventory, IReadOnlyList<Incident> open)
    {
        if (words is not [var first, ..] || !Typed.IsAll(CommandLine.Bare(first)))
        {
            return Take(words, inventory, open);
        }

        words.RemoveAt(0);
        if (words is [var filler, var next, ..] && MachineWords.IsFiller(filler) && MachineOf(CommandLine.Bare(next), inventory, open) is not null)
        {
            words.RemoveAt(0);
        }

        return words is [var name, ..] && MachineOf(CommandLine.Bare(name), inventory, open) is not null
            ? Take(words, inventory, open) with { IsAll = true }
            : Nothing with { IsAll = true };
    }

    private static bool GoesOnWith(List<string> words, bool areSeveral, bool isJoined) => words switch
    {
        [var to, var last, ..] when Typed.Fold(to) is "a" or "to" or "through" || to is "-" or "–" or ".." => IsBareNumber(last) && !IsDuration(words, 1),
        [var next, ..] => (isJoined || (areSeveral && IncidentNumber.Parse(CommandLine.Bare(next)) >= SmallNumbers)) && IsBareNumber(next) && !IsDuration(words, 0),
        _ => false,
    };

    private static bool IsBareNumber(string word) => IncidentNumber.Parse(CommandLine.Bare(word)) is not null;

    private static bool IsRange(string word) =>
        word.Split(["-", "–", ".."], StringSplitOptions.None) is [var first, var last] && IsBareNumber(first) && IsBareNumber(last);

    private static List<long> TakeNumbers(List<string> words, IReadOnlyList<Incident> open, out bool joined)
    {
        var numbers = new List<long>();
        joined = false;
        while (words.Count > 0)
        {
            var next = numbers.Count > 0 && words[0] is "et" or "and" ? 1 : 0;
            if (All(words, next, numbers, joined || next == 1, open) is not { } more)
            {
                break;
            }

            joined = words[next].EndsWith(',');
            words.RemoveRange(0, next + 1);
            numbers.AddRange(more.Where(number => !numbers.Contains(number)));
        }

        return numbers;
    }

    // “42”, “#42”, “42,43,”: null where one of them is no number, or may be the beginning of the reason.
    private static List<long>? All(List<string> words, int at, List<long> before, bool joined, IReadOnlyList<Incident> open)
    {
        var found = new List<long>();
        foreach (var part in at < words.Count ? words[at].TrimEnd(',', ':').Split(',') : [])
        {
            if (IncidentNumber.Parse(part) is not { } number || found.Count + before.Count >= MostNumbers)
            {
                return null;
            }

            var isSure = found.Count > 0 || before.Count == 0 || IncidentNumber.IsSigned(part);
            var counts = number < SmallNumbers && !joined && before.Exists(one => one >= SmallNumbers);
            if (!isSure && (counts || IsDuration(words, at) || !open.Any(one => one.Number == number)))
            {
                return null;
            }

            found.Add(number);
        }

        return found.Count > 0 ? found : null;
    }

    private static bool IsDuration(List<string> words, int at) => TypedDuration.Read(words, at) is { Used: > 1 };

    private static bool Is(string name, string typed) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);
}
