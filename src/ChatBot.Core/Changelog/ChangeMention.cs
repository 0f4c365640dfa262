
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Names a change within another sentence: for everybody its directories and packages, for the root group its files.</summary>
/// <param name="phrases">The group's language and zone.</param>
public sealed class ChangeMention(Phrasebook phrases)
{
    private const int Named = 3;
    private const int MaxLength = 160;

    /// <summary>“12 minutes après une modification de /etc/postfix”; null where there was none.</summary>
    /// <param name="change">What was changed before.</param>
    /// <param name="at">When the incident began.</param>
    public Line? Before(Change? change, DateTimeOffset at) => change is null
        ? null
        : phrases.Say(
            Sentences.AfterChange,
            phrases.Duration(at - change.At),
            What(change.Summary, Sentences.OfFiles, Sentences.OfPackages, Sentences.OfSomethingEncrypted));

    /// <summary>“[hal] qui a modifié /etc/postfix/main.cf à 14:05 ?”, for the root group alone.</summary>
    /// <param name="changes">Of one machine, the oldest first; at least one.</param>
    /// <param name="prefix">What stands before a command.</param>
    /// <param name="now">The moment.</param>
    public Line WhoDid(IReadOnlyList<Change> changes, PublicText prefix, DateTimeOffset now)
    {
        var summary = new ChangeSummary
        {
            Encrypted = changes.Any(change => change.Summary.Encrypted),
            Files = [.. changes.SelectMany(change => change.Summary.Files).DistinctBy(file => file.Path, StringComparer.Ordinal)],
            Packages = [.. changes.SelectMany(change => change.Summary.Packages).Distinct(StringComparer.Ordinal)],
        };
        return phrases.Say(
            changes.Count == 1 ? Sentences.WhoChanged : Sentences.WhoChangedSince,
            changes[0].Machine,
            What(summary, Sentences.TheFiles, Sentences.ThePackages, Sentences.SomethingEncrypted),
            phrases.Time(changes[0].At, now),
            prefix).ForRootAlone;
    }

    private Line What(ChangeSummary summary, Sentence1 files, Sentence2 packages, Sentence encrypted)
    {
        var parts = new List<Line>();
        if (summary.Files.Count > 0)
        {
            var directories = summary.Files
                .CountBy(file => ChangeLines.Directory(file.Path))
                .OrderByDescending(pair => pair.Value)
                .Select(pair => pair.Key)
                .ToList();
            var paths = summary.Files.Select(file => file.Path).Distinct(StringComparer.Ordinal).ToList();
            parts.Add(phrases.Say(files, new Line(
                Some(directories, text => PublicText.Declared(text, MaxLength)).Public, Some(paths, text => new RootText(text, MaxLength)).Root)));
        }

        if (summary.Packages.Count > 0)
        {
            parts.Add(phrases.Say(
                packages, Some(summary.Packages, text => PublicText.Declared(text, MaxLength)), (PublicText)summary.Packages.Count));
        }

        return parts switch
        {
            [var one] => one,
            [var one, var other] => phrases.Say(Sentences.Both, one, other),
            _ => phrases.Public(encrypted),
        };
    }

    private Line Some(IReadOnlyList<string> names, Func<string, Line> forAudience)
    {
        var shown = names.Count == Named + 1 ? names.Count : Math.Min(names.Count, Named);
        var list = forAudience(string.Join(", ", names.Take(shown)));
        return shown == names.Count ? list : phrases.Say(Sentences.ListAndMore, list, (PublicText)(names.Count - shown));
    }
}
