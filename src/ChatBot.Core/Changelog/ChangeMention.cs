using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Names a change within another sentence: for everybody how much, for the root group also what.</summary>
/// <param name="phrases">The group's language and zone.</param>
public sealed class ChangeMention(Phrasebook phrases)
{
    private const int Named = 3;
    private const int MaxLength = 160;

    /// <summary>“12 minutes après une modification (4 fichiers, postfix et openssl)”; null where there was none.</summary>
    /// <param name="change">What was changed before.</param>
    /// <param name="at">When the incident began.</param>
    public Line? Before(Change? change, DateTimeOffset at) => change is null
        ? null
        : phrases.Say(Sentences.AfterChange, phrases.Duration(at - change.At), InBrief(change.Summary));

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
            What(summary),
            changes.Count == 1 ? phrases.At(changes[0].At, now) : phrases.Since(changes[0].At, now),
            prefix).ForRootAlone;
    }

    // The name of one file, or of a few packages, is as short as a count.
    private Line InBrief(ChangeSummary summary)
    {
        var parts = new List<Line>();
        if (summary.Files.Count > 0)
        {
            var count = phrases.Public(Sentences.ChangeFiles, summary.Files.Count);
            parts.Add(summary.Files is [var only] ? ForRoot(Words(only.Path), count) : count);
        }

        if (summary.Packages.Count > 0)
        {
            var (packages, count) = (summary.Packages, phrases.Public(Sentences.ChangePackages, summary.Packages.Count));
            var last = Words(packages[^1]);
            parts.Add(packages.Count > Named ? count
                : ForRoot(packages.Count == 1 ? last : phrases.Say(Sentences.Both, Words(string.Join(", ", packages.SkipLast(1))), last), count));
        }

        return parts.Count > 0 ? Line.Join(", ", parts) : phrases.Public(Sentences.EncryptedDetails);
    }

    private Line What(ChangeSummary summary)
    {
        var parts = new List<Line>();
        if (summary.Files.Count > 0)
        {
            parts.Add(Some(summary.Files.Select(file => file.Path).ToList()));
        }

        if (summary.Packages.Count > 0)
        {
            parts.Add(phrases.Say(Sentences.ThePackages, Some(summary.Packages), (PublicText)summary.Packages.Count));
        }

        return parts switch
        {
            [var one] => one,
            [var one, var other] => phrases.Say(Sentences.Both, one, other),
            _ => phrases.Public(Sentences.SomethingEncrypted),
        };
    }

    private Line Some(IReadOnlyList<string> names)
    {
        var shown = names.Count == Named + 1 ? names.Count : Math.Min(names.Count, Named);
        var list = Words(string.Join(", ", names.Take(shown)));
        return shown == names.Count ? list : phrases.Say(Sentences.ListAndMore, list, (PublicText)(names.Count - shown));
    }

    private static Line ForRoot(Line words, PublicText forPublic) => new(forPublic, words.Root);

    private static Line Words(string words) => new RootText(words, MaxLength);
}
