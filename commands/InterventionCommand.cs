using System.Globalization;
using ChatBot.Core.Commands;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Plans work on machines, shows it, and changes it.</summary>
public sealed class InterventionCommand(IInterventions interventions) : ICommand
{
    private static readonly Sentence Planning = new("planning an intervention", "prévoir une intervention");
    private static readonly Sentence1 NoSuch = new("there is no intervention #{0}", "il n'y a pas d'intervention #{0}");
    private static readonly Sentence1 OnWhat = new("on which machine? {0}", "sur quelle machine ? {0}");
    private static readonly Sentence1 When = new("when? {0}", "quand ? {0}");
    private static readonly Sentence1 ForHowLong = new("for how long? {0}", "pour combien de temps ? {0}");
    private static readonly Sentence1 WhatFor = new("what for? {0}", "pour quoi faire ? {0}");
    private static readonly Sentence SaturdayNight = new("saturday 23:00", "samedi 23h");
    private static readonly Sentence Kernel = new("new kernel", "noyau");
    private static readonly Sentence Move = new("move", "déplacer");
    private static readonly TimeSpan HalfAWeek = TimeSpan.FromDays(3.5);
    private static readonly Sentence4 WhichDay = new(
        "which day? {0}: {1} · or {2}: {3}", "quel jour ? {0} : {1} · ou {2} : {3}");
    private static readonly Sentence1 Past = new("already past: {0}", "c'est déjà passé : {0}");
    private static readonly Sentence HowLong = new("between 1 minute and 7 days", "entre 1 minute et 7 jours");
    private static readonly Sentence HowFar = new("not more than a year ahead", "pas plus d'un an à l'avance");
    private static readonly Sentence1 Impossible = new("not possible: {0}", "pas possible : {0}");

    public CommandHelp Help { get; } = new()
    {
        Names = ["intervention"],
        Arguments = new("machine saturday 11pm 2h what", "machine samedi 23h 2h quoi"),
        Summary = new(
            "plan an intervention (admins); “intervention 3” shows it, followed by move saturday 11pm, extend 1h, done or cancel",
            "prévoir une intervention (admins) ; « intervention 3 » la montre, suivie de déplacer samedi 23h, prolonger 1h, finir ou annuler"),
        AsksWho = true,
        LeastWords = 1,
        ByMail = ByMail.Write,
        Topic = HelpTopic.Planning,
        Examples =
        [
            new("intervention hal 2026-12-12 23:00 2h changement de noyau", "[hal] intervention #4 prévue samedi 12/12 23:00, pour 2 heures, par lunar — changement de noyau") { English = "intervention hal 2026-12-12 23:00 2h new kernel" },
            new("intervention samedi 23h 2h hal,sud changement de baie", "[hal, sud] intervention #4 prévue samedi 28/11 23:00, pour 2 heures") { English = "intervention saturday 23:00 2h hal,sud new rack" },
            new("intervention 1", "[sql] intervention #1 en cours jusqu'à 16:17, par lunar — mise à jour"),
            new("intervention 2 déplacer dimanche 22h", "[hal] intervention #2 déplacée : dimanche 29/11 22:00, pour 2 heures, par lunar"),
            new("intervention 1 +1h", "[sql] l'intervention #1 dure jusqu'à 17:17, par lunar"),
            new("intervention 1 finir", "[sql] fin de l'intervention #1 (1 heure, par lunar) : aucune alerte masquée"),
            new("intervention 2 annuler", "[hal] intervention #2 annulée par lunar, elle était prévue samedi 28/11 23:00"),
            new("intervention 1 annuler", "pas possible : [sql] intervention #1 en cours"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var words = call.Words.ToList();
        var isMoment = TypedMoment.Parse(words, call.Now, call.Phrases.TimeZone) is not null;
        if (!isMoment && IncidentNumber.Parse(words[0]) is { } number)
        {
            return await OfOneAsync(call, number, words.Skip(1).ToList(), cancellationToken);
        }

        return Answers.Refusal(call, call.Phrases.Public(Planning)) is { } refusal ? refusal : await PlanAsync(call, words, cancellationToken);
    }

    private async Task<Reply> PlanAsync(CommandCall call, List<string> words, CancellationToken cancellationToken)
    {
        var arguments = InterventionArguments.Parse(words, call.Context.Inventory, call.Now, call.Phrases.TimeZone);
        if (TypedUntil.IsSlip(arguments.Rest))
        {
            return Reply.Undone(call.Phrases.Public(Sentences.NotATime));
        }

        var what = string.Join(' ', arguments.Rest);
        if (arguments.Machines.Count == 0 && arguments.Rest.Count > 0)
        {
            return Answers.UnknownMachine(call, arguments.Rest[0]);
        }

        if (arguments is not { Begins: { } begins, Ends: { } ends } || arguments.Machines.Count == 0 || !what.Any(char.IsLetter))
        {
            return Lacking(call, arguments);
        }

        if (Unreasonable(call, begins, ends) is { } unreasonable)
        {
            return Reply.Undone(unreasonable);
        }

        if (Secret.IsIn(what))
        {
            return Answers.LooksSecret(call);
        }

        var intervention = new Intervention
        {
            Machines = arguments.Machines.Select(machine => PublicText.Declared(machine.Name)).ToList(),
            By = PublicText.Declared(call.Caller.Person!.Name, 40),
            What = call.Remark(what),
            PlannedAt = call.Now,
            BeginsAt = begins,
            EndsAt = ends,
        };
        return await interventions.PlanAsync(intervention, call.Channel, cancellationToken);
    }

    // What is there stands in the example: names, times and nothing else that was typed.
    private Reply Lacking(CommandCall call, InterventionArguments arguments)
    {
        var (locale, has) = (call.Phrases.Locale, arguments.Machines.Count > 0);
        var machines = has ? string.Join(',', arguments.Machines.Select(machine => machine.Name)) : "hal";
        var when = arguments.TypedBegin ?? SaturdayNight.In(locale);
        var lasts = arguments.TypedLength ?? "2h";
        var question = !has ? OnWhat : arguments.Begins is null ? When : arguments.Ends is null ? ForHowLong : WhatFor;
        return Reply.Undone(call.Phrases.Public(question, Answers.Written(call, Help, $"{machines} {when} {lasts} {Kernel.In(locale)}")));
    }

    private async Task<Reply> OfOneAsync(CommandCall call, long number, List<string> words, CancellationToken cancellationToken)
    {
        if (await interventions.FindAsync(number, cancellationToken) is not { } one)
        {
            return Reply.Undone(call.Phrases.Public(NoSuch, number));
        }

        if (words.Count == 0)
        {
            return new InterventionLines(call.Phrases).Listed(one, call.Now);
        }

        if (Answers.Refusal(call, call.Phrases.Public(Planning)) is { } refusal)
        {
            return refusal;
        }

        var by = PublicText.Declared(call.Caller.Person!.Name, 40);
        var verb = words[0].Length > 20 ? "" : Typed.Fold(words[0]);
        if (!words[0].StartsWith('+'))
        {
            words.RemoveAt(0);
        }

        Line? done;
        switch (verb)
        {
            case "annuler" or "annule" or "annulee" or "annulez" or "cancel" or "cancelled":
                done = await interventions.CancelAsync(number, by, call.Channel, cancellationToken);
                break;
            case "finir" or "fini" or "finie" or "fin" or "terminer" or "terminee" or "done" or "finish" or "end":
                done = await interventions.FinishAsync(number, call.Channel, cancellationToken);
                break;
            case "deplacer" or "deplace" or "deplacee" or "decaler" or "decale" or "decalee" or "reporter" or "reporte" or "reportee" or "repousser"
                or "repousse" or "avancer" or "avance" or "move" or "moved" or "postpone" or "reschedule":
                return await MoveAsync(call, one, words, by, cancellationToken);
            case var _ when verb.StartsWith('+') || verb is "prolonger" or "prolonge" or "extend":
                if (InterventionArguments.TakeDuration(words) is not { } longer || words.Count > 0)
                {
                    return Answers.Usage(call, Help);
                }

                return await NewTimesAsync(call, one, one.BeginsAt, one.EndsAt + longer, by, cancellationToken);
            default:
                return Answers.Usage(call, Help);
        }

        return done is { } line ? line : await ImpossibleAsync(call, number, cancellationToken);
    }

    private async Task<Reply> MoveAsync(CommandCall call, Intervention one, List<string> words, PublicText by, CancellationToken cancellationToken)
    {
        if (words.Count > 0 && Typed.Fold(words[0]) is "a" or "au" or "to")
        {
            words.RemoveAt(0);
        }

        var arguments = InterventionArguments.Parse(words, call.Context.Inventory, call.Now, call.Phrases.TimeZone);
        if (arguments.Begins is null && arguments.Machines.Count == 0)
        {
            return Reply.Undone(call.Phrases.Public(
                When, Answers.Written(call, Help, $"{one.Number} {Move.In(call.Phrases.Locale)} {SaturdayNight.In(call.Phrases.Locale)}")));
        }

        if (arguments.Begins is not { } begins || arguments.Machines.Count > 0 || arguments.Rest.Count > 0)
        {
            return Answers.Usage(call, Help);
        }

        if (arguments.IsWeekday)
        {
            // “dimanche” is the Sunday after the planned day, unless the one before it may be meant as well.
            var near = Counted(call, one, words);
            if (near is not { Begins: { } after })
            {
                return Answers.Usage(call, Help);
            }

            var before = after.AddDays(-7);
            if (before > call.Now && after - one.BeginsAt > HalfAWeek)
            {
                return Reply.Undone(call.Phrases.Public(
                    WhichDay, call.Phrases.Day(before), MoveTo(call, one, before), call.Phrases.Day(after), MoveTo(call, one, after)));
            }

            (arguments, begins) = (near, after);
        }

        var ends = arguments.Ends ?? begins + (one.EndsAt - one.BeginsAt);
        return Unreasonable(call, begins, ends) is { } unreasonable
            ? Reply.Undone(unreasonable)
            : await NewTimesAsync(call, one, begins, ends, by, cancellationToken);
    }

    // Days of the week as they are counted from the day that was planned.
    private static InterventionArguments Counted(CommandCall call, Intervention one, List<string> words)
    {
        var zone = call.Phrases.TimeZone;
        var planned = TimeZoneInfo.ConvertTime(one.BeginsAt, zone);
        var morning = planned - planned.TimeOfDay;
        return InterventionArguments.Parse(words, call.Context.Inventory, morning > call.Now ? morning : call.Now, zone);
    }

    private PublicText MoveTo(CommandCall call, Intervention one, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, call.Phrases.TimeZone);
        return Answers.Written(
            call, Help, string.Create(CultureInfo.InvariantCulture, $"{one.Number} {Move.In(call.Phrases.Locale)} {local:d/M/yyyy HH:mm}"));
    }

    private async Task<Reply> NewTimesAsync(
        CommandCall call, Intervention one, DateTimeOffset begins, DateTimeOffset ends, PublicText by, CancellationToken cancellationToken)
    {
        if (ends - begins > Intervention.Longest)
        {
            return Reply.Undone(call.Phrases.Public(HowLong));
        }

        var done = await interventions.MoveAsync(one.Number, begins, ends, by, call.Channel, cancellationToken);
        return done is { } line ? line : await ImpossibleAsync(call, one.Number, cancellationToken);
    }

    private static PublicText? Unreasonable(CommandCall call, DateTimeOffset begins, DateTimeOffset ends)
    {
        if (begins < call.Now)
        {
            return call.Phrases.Public(Past, call.Phrases.Day(begins));
        }

        if (ends - begins < Intervention.Shortest || ends - begins > Intervention.Longest)
        {
            return call.Phrases.Public(HowLong);
        }

        return begins - call.Now > Intervention.Farthest ? call.Phrases.Public(HowFar) : null;
    }

    // It stands otherwise than was thought: that is the reason.
    private async Task<Reply> ImpossibleAsync(CommandCall call, long number, CancellationToken cancellationToken) =>
        Reply.Undone(await interventions.FindAsync(number, cancellationToken) is { } one
            ? call.Phrases.Say(Impossible, new InterventionLines(call.Phrases).Listed(one, call.Now))
            : call.Phrases.Public(NoSuch, number));
}
