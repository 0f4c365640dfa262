using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Takes incidents, with a reason, for a time that ends by itself.</summary>
public sealed class AckCommand(IIncidents incidents, Func<IncidentLines> lines) : ICommand
{
    private static readonly Sentence HowLong = new("between 1 minute and 30 days", "entre 1 minute et 30 jours");

    // “sur” is near “sud”.
    private const int ShortWord = 3;

    private static readonly Sentence All = new("all", "tout");
    private static readonly Sentence AllTaken = new("all that is open is acknowledged already", "tout ce qui est ouvert est déjà pris");
    private static readonly Sentence1 AllTakenOf = new("{0}: all that is open is acknowledged already", "{0} : tout ce qui est ouvert est déjà pris");

    // How many are left, and a call that takes them.
    private static readonly Sentence2 StillFree = new(
        "{0} more, less grave, that nobody has: {1}", "encore {0}, moins grave{0:|s}, que personne n'a : {1}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["ack", "prends"],
        Arguments = new("42 [2h] reason", "42 [2h] raison"),
        Summary = new(
            "acknowledge an incident, for 24 h or the time given; “ack hal …” by its machine, “ack! hal …” all of them, “ack all …” what nobody has",
            "prendre un incident, pour 24 h ou le temps donné ; « prends hal … » le prend par sa machine, « prends! hal … » les prend tous, « prends tout … » ce que personne n'a"),
        Right = Right.Admin,
        Instead = new("say here that you are looking, an admin will acknowledge it", "dites ici que vous regardez, un admin le prendra"),
        LeastWords = 1,
        ByMail = ByMail.Reply,
        IsAboutThread = true,
        Topic = HelpTopic.Taking,
        Examples =
        [
            new("ack 42 je redémarre", "[hal] POP3 CRITICAL pris par lunar") { English = "ack 42 restarting" },
            new("prends 42 2h je redémarre", "jusqu'à 16:17 — #42") { English = "ack 42 2h restarting" },
            new("ack 42 je redémarre jusqu'à 18h", "« je redémarre » jusqu'à 18:00 — #42") { English = "ack 42 restarting until 18:00" },
            new("ack filer le disque est changé 1h30", "[filer] DOWN pris par lunar « le disque est changé » jusqu'à 15:47 — #43"),
            new("ack 42 #43 je m'en occupe", "[filer] DOWN pris par lunar « je m'en occupe »"),
            new("ack sud je regarde", "[sud] 2 incidents : SSH WARNING #44, HTTP WARNING #41 · pour tous : !ack! sud <raison> · pour un seul : !ack 44 <raison>"),
            new("ack! sud je regarde", "[sud] 2 incidents pris par lunar « je regarde » jusqu'à demain 14:17"),
            new("prends tout hal je regarde", "hal : tout ce qui est ouvert est déjà pris") { English = "ack all hal looking" },
            new("prends tout je regarde", "[filer] DOWN pris par lunar « je regarde » jusqu'à demain 14:17 — #43") { English = "ack all looking" },
            new("ack je regarde", "lequel ? filer DOWN #43"),
            new("ack 40 je regarde", "déjà terminé : [hal] IMAP OK après 30 minutes"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var arguments = AckArguments.Parse(call.Words, call.Context.Inventory, open, call.Now, call.Phrases.TimeZone);
        if (arguments.HasTimeSlip)
        {
            return Reply.Undone(call.Phrases.Public(Sentences.NotATime));
        }

        if (arguments.Target.GoesOn)
        {
            return Reply.Undone(call.Phrases.Public(
                Sentences.NotNumbers, Answers.Written(call, Help, $"{Answers.TwoNumbers(arguments.Target)} {Sentences.Looking.In(call.Phrases.Locale)}")));
        }

        if (!IsReason(arguments) || arguments.HasNumberSlip)
        {
            return await WithoutReasonAsync(call, arguments, open, cancellationToken);
        }

        if (arguments.Target is { Machine: { } machine, Service: null } && IncidentTarget.IsNearService(arguments.Reason.Split(' '), machine, open))
        {
            return Reply.Undone(call.Phrases.Say(
                Sentences.NoService, Name.OfMachine(machine.Name), MachineWords.Named(call, IncidentTarget.ServicesOf(machine, open))));
        }

        if (!new TypedUntil(call.Now, call.Phrases.TimeZone).Allows(arguments.Until))
        {
            return Reply.Undone(call.Phrases.Public(HowLong));
        }

        if (Secret.IsIn(arguments.Reason))
        {
            return Answers.LooksSecret(call);
        }

        if (arguments.Target.IsAll && NamesAnother(call, arguments) is { } other)
        {
            return Answers.UnknownMachine(call, other);
        }

        var meant = arguments.Target.IsAll ? arguments.Target.Among(open) : [];
        var free = IncidentText.WorstFirst(meant.Where(one => one.Acknowledgement is null)).ToList();
        if (meant.Count > 0 && free.Count == 0)
        {
            return Reply.Undone(arguments.Target.Machine is { } its ? call.Phrases.Say(AllTakenOf, Name.OfMachine(its.Name)) : call.Phrases.Public(AllTaken));
        }

        var choice = free.Count > 0
            ? new IncidentChoice(free.Take(IncidentTarget.MostNumbers).Select(one => one.Number).ToList(), null)
            : IncidentChoice.Of(call, Help, arguments.Target, open, call.Phrases.Public(Sentences.NothingOpen), call.Phrases.Public(Sentences.Reason));
        if (choice.Answer is { } answer)
        {
            return answer;
        }

        var by = PublicText.Declared(call.Caller.Person!.Name, 40);
        var acknowledgement = new Acknowledgement(by, call.Remark(arguments.Reason), call.Now, arguments.Until);
        var outcomes = await incidents.AcknowledgeAsync(choice.Numbers, acknowledgement, call.Channel, cancellationToken);
        return call.Answer([
            .. free.Count > IncidentTarget.MostNumbers ? [StillFreeOf(call, arguments.Target, free.Count - IncidentTarget.MostNumbers)] : (Line[])[],
            .. AcknowledgeOutcomes.DoneByMachine(outcomes).Select(group => lines().Lookalikes.Beside(lines().AcknowledgedGroup(group, call.Now), group, open)),
            .. outcomes.Where(one => one.Result != AcknowledgeResult.Done).Select(one => NotAcknowledged(call, one, open)),
        ]) with
        { IsUndone = outcomes.Any(one => one.Result != AcknowledgeResult.Done) };
    }

    // “tout hall je regarde”, “tout no-log je regarde”: less is meant than all.
    private static string? NamesAnother(CommandCall call, AckArguments arguments) =>
        arguments.Target.Machine is null && CommandLine.Bare(arguments.Reason.Split(' ')[0]) is var first
        && (MachineWords.IsSeveral(first, call.Context.Inventory)
            || (first.Length > ShortWord && Typed.Near(first, call.Context.Inventory.Machines.Select(machine => machine.Name)).Count > 0))
            ? first : null;

    private Line StillFreeOf(CommandCall call, IncidentTarget target, int count)
    {
        Line all = Answers.Written(call, Help, All.In(call.Phrases.Locale));
        var which = target.Machine is null ? all : Line.Join(" ", [all, IncidentChoice.NameOf(call, target)]);
        return call.Phrases.Say(StillFree, count, Line.Join(" ", [which, call.Phrases.Public(Sentences.Reason)]));
    }

    // Without a number or a machine before it, a reason begins with a letter; anything else is a slip.
    private static bool IsReason(AckArguments arguments) => arguments.Reason.Any(char.IsLetter)
        && (!arguments.Target.IsNothing || char.IsLetter(arguments.Reason[0]) || arguments.Reason[0] is '«' or '"' or '“');

    // “ack 40”: for what has ended, the answer says more than how to write the command. Where all words were understood they are said again.
    private async Task<Reply> WithoutReasonAsync(
        CommandCall call, AckArguments arguments, IReadOnlyList<Incident> open, CancellationToken cancellationToken)
    {
        if (arguments.Target.Numbers is [var number] && await incidents.FindAsync(number, cancellationToken) is { IsOpen: false } incident)
        {
            return Reply.Undone(AlreadyClosed(call, incident, open));
        }

        return arguments.Reason.Length == 0 && !arguments.Target.IsNothing
            ? Reply.Undone(call.Phrases.Public(
                Sentences.MissingReason,
                Answers.Written(call, Help, $"{string.Join(' ', call.Words.Where(word => word.Any(char.IsLetterOrDigit)))} {Sentences.Looking.In(call.Phrases.Locale)}")))
            : Answers.Usage(call, Help);
    }

    private Line NotAcknowledged(CommandCall call, AcknowledgeOutcome outcome, IReadOnlyList<Incident> open) =>
        outcome.Result == AcknowledgeResult.AlreadyClosed
            ? AlreadyClosed(call, outcome.Incident!, open)
            : IncidentChoice.NoSuch(call, outcome.Number, open);

    private Line AlreadyClosed(CommandCall call, Incident ended, IReadOnlyList<Incident> open) =>
        call.Phrases.Say(Sentences.AlreadyClosed, lines().Lookalikes.Beside(lines().Ended(ended), [ended], open));
}
