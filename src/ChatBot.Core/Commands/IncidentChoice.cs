using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>The incidents that a person means to acknowledge or release: the numbers, or the answer that asks which.</summary>
/// <param name="Numbers">What is done is done to these.</param>
/// <param name="Answer">Said instead; null where the numbers are sure.</param>
public sealed record IncidentChoice(IReadOnlyList<long> Numbers, Reply? Answer)
{
    private const int Named = 12;
    private const int Near = 3;

    private static readonly Sentence3 Call = new("{0} {1} {2}", "{0} {1} {2}");

    // “sur” is near “sud”.
    private const int ShortWord = 3;

    /// <summary>
    /// Chooses. Several of a machine need the command with a <c>!</c> behind its name; a person who names nothing means the only
    /// one there is.
    /// </summary>
    /// <param name="call">The command, whose first name is in <paramref name="help"/>.</param>
    /// <param name="help">Of the command.</param>
    /// <param name="target">What was typed.</param>
    /// <param name="candidates">The incidents to which it can be done.</param>
    /// <param name="none">Said where there are none.</param>
    /// <param name="tail">What follows the target in a call of the command; may be empty.</param>
    public static IncidentChoice Of(
        CommandCall call, CommandHelp help, IncidentTarget target, IReadOnlyList<Incident> candidates, PublicText none, PublicText tail)
    {
        if (target.Numbers.Count > 0)
        {
            return new IncidentChoice(target.Numbers, null);
        }

        if (target.Machine is null)
        {
            return Only(call, candidates, none);
        }

        var meant = target.Among(candidates);
        if (meant.Count == 0)
        {
            return Asking(call.Phrases.Say(Sentences.MachineNothingOpen, NameOf(call, target)));
        }

        if (meant.Count == 1 || call.IsMeant)
        {
            return new IncidentChoice(meant.Select(one => one.Number).ToList(), null);
        }

        meant = IncidentText.WorstFirst(meant).ToList();
        var name = call.Prefix.Value + Answers.NameOf(call, help);
        return Asking(call.Phrases.Say(
            Sentences.WhichOfMachine, meant[0].Machine, meant.Count, IncidentText.Numbered(call.Phrases, meant, Named, withMachine: false),
            call.Phrases.Say(Call, PublicText.Declared(name + "!"), NameOf(call, target), tail), PublicText.Declared($"{name} {meant[0].Number} {tail}")));
    }

    /// <summary>There is none of that number; the nearest open ones.</summary>
    public static Line NoSuch(CommandCall call, long number, IReadOnlyList<Incident> open)
    {
        var near = open.OrderBy(one => Math.Abs(one.Number - number)).Take(Near).ToList();
        return near.Count == 0
            ? Answers.NoSuchIncident(call, number)
            : call.Phrases.Say(Sentences.NoSuchIncidentNear, number, IncidentText.Numbered(call.Phrases, near, Near, withMachine: true));
    }

    private static IncidentChoice Only(CommandCall call, IReadOnlyList<Incident> candidates, PublicText none)
    {
        if (candidates.Count == 0)
        {
            return Asking(none);
        }

        // “hall ne répond plus” while something is open on sql: a slip of a machine's name, and not a reason.
        var isSlip = call.Words is [{ Length: > ShortWord } first, ..]
            && Typed.Near(first, call.Context.Inventory.Machines.Select(machine => machine.Name)) is [var near, ..]
            && !near.Equals(candidates[0].Machine.Value, StringComparison.OrdinalIgnoreCase);
        return candidates.Count == 1 && !isSlip
            ? new IncidentChoice([candidates[0].Number], null)
            : Asking(call.Phrases.Say(
                Sentences.WhichIncident,
                IncidentText.Numbered(call.Phrases, IncidentText.WorstFirst(candidates).ToList(), Named, withMachine: true)));
    }

    /// <summary>“hal”, “hal POP3”: the machine of a target, and its check.</summary>
    public static Line NameOf(CommandCall call, IncidentTarget target) => target.Service is { } service
        ? call.Phrases.Say(Sentences.OfMachine, Name.OfMachine(target.Machine!.Name), Name.OfService(service))
        : call.Phrases.Say(Name.OfMachine(target.Machine!.Name));

    private static IncidentChoice Asking(Line answer) => new([], Reply.Undone(answer));
}

/// <summary>Reads the number of an incident: <c>42</c>, <c>#42</c> or <c>n°42</c>, in ASCII digits.</summary>
public static class IncidentNumber
{
    private static readonly string[] Signs = ["#", "n°", "nº"];

    public static long? Parse(string word)
    {
        var digits = word[(SignOf(word)?.Length ?? 0)..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }

    /// <summary>Whether a word is only what stands before a number: <c>n°</c>.</summary>
    public static bool IsSign(string word) => SignOf(word)?.Length == word.Length;

    /// <summary>Whether it is written as that of an incident, and so cannot count anything else.</summary>
    public static bool IsSigned(string word) => SignOf(word) is not null && Parse(word) is not null;

    private static string? SignOf(string word) => Array.Find(Signs, sign => word.StartsWith(sign, StringComparison.OrdinalIgnoreCase));
}
