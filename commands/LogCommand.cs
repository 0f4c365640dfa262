using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Commands;

/// <summary>Writes a line in a machine's changelog, or reads the last ones.</summary>
public sealed class LogCommand(IChangelog changelog) : ICommand
{
    private const int Looked = 2000;
    private const int InPrivate = 10;

    private static readonly Sentence Writing = new("writing in the changelog", "écrire au changelog");
    // Said whether there is a line for the root group or not.
    private static readonly Sentence1 NoneToRead = new(
        "[{0}] nothing in the changelog that everybody may read; the root group reads it in its channel",
        "[{0}] rien au changelog que tout le monde puisse lire ; le groupe root le lit sur son canal");

    private static readonly Sentence NoneToReadOfAll = new(
        "nothing in the changelogs that everybody may read; the root group reads them in its channel",
        "rien dans les changelogs que tout le monde puisse lire ; le groupe root les lit sur son canal");

    private static readonly Sentence1 Empty = new("[{0}] the changelog is empty", "[{0}] changelog vide");
    private static readonly Sentence1 NoneSuch = new("[{0}] no such line in the changelog", "[{0}] aucune ligne de ce genre au changelog");
    private static readonly Sentence NoneSuchOfAll = new("no such line in the changelogs", "aucune ligne de ce genre dans les changelogs");
    private static readonly Sentence2 AndMore = new("{0} · and {1} more", "{0} · et {1} de plus");

    // How to write it.
    private static readonly Sentence1 NotWritten = new(
        "I took that for a question and wrote nothing; to write it: {0}", "j'ai pris cela pour une question et rien n'est écrit ; pour l'écrire : {0}");

    // What became of it, how to read instead, how to take it back.
    private static readonly Sentence3 WrittenNotSearched = new(
        "{0} (written, not searched for; to search: {1} · to take it back: {2})", "{0} (écrit, pas cherché ; pour chercher : {1} · pour annuler : {2})");

    // Two examples.
    private static readonly Sentence2 SinceWhen = new(
        "I did not understand since when; for example: {0}, {1}", "je n'ai pas compris depuis quand ; par exemple : {0}, {1}");

    private static readonly Sentence1 Appended = new(
        "[{0}] appended to the machine's changelog, and read back", "[{0}] ajouté au changelog de la machine, et relu");

    private static readonly Sentence2 AppendedAtLine = new(
        "[{0}] appended to the machine's changelog, and read back: line {1}", "[{0}] ajouté au changelog de la machine, et relu : ligne {1}");

    private static readonly Sentence3 AppendedAtLines = new(
        "[{0}] appended to the machine's changelog, and read back: lines {1}–{2}", "[{0}] ajouté au changelog de la machine, et relu : lignes {1}–{2}");

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
        ByMail = ByMail.Write,
        Topic = HelpTopic.Writing,
        Examples =
        [
            new("log hal redémarré le POP après la mise à jour", "noté, en route vers hal") { English = "log hal restarted POP after the upgrade" },
            new("changelog hal", "[hal] lunar, il y a 1 heure : quota du spool doublé"),
            new("journal hal ? spool", "[hal] lunar, il y a 1 heure : quota du spool doublé"),
            new("journal hal spool ?", "[hal] lunar, il y a 1 heure : quota du spool doublé"),
            new("journal tous depuis hier", "quota du spool doublé") { English = "log all since yesterday" },
            new("journal de lunar", "quota du spool doublé") { English = "log by lunar" },
            new("journal sql : index", "[sql] noté dans mon seul journal") { English = "log sql: index" },
        ],
    };

    public async ValueTask<Reply> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var words = call.Words.ToList();
        var machines = InterventionArguments.TakeMachines(words, call.Context.Inventory);
        var text = machines.Count == 0 || words.Count == 0 ? "" : After(call, call.Words.Count - words.Count);
        var mayBeQuestion = false;
        if (LogQuestion.Read(call, machines, words) is { } question)
        {
            if (question.Unknown is not null)
            {
                return Answers.UnknownMachine(call, call.Words[0]);
            }

            if (question.IsSinceUnread)
            {
                return NotUnderstood(call, question);
            }

            // What may be an entry is one, unless it names what was written; a line of that word alone is what people write of that machine.
            var found = await FindAsync(call, question, cancellationToken);
            if (!question.MayBeEntry || ((found.Lines.Count > 0 || question is { Words.Count: 0, By: null }) && !found.Entries.Exists(question.IsWhole)))
            {
                var answer = Answer(call, question, found);
                return call.Caller.IsAdmin && question.MayBeMistaken
                    ? answer with { IsUndone = true, Lines = [call.Phrases.Public(NotWritten, Answers.Written(call, Help, machines[0].Name + " : …")), .. answer.Lines] }
                    : answer;
            }

            mayBeQuestion = true;
        }

        text = text.StartsWith(':') ? text[1..].TrimStart() : text;
        if (Answers.Refusal(call, call.Phrases.Public(Writing)) is { } refusal)
        {
            return refusal;
        }

        if (machines is not [var machine])
        {
            return Answers.OneMachineOnly(call);
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
        var written = await changelog.AppendAsync(entry, call.Channel, cancellationToken) switch
        {
            { Place: { } place } when place.First == place.Last => call.Phrases.Say(AppendedAtLine, name, (PublicText)place.First),
            { Place: { } place } => call.Phrases.Say(AppendedAtLines, name, (PublicText)place.First, (PublicText)place.Last),
            { Result: AppendResult.Appended } => call.Phrases.Say(Appended, name),
            { Result: AppendResult.OnItsWay } => call.Phrases.Say(OnItsWay, name),
            var (result, _) => call.Phrases.Say(Results[result], name, Answers.Written(call, Help, machine.Name)),
        };
        return mayBeQuestion
            ? call.Phrases.Say(
                WrittenNotSearched, written, Answers.Written(call, Help, machine.Name + " ? …"),
                PublicText.Declared(call.Prefix.Value + (call.Phrases.Locale == Locale.French ? "annule" : "undo")))
            : written;
    }

    private Reply NotUnderstood(CommandCall call, LogQuestion question)
    {
        var isFrench = call.Phrases.Locale == Locale.French;
        var scope = question.Machines is [var only] ? only.Name : isFrench ? "tous" : "all";
        PublicText Since(string french, string english) => Answers.Written(call, Help, $"{scope} {(isFrench ? "depuis" : "since")} {(isFrench ? french : english)}");
        return Reply.Undone(call.Phrases.Public(SinceWhen, Since("lundi", "monday"), Since("2h", "2h")));
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

    private async Task<Found> FindAsync(CommandCall call, LogQuestion question, CancellationToken cancellationToken)
    {
        var entries = new List<ChangelogEntry>();
        var isAll = true;
        foreach (var machine in question.Machines is { } some ? some.Select(one => (string?)one.Name) : [null])
        {
            var latest = await changelog.SinceAsync(machine, question.Since ?? DateTimeOffset.UnixEpoch, Looked, cancellationToken);
            isAll &= latest.Count < Looked;
            entries.AddRange(latest.Where(entry => question.Fits(entry, call.Phrases.TimeZone)));
        }

        var lines = new EntryLines(call.Phrases);
        var readable = entries.OrderByDescending(entry => entry.At)
            .Select(entry => (Entry: entry, Line: lines.Listed(entry, call.Now)))
            .Where(one => one.Line.For(call.Audience) is not null)
            .ToList();
        return new Found([.. readable.Select(one => one.Entry)], [.. readable.Select(one => one.Line)], isAll);
    }

    private static Reply Answer(CommandCall call, LogQuestion question, Found found)
    {
        if (found.Lines.Count == 0)
        {
            return None(call, question);
        }

        var shown = found.Lines.Take(call.IsPrivate ? InPrivate : CommandCall.LinesInChannel).ToList();
        if (found.Lines.Count > shown.Count)
        {
            var more = found.Lines.Count - shown.Count;
            shown[^1] = call.Phrases.Say(AndMore, shown[^1], found.IsAll ? (PublicText)more : PublicText.Declared($"≥ {more}"));
        }

        return Reply.Of(shown);
    }

    private static Reply None(CommandCall call, LogQuestion question)
    {
        if (question.Machines is not { } machines)
        {
            return call.Phrases.Public(call.Audience == Audience.Root ? NoneSuchOfAll : NoneToReadOfAll);
        }

        var names = Line.Join(", ", machines.Select(machine => call.Phrases.Say(Name.OfMachine(machine.Name))));
        return call.Phrases.Say(call.Audience != Audience.Root ? NoneToRead : question.IsNarrow ? NoneSuch : Empty, names);
    }

    /// <summary>What a question finds, of what its audience may read; the newest first.</summary>
    /// <param name="Entries">The entries.</param>
    /// <param name="Lines">The same, as they are said.</param>
    /// <param name="IsAll">Whether all there are were looked at.</param>
    private sealed record Found(List<ChangelogEntry> Entries, List<Line> Lines, bool IsAll);
}
