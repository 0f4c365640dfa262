using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Closes incidents on a person's word, where no program ever reports that they have ended.</summary>
public sealed class CloseCommand(IIncidents incidents, Func<IncidentLines> lines) : ICommand
{
    // Number, program, a call that insists.
    private static readonly Sentence3 ProgramEnds = new(
        "#{0}: {1} says when it is over; where it no longer watches it: {2}",
        "#{0} : {1} dira quand c'est fini ; s'il ne le surveille plus : {2}");

    private static readonly Sentence Replaced = new("replaced", "remplacé");

    public CommandHelp Help { get; } = new()
    {
        Names = ["close", "clos"],
        Arguments = new("42 reason", "42 raison"),
        Summary = new(
            "close an incident whose end no program reports (a disk, an array); “close hal …” by its machine",
            "clore un incident dont aucun programme n'annonce la fin (disque, grappe) ; « clos hal … » par sa machine"),
        Right = Right.Admin,
        Instead = new("say here what you know, an admin will close it", "dites ici ce que vous savez, un admin le clora"),
        LeastWords = 1,
        ByMail = ByMail.Write,
        Topic = HelpTopic.Taking,
        Examples =
        [
            new("close 42 disque remplacé", "#42 : Nagios dira quand c'est fini ; s'il ne le surveille plus : !close! 42 <raison>") { English = "close 42 disk replaced" },
            new("clos! 42 la sonde est retirée", "[hal] POP3 CRITICAL clos par lunar « la sonde est retirée » après 12 minutes — #42") { English = "close! 42 the check was removed" },
            new("close! sud plus surveillé", "[sud] 2 incidents clos par lunar « plus surveillé » : HTTP WARNING #41, SSH WARNING #44"),
            new("close 40 remplacé", "déjà terminé : [hal] IMAP OK après 30 minutes"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenAsync(null, cancellationToken);
        var words = call.Words.ToList();
        var target = IncidentTarget.Take(words, call.Context.Inventory, open);
        words = [.. words.SkipWhile(word => !word.Any(char.IsLetterOrDigit) && word is not ("«" or "\"" or "“"))];
        var reason = string.Join(' ', words);
        if (target.GoesOn)
        {
            return Reply.Undone(call.Phrases.Public(
                Sentences.NotNumbers, Answers.Written(call, Help, $"{Answers.TwoNumbers(target)} {Replaced.In(call.Phrases.Locale)}")));
        }

        if (target.IsNothing)
        {
            return words is [[var first, ..], _, ..] && char.IsLetter(first) ? Answers.UnknownMachine(call, words[0]) : Answers.Usage(call, Help);
        }

        if (target is { Machine: { } machine, Service: null } && IncidentTarget.IsNearService(words, machine, open))
        {
            return Reply.Undone(call.Phrases.Say(
                Sentences.NoService, Name.OfMachine(machine.Name), MachineWords.Named(call, IncidentTarget.ServicesOf(machine, open))));
        }

        if (!reason.Any(char.IsLetter))
        {
            return await WithoutReasonAsync(call, target, open, cancellationToken);
        }

        if (Secret.IsIn(reason))
        {
            return Answers.LooksSecret(call);
        }

        var choice = IncidentChoice.Of(
            call, Help, target, open, call.Phrases.Public(Sentences.NothingOpen), call.Phrases.Public(Sentences.Reason));
        return choice.Answer ?? await CloseAsync(call, choice.Numbers, reason, open, cancellationToken);
    }

    private async Task<Reply> CloseAsync(
        CommandCall call, IReadOnlyList<long> numbers, string reason, IReadOnlyList<Incident> open, CancellationToken cancellationToken)
    {
        // The program that will report its end knows better, and would open it again.
        var reported = call.IsMeant ? [] : open.Where(one => one.Repeats is null && numbers.Contains(one.Number)).ToList();
        var (by, said) = (PublicText.Declared(call.Caller.Person!.Name, 40), call.Remark(reason));
        var outcomes = await incidents.CloseAsync([.. numbers.Except(reported.Select(one => one.Number))], by, said, call.Channel, cancellationToken);
        return call.Answer([
            .. AcknowledgeOutcomes.DoneByMachine(outcomes).Select(group => lines().Lookalikes.Beside(lines().ClosedGroup(group, by, said), group, open)),
            .. reported.Select(one => (Line)call.Phrases.Public(
                ProgramEnds, one.Number, one.Monitor,
                PublicText.Declared($"{call.Prefix.Value}{Answers.NameOf(call, Help)}! {one.Number} {call.Phrases.Public(Sentences.Reason).Value}"))),
            .. outcomes.Where(one => one.Result != AcknowledgeResult.Done).Select(one => NotClosed(call, one, open)),
        ]) with
        { IsUndone = reported.Count > 0 || outcomes.Any(one => one.Result != AcknowledgeResult.Done) };
    }

    // For what has ended, the answer says more than how to write the command.
    private async Task<Reply> WithoutReasonAsync(
        CommandCall call, IncidentTarget target, IReadOnlyList<Incident> open, CancellationToken cancellationToken) =>
        Reply.Undone(target.Numbers is [var number] && await incidents.FindAsync(number, cancellationToken) is { IsOpen: false } ended
            ? AlreadyClosed(call, ended, open)
            : call.Phrases.Public(
                Sentences.MissingReason,
                Answers.Written(call, Help, $"{string.Join(' ', call.Words.Where(word => word.Any(char.IsLetterOrDigit)))} {Replaced.In(call.Phrases.Locale)}")));

    private Line NotClosed(CommandCall call, AcknowledgeOutcome outcome, IReadOnlyList<Incident> open) =>
        outcome.Result == AcknowledgeResult.AlreadyClosed
            ? AlreadyClosed(call, outcome.Incident!, open)
            : IncidentChoice.NoSuch(call, outcome.Number, open);

    private Line AlreadyClosed(CommandCall call, Incident ended, IReadOnlyList<Incident> open) =>
        call.Phrases.Say(Sentences.AlreadyClosed, lines().Lookalikes.Beside(lines().Ended(ended), [ended], open));
}
