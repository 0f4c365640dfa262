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
    // Said whether there is a line for the root group or not.
    private static readonly Sentence1 NoneToRead = new(
        "[{0}] nothing in the changelog that everybody may read; the root group reads it in its channel",
        "[{0}] rien au changelog que tout le monde puisse lire ; le groupe root le lit sur son canal");

    private static readonly Sentence1 Empty = new("[{0}] the changelog is empty", "[{0}] changelog vide");

    private static readonly Sentence1 Appended = new(
        "[{0}] appended to the machine's changelog, and read back", "[{0}] ajouté au changelog de la machine, et relu");

    private static readonly Sentence1 OnItsWay = new("noted, on its way to {0}", "noté, en route vers {0}");

    // Machine, how to read it.
    private static readonly Dictionary<AppendResult, Sentence2> Results = new()
    {
        [AppendResult.StoredOnly] = new(
            "[{0}] noted in my own changelog alone: the inventory names no file of that machine ({1} reads it again)",
            "[{0}] noté dans mon seul journal : l'inventaire ne donne pas de fichier pour cette machine ({1} le relit)"),
        [AppendResult.Waiting] = new(
            "[{0}] noted in my own changelog ({1} reads it again), not yet on the machine: I will retry",
            "[{0}] noté dans mon journal ({1} le relit), pas encore sur la machine : je réessaierai"),
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
            new("log hal redémarré le POP après la mise à jour", "noté, en route vers hal") { English = "log hal restarted POP after the upgrade" },
            new("journal sql index refait", "[sql] noté dans mon seul journal") { English = "log sql index rebuilt" },
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
        return result switch
        {
            AppendResult.Appended => call.Phrases.Say(Appended, name),
            AppendResult.OnItsWay => call.Phrases.Say(OnItsWay, name),
            _ => call.Phrases.Say(Results[result], name, Answers.Written(call, Help, machine.Name)),
        };
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
            call.Audience == Audience.Root ? Empty : NoneToRead, Line.Join(", ", machines.Select(machine => call.Phrases.Say(Name.OfMachine(machine.Name)))));
    }
}
