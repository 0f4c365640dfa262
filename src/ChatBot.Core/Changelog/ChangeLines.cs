using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>
/// The lines about what a machine was seen to have changed: for everybody how much, in which directories, which packages; for
/// the root group which files, and what people wrote about it.
/// </summary>
/// <param name="phrases">The group's language and zone.</param>
public sealed class ChangeLines(Phrasebook phrases)
{
    /// <summary>How many directories are named; the others are counted.</summary>
    public const int NamedDirectories = 3;

    public const int NamedPackages = 5;

    public const int NamedFiles = 6;

    public const int NamedEntries = 3;

    private const int MaxLength = 1000;

    public Line Line(Change change, DateTimeOffset now)
    {
        var (machine, summary) = (change.Machine, change.Summary);
        if (summary.Stable)
        {
            return phrases.Say(Sentences.ChangeStable, machine);
        }

        if (summary.Encrypted)
        {
            return phrases.Say(Sentences.ChangeEncrypted, machine);
        }

        var somethingMoved = summary.Files.Count > 0 || summary.Packages.Count > 0;
        var line = somethingMoved ? Moved(change, now) : phrases.Say(Sentences.ChangeNothing, machine);
        if (summary.ChangelogLines is { Count: > 0 } written)
        {
            var words = Some(written.Select(one => one.Value).ToList(), NamedEntries, text => new RootText(text, MaxLength), phrases.Semicolon);
            return new Line(line.Public, phrases.Say(Sentences.ChangeChangelog, line, words).Root);
        }

        return somethingMoved ? new Line(line.Public, phrases.Say(Sentences.ChangeWithoutChangelog, line).Root) : line;
    }

    private Line Moved(Change change, DateTimeOffset now)
    {
        var parts = new List<Line>();
        if (change.Summary.Files is { Count: > 0 } files)
        {
            var count = phrases.Public(Sentences.ChangeFiles, files.Count);
            var directories = files
                .CountBy(file => Directory(file.Path))
                .OrderByDescending(pair => pair.Value)
                .Select(pair => pair.Key);
            var where = Some(directories.ToList(), NamedDirectories, text => PublicText.Declared(text, MaxLength));
            var which = Some(files.Select(file => file.Path).Distinct(StringComparer.Ordinal).ToList(), NamedFiles, text => new RootText(text, MaxLength));
            parts.Add(new Line(
                phrases.Say(Sentences.ChangeNamed, count, where).Public, phrases.Say(Sentences.ChangeNamed, count, which).Root));
        }

        if (change.Summary.Packages is { Count: > 0 } packages)
        {
            var count = phrases.Public(Sentences.ChangePackages, packages.Count);
            var which = Some(packages, NamedPackages, text => PublicText.Declared(text, MaxLength));
            parts.Add(phrases.Say(Sentences.ChangeNamed, count, which));
        }

        return phrases.Say(Sentences.Change, change.Machine, ChatBot.Core.Text.Line.Join(", ", parts), phrases.At(change.At, now));
    }

    /// <summary>The folder of a file: what everybody may read of its path.</summary>
    /// <param name="path">Absolute; of a folder with its <c>/</c> at the end, the folder itself.</param>
    public static string Directory(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "/";

    private Line Some(IReadOnlyList<string> names, int most, Func<string, Line> forAudience, string between = ", ")
    {
        // One more is no longer than “and 1 more”.
        var shown = names.Count == most + 1 ? names.Count : Math.Min(names.Count, most);
        var list = forAudience(string.Join(between, names.Take(shown)));
        return shown == names.Count ? list : phrases.Say(Sentences.ListAndMore, list, (PublicText)(names.Count - shown));
    }
}
