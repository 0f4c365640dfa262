using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Which checks alerted most, and what would have prevented it: for those who improve the monitor's configuration.</summary>
public sealed class NoiseCommand(IHistory history) : ICommand
{
    private const int InPrivate = 10;
    private const int Looked = 5000;

    private static readonly TimeSpan Otherwise = TimeSpan.FromDays(7);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private static readonly Sentence1 Whole = new("[{0}]", "[{0}]");
    private static readonly Sentence1 Quiet = new("no alert in {0}", "aucune alerte en {0}");
    // Check, count, notifications, median duration, how often somebody acknowledged it.
    private static readonly Sentence5 Check = new(
        "{0}: {1} time{1:|s} ({2} notification{2:|s}), median {3}, {4}", "{0} : {1} fois ({2} notification{2:|s}), {3} en médiane, {4}");

    private static readonly Sentence Always = new("always acknowledged", "toujours pris");
    private static readonly Sentence Never = new("never acknowledged", "jamais pris");
    private static readonly Sentence1 Sometimes = new("acknowledged {0} time{0:|s}", "pris {0} fois");

    private static readonly Sentence2 WithRemedies = new("{0} — {1}", "{0} — {1}");
    private static readonly Sentence NothingInCommon = new("nothing in common that I can see", "rien de commun entre eux que je voie");
    // How many checks, their incidents.
    private static readonly Sentence2 Rest = new(
        "and {0} other check{0:|s}, {1} incident{1:|s}: ask me “noise” in private",
        "et {0} autre{0:|s} contrôle{0:|s}, {1} incident{1:|s} : écrivez-moi « bruit »");

    private static readonly Sentence2 RestInPrivate = new(
        "and {0} other check{0:|s}, {1} incident{1:|s}", "et {0} autre{0:|s} contrôle{0:|s}, {1} incident{1:|s}");

    private static readonly Sentence2 Cut = new(
        "only the last incidents are counted ({0}), {1}", "seuls les derniers incidents sont comptés ({0}), {1}");

    private static readonly Sentence4 Delayed = new(
        "{0} of {1} lasted less than {2}: a larger max_check_attempts, or a first_notification_delay of {3}, would have avoided them",
        "{0} sur {1} {0:a|ont} duré moins de {2} : un max_check_attempts plus grand, ou un first_notification_delay de {3}, les aurait évités");

    // How many, of all, outages, of which machine, what to write.
    private static readonly Sentence5 Dependency = new(
        "{0} of {1} began during {2} outage{2:|s} of {3}: {4} would have inhibited them",
        "{0} sur {1} {0:a|ont} commencé pendant {2} panne{2:|s} de {3} : {4} les aurait inhibés");

    // Of the inventory: the list as it would be, and the machine.
    private static readonly Sentence2 DependsOn = new("depends_on = [{0}] for {1} in the inventory", "depends_on = [{0}] pour {1} dans l'inventaire");
    private static readonly Sentence2 Parents = new("“parents {0}” for {1} in the monitor", "« parents {0} » pour {1} dans le superviseur");

    // How many, of all, overloads, the check of the load, the machine, the other check.
    private static readonly Sentence6 Load = new(
        "{0} of {1} began during {2} load alert{2:|s}: a servicedependency ({4}: {3} → {5}) would have inhibited them",
        "{0} sur {1} {0:a|ont} commencé pendant {2} alerte{2:|s} de charge : une servicedependency ({4} : {3} → {5}) les aurait inhibés");

    private static readonly Sentence1 Unstable = new(
        "flapping: {0} state change{0:|s}; wider thresholds or a longer retry_interval",
        "instable (flapping) : {0} changement{0:|s} d'état ; des seuils plus larges ou un retry_interval plus long");

    public CommandHelp Help { get; } = new()
    {
        Names = ["noise", "bruit"],
        Arguments = new("[7d] [machine]", "[7j] [machine]"),
        Summary = new("what was noisiest, and what would have kept it quiet", "ce qui a fait le plus de bruit, et ce qui l'aurait évité"),
        IsSameForAll = true,
        Examples =
        [
            new("noise", "[hal] POP3 : 5 fois (12 notifications), 3 minutes en médiane, pris 2 fois"),
            new("bruit 30j hal", "3 sur 5 ont duré moins de 4 minutes : un max_check_attempts plus grand, ou un first_notification_delay de 5 minutes") { English = "noise 30d hal" },
            new("noise 2d sql", "aucune alerte en 2 jours"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var (period, machine) = (Otherwise, (Machine?)null);
        var words = CommandLine.NamesOf(call.Words).Where(word => !MachineWords.IsFiller(word)).ToList();
        var machines = 0;
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (TypedDuration.Read(words, at) is var (typed, used))
            {
                (period, at) = (typed, at + used - 1);
            }
            else if (call.Context.Inventory.Find(word) is { } found)
            {
                (machine, machines) = (found, machines + 1);
            }
            else
            {
                return char.IsAsciiDigit(word[0]) ? Answers.Usage(call, Help) : Answers.UnknownMachine(call, word);
            }
        }

        if (machines > 1 || period < Shortest || period > Longest)
        {
            return Answers.Usage(call, Help);
        }

        var since = call.Now - period;
        var past = await history.PastAsync(since, Looked, cancellationToken);
        var checks = NoiseReport.Of(past, since, call.Now, call.Context.Inventory, machine?.Name);
        if (checks.Count == 0)
        {
            return call.Phrases.Public(Quiet, call.Phrases.Duration(period));
        }

        var most = call.IsPrivate ? InPrivate : CommandCall.LinesInChannel;
        return Reply.Of(past.Count < Looked ? Words(call, checks, most)
            : [call.Phrases.Public(Cut, Looked, call.Phrases.Since(past[^1].OpenedAt, call.Now)), .. Words(call, checks, most - 1)]);
    }

    private static List<Line> Words(CommandCall call, IReadOnlyList<CheckNoise> checks, int most)
    {
        var shown = checks.Count <= most ? checks.Count : most - 1;
        var lines = checks.Take(shown).Select(check => Words(call, check)).ToList();
        if (shown < checks.Count)
        {
            lines.Add(call.Phrases.Public(call.IsPrivate ? RestInPrivate : Rest, checks.Count - shown, checks.Skip(shown).Sum(check => check.Incidents)));
        }

        return lines;
    }

    private static Line Words(CommandCall call, CheckNoise check)
    {
        var name = check.Service is { } service
            ? call.Phrases.Say(Sentences.Notice, check.Machine, service)
            : call.Phrases.Say(Whole, check.Machine);
        var line = call.Phrases.Say(
            Check, name, check.Incidents, check.Notifications, call.Phrases.Duration(check.Median), Acknowledged(call, check));
        if (check.Incidents < NoiseReport.Least && check.Remedies.Count == 0)
        {
            return line;
        }

        // The channel reads the remedy that prevents the most; the rest is for a person who wants to fix it.
        var remedies = check.Remedies.Take(call.IsPrivate ? check.Remedies.Count : 1).Select(remedy => Words(call, check, remedy)).ToList();
        return call.Phrases.Say(WithRemedies, line, remedies.Count > 0 ? Line.Join(call.Phrases.Semicolon, remedies) : call.Phrases.Public(NothingInCommon));
    }

    private static PublicText Acknowledged(CommandCall call, CheckNoise check) => (check.Incidents - check.Unacknowledged) switch
    {
        0 => call.Phrases.Public(Never),
        var all when all == check.Incidents => call.Phrases.Public(Always),
        var some => call.Phrases.Public(Sometimes, some),
    };

    private static Line Words(CommandCall call, CheckNoise check, Remedy remedy) => remedy switch
    {
        Remedy.Delayed wait => call.Phrases.Public(
            Delayed, wait.Count, check.Incidents, call.Phrases.Duration(wait.Within), call.Phrases.Duration(wait.Delay)),
        Remedy.Dependency dependency => call.Phrases.Say(
            Dependency, dependency.Count, check.Incidents, dependency.Outages, dependency.On, Setting(call, check.Machine, dependency.On)),
        Remedy.Load load => call.Phrases.Say(
            Load, load.Count, check.Incidents, load.Overloads, load.Check, check.Machine, check.Service!.Value),
        Remedy.Unstable unstable => call.Phrases.Public(Unstable, unstable.Changes),
        _ => throw new ArgumentException($"{remedy.GetType().Name} has no words.", nameof(remedy)),
    };

    // What to write, and where: a machine that the inventory does not have needs the monitor.
    private static Line Setting(CommandCall call, Name machine, Name on)
    {
        var inventory = call.Context.Inventory;
        return inventory.Find(machine.Value) is { } own && inventory.Find(on.Value) is { } other
            ? call.Phrases.Say(
                DependsOn,
                PublicText.Declared(string.Join(", ", own.DependsOn.Append(other.Name).Select(name => $"\"{name}\""))),
                machine)
            : call.Phrases.Say(Parents, on, machine);
    }
}
