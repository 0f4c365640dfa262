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
        Examples =
        [
            new("log hal redémarré le POP après la mise à jour", "[hal] gardé ici, pas écrit sur la machine"),
            new("journal sql index refait", "[sql] gardé ici : cette machine n'a pas de fichier changelog"),
            new("changelog hal", "[hal] lunar, il y a 1 heure : quota du spool doublé"),
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Context.Inventory.Find(call.Words[0]) is not { } machine)
        {
            return Answers.UnknownMachine(call, call.Words[0]);
        }

        var text = call.Arguments[call.Words[0].Length..].Trim();
        if (text.Length == 0)
        {
            return await ReadAsync(call, machine, cancellationToken);
        }

        if (Answers.Refusal(call, call.Phrases.Public(Writing)) is { } refusal)
        {
            return refusal;
        }

        if (!text.Any(char.IsLetter))
        {
            return Answers.Usage(call, Help);
        }

        if (Secret.IsIn(text))
        {
            return Answers.LooksSecret(call);
        }

        var name = PublicText.Declared(machine.Name);
        var entry = new ChangelogEntry(name, call.Now, PublicText.Declared(call.Caller.Person!.Name, 40), call.Remark(text));
        var result = await changelog.AppendAsync(entry, call.Channel, cancellationToken);
        return call.Phrases.Public(Results[result], name);
    }

    private async Task<Reply> ReadAsync(CommandCall call, Machine machine, CancellationToken cancellationToken)
    {
        var entries = await changelog.LatestAsync(machine.Name, Looked, cancellationToken);
        var lines = entries
            .Select(one => call.Phrases.Say(Entry, one.Machine, one.By, call.Phrases.Ago(one.At, call.Now), one.Text))
            .Where(line => line.For(call.Audience) is not null)
            .Take(call.IsPrivate ? InPrivate : CommandCall.LinesInChannel)
            .ToList();
        return lines.Count > 0 ? Reply.Of(lines) : call.Phrases.Public(NoneToRead, PublicText.Declared(machine.Name));
    }
}
