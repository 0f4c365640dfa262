using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Writes a line in a machine's changelog, or reads the last ones.</summary>
public sealed class LogCommand(IChangelog changelog) : ICommand
{
    private const int Looked = 30;
    private const int InPrivate = 10;

    private static readonly Sentence4 Entry = new("[{0}] {1}, {2}: {3}", "[{0}] {1}, {2} : {3}");
    private static readonly Sentence Writing = new("writing in the changelog", "écrire au changelog");
    private static readonly Sentence1 NoneToRead = new(
        "[{0}] no changelog line to read here", "[{0}] aucune ligne de changelog à lire ici");

    private static readonly Dictionary<AppendResult, Sentence1> Results = new()
    {
        [AppendResult.Appended] = new(
            "[{0}] appended to the machine's changelog, and read back", "[{0}] ajouté au changelog de la machine, et relu"),
        [AppendResult.StoredOnly] = new(
            "[{0}] kept here: this machine has no changelog file", "[{0}] gardé ici : cette machine n'a pas de fichier changelog"),
        [AppendResult.Waiting] = new(
            "[{0}] kept here, not yet written on the machine: I will retry",
            "[{0}] gardé ici, pas encore écrit sur la machine : je réessaierai"),
        [AppendResult.WaitingForSsh] = new(
            "[{0}] kept here, not written on the machine: I cannot reach it by ssh yet",
            "[{0}] gardé ici, pas écrit sur la machine : je ne sais pas encore y aller par ssh"),
    };

    public CommandHelp Help { get; } = new()
    {
        Names = ["log", "changelog", "journal"],
        Arguments = new("machine [text]", "machine [texte]"),
        Summary = new(
            "write in the changelog (admins); without text, read it", "écrire au changelog (admins) ; sans texte, le lire"),
        AsksWho = true,
        LeastWords = 1,
        Topic = HelpTopic.Writing,
        Examples =
        [
            new("log hal redémarré le POP après la mise à jour", "[hal] gardé ici, pas écrit sur la machine") { English = "log hal restarted POP after the upgrade" },
            new("journal sql index refait", "[sql] gardé ici : cette machine n'a pas de fichier changelog") { English = "log sql index rebuilt" },
            new("changelog hal", "[hal] lunar, il y a 1 heure : quota du spool doublé"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var words = call.Words.ToList();
        var machines = InterventionArguments.TakeMachines(words, call.Context.Inventory);
        var text = machines.Count == 0 || words.Count == 0 ? "" : After(call, call.Words.Count - words.Count);
        if (machines.Count == 0)
        {
            // A group, or all: good for reading.
            var asked = MachineWords.Of(CommandLine.NamesOf(words), call.Context.Inventory, []);
            if (asked.Unknown.Count > 0 || (asked.Machines.Count == 0 && !asked.IsEverything))
            {
                return Answers.UnknownMachine(call, call.Words[0]);
            }

            machines = [.. asked.IsEverything ? call.Context.Inventory.Machines : asked.Machines];
        }

        // “hal ?” and “hal svp” ask; they are no entry.
        if (CommandLine.NamesOf(words).All(MachineWords.IsFiller) || text.Length == 0)
        {
            return await ReadAsync(call, machines, cancellationToken);
        }

        if (Answers.Refusal(call, call.Phrases.Public(Writing)) is { } refusal)
        {
            return refusal;
        }

        if (machines is not [var machine])
        {
            return call.Phrases.Public(Sentences.OneMachineOnly);
        }

        if (!text.Any(char.IsLetter))
        {
            return Answers.Usage(call, Help);
        }

        if (Secret.IsIn(text))
        {
            return Answers.LooksSecret(call);
        }

        var name = Name.OfMachine(machine.Name);
        var entry = new ChangelogEntry(name, call.Now, PublicText.Declared(call.Caller.Person!.Name, 40), call.Remark(text));
        var result = await changelog.AppendAsync(entry, call.Channel, cancellationToken);
        return call.Phrases.Say(Results[result], name);
    }

    // As it was typed, behind so many words.
    private static string After(CommandCall call, int words)
    {
        var text = call.Arguments;
        for (var i = 0; i < words; i++)
        {
            text = text[call.Words[i].Length..].TrimStart();
        }

        return text.Trim();
    }

    private async Task<Reply> ReadAsync(CommandCall call, IReadOnlyList<Machine> machines, CancellationToken cancellationToken)
    {
        var entries = new List<ChangelogEntry>();
        foreach (var machine in machines)
        {
            entries.AddRange(await changelog.LatestAsync(machine.Name, Looked, cancellationToken));
        }

        var lines = entries.OrderByDescending(one => one.At)
            .Select(one => call.Phrases.Say(Entry, one.Machine, call.Phrases.Who(one.By), call.Phrases.Ago(one.At, call.Now), one.Text))
            .Where(line => line.For(call.Audience) is not null)
            .Take(call.IsPrivate ? InPrivate : CommandCall.LinesInChannel)
            .ToList();
        return lines.Count > 0 ? Reply.Of(lines) : call.Phrases.Say(
            NoneToRead, Line.Join(", ", machines.Select(machine => call.Phrases.Say(Name.OfMachine(machine.Name)))));
    }
}
