using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>Answers that several commands give.</summary>
public static class Answers
{
    /// <summary>How to write a command, in one line, by the name that the caller uses.</summary>
    public static Reply Usage(CommandCall call, CommandHelp help) => Reply.Undone(call.Phrases.Public(
        Sentences.Usage, call.Prefix, PublicText.Declared(NameOf(call, help)), PublicText.Declared(help.Arguments.In(call.Phrases.Locale))));

    /// <summary>The name of a command that the caller used, as it is written; else the one of the group's language.</summary>
    public static string NameOf(CommandCall call, CommandHelp help) =>
        help.Names.FirstOrDefault(name => Typed.Fold(name) == Typed.Fold(call.Name)) ?? help.NameIn(call.Phrases.Locale);

    /// <summary>A call as somebody may type it: <c>!prends 9 je regarde</c>.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="help">Of the command.</param>
    /// <param name="rest">What follows its name: names and numbers that the bot knows, never other words of a caller.</param>
    public static PublicText Written(CommandCall call, CommandHelp help, string rest) =>
        PublicText.Declared($"{call.Prefix.Value}{NameOf(call, help)} {rest}".TrimEnd(), 300);

    /// <summary>Two numbers as somebody may type them: those that were understood, or an example.</summary>
    public static string TwoNumbers(IncidentTarget target) => target.Numbers is [var one, var two, ..] ? $"{one} {two}" : "42 43";

    /// <summary>Why a caller may not do what admins may; null where they may.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="what">What they ask for: <c>!ack</c>, “écrire au changelog”.</param>
    /// <param name="instead">What they can do instead.</param>
    public static Reply? Refusal(CommandCall call, PublicText what, Sentence? instead = null) =>
        call.Caller.IsAdmin ? null : Reply.Undone(WhyRefused(call, what, instead)) with { Refused = what };

    private static PublicText WhyRefused(CommandCall call, PublicText what, Sentence? instead)
    {
        if (!call.Caller.NetworkTellsAccounts)
        {
            return call.Caller.MayProve
                ? call.Phrases.Public(Sentences.NoAccountsButProof, what, call.Prefix)
                : call.Phrases.Public(Sentences.NoAccounts, what);
        }

        // Nobody else reads what is said in private.
        var other = call.Phrases.Public(call.IsPrivate ? Sentences.AskInChannel : instead ?? Sentences.AskAnAdmin);
        return call.Caller.Account is { } account
            ? call.Phrases.Public(Sentences.NotAdmin, what, PublicText.Declared(account, 40), other)
            : call.Phrases.Public(Sentences.NotIdentified, what, other);
    }

    /// <summary>The commands that somebody may have meant; null where none is near.</summary>
    public static PublicText? NearCommands(CommandCall call, IReadOnlyList<ICommand> commands, string typed)
    {
        var near = Typed.Near(typed, commands.SelectMany(command => command.Help.Names))
            .Select(name => commands.First(command => command.Help.Names.Contains(name)).Help.NameIn(call.Phrases.Locale))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return near.Count > 0
            ? call.Phrases.Public(
                Sentences.UnknownCommandNear, PublicText.Declared(string.Join(", ", near.Select(name => call.Prefix.Value + name))))
            : null;
    }

    /// <summary>None has the number; to everybody the same as of an incident that is for the root group alone, and true of both.</summary>
    public static PublicText NoSuchIncident(CommandCall call, long number) =>
        call.Phrases.Public(call.Audience == Audience.Root ? Sentences.NoSuchIncident : Sentences.NoIncidentToShow, number);

    /// <summary>Whether nobody who hears the answer may learn that there is such an incident.</summary>
    public static bool IsHidden(CommandCall call, Incident incident) => call.Audience != Audience.Root && incident.Machine.IsForRoot;

    /// <summary>The machine of that name: from the inventory, or one that only its open incidents name.</summary>
    public static Machine? FindMachine(CommandCall call, string typed, IReadOnlyList<Incident> open) =>
        IncidentTarget.MachineOf(typed, call.Context.Inventory, Heard(call, open));

    /// <summary>The incidents that the audience of the call may hear of.</summary>
    public static IReadOnlyList<Incident> Heard(CommandCall call, IReadOnlyList<Incident> open) =>
        call.Audience == Audience.Root || open.Count == 0 ? open : [.. open.Where(one => !one.Machine.IsForRoot)];

    /// <summary>The machine is not in the inventory; its nearest names, never what was typed.</summary>
    public static Reply UnknownMachine(CommandCall call, string typed)
    {
        if (MachineWords.IsSeveral(CommandLine.Bare(typed), call.Context.Inventory))
        {
            return OneMachineOnly(call);
        }

        var near = Typed.Near(typed, call.Context.Inventory.Machines.Select(machine => machine.Name));
        return Reply.Undone(near.Count > 0
            ? call.Phrases.Public(Sentences.UnknownMachineNear, PublicText.Declared(string.Join(", ", near)))
            : call.Phrases.Public(Sentences.UnknownMachine, call.Prefix));
    }

    /// <summary>Several machines are named where one is needed.</summary>
    public static Reply OneMachineOnly(CommandCall call) => Reply.Undone(call.Phrases.Public(Sentences.OneMachineOnly));

    /// <summary>What was typed looks like a secret; said in private, without a word of it.</summary>
    public static Reply LooksSecret(CommandCall call) => Reply.Privately(call.Phrases.Public(
        call.Audience == Audience.Public && !call.IsPrivate ? Sentences.LooksSecretSaidInPublic : Sentences.LooksSecret)) with
    { IsUndone = true };

    /// <summary>“hal (no-log)”, or the name alone.</summary>
    public static Line Named(CommandCall call, Name machine) => call.Context.Inventory.Find(machine.Value) is { Group: { Length: > 0 } group }
        ? call.Phrases.Say(Sentences.NameAndCount, machine, PublicText.Declared(group))
        : call.Phrases.Say(machine);
}
