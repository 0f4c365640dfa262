using System.Collections.Frozen;
using ChatBot.Core.Machines;

namespace ChatBot.Core.Commands;

/// <summary>What somebody says to the bot in ordinary words, where no command is meant. Nothing is ever changed by it.</summary>
/// <param name="Kind">What it seems to be.</param>
/// <param name="About">The machines that it names, or the number.</param>
public sealed record Talk(TalkKind Kind, IReadOnlyList<string> About)
{
    private static readonly FrozenSet<string> Thanks = new[]
    {
        "merci", "thanks", "thank", "thx", "ty", "cheers", "super", "parfait", "nickel", "great", "ok", "okay", "daccord", "bravo",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Greetings = new[]
    {
        "bonjour", "bonsoir", "bjr", "coucou", "hello", "hey", "hi", "salut", "slt", "yo", "re", "rebonjour", "morning", "good", "evening",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Speakers = new[] { "je", "j", "jen", "moi", "i", "ill", "im", "me" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Takings = new[]
    {
        "prend", "prends", "prendre", "acquitte", "ack", "men", "moccupe", "occupe", "regarde", "take", "taking", "acknowledge", "looking", "look", "got",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is said.</summary>
    /// <param name="line">To the bot.</param>
    /// <param name="inventory">The machines there are.</param>
    public static Talk Of(CommandLine line, Inventory inventory)
    {
        var names = CommandLine.NamesOf([line.Name, .. line.Words]);
        var plain = names.Select(Typed.Fold).ToList();
        if (plain.Count > 0 && Thanks.Contains(plain[0]))
        {
            return new Talk(TalkKind.Thanks, []);
        }

        var machines = names.Select(inventory.Find).OfType<Machine>().Select(machine => machine.Name).Distinct(StringComparer.Ordinal).ToList();
        if (plain.Any(Speakers.Contains) && plain.Any(Takings.Contains))
        {
            var number = names.Select(IncidentNumber.Parse).FirstOrDefault(number => number is not null);
            return new Talk(TalkKind.Taking, number is { } it ? [it.ToString(System.Globalization.CultureInfo.InvariantCulture)] : machines);
        }

        if (machines.Count > 0)
        {
            return new Talk(TalkKind.Machines, machines);
        }

        return new Talk(plain.Count > 0 && Greetings.Contains(plain[0]) ? TalkKind.Greeting : TalkKind.Unknown, []);
    }
}

/// <summary>What ordinary words seem to be.</summary>
public enum TalkKind
{
    Unknown,
    Thanks,
    Greeting,

    /// <summary>“je prends 2”: they seem to take an incident, which only the command does.</summary>
    Taking,

    /// <summary>A machine is named: its state is the answer.</summary>
    Machines,
}
