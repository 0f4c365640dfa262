using ChatBot.Core.Language;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Changelog entries as people read them.</summary>
/// <param name="phrases">The group's language and zone.</param>
public sealed class EntryLines(Phrasebook phrases)
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(60);

    private static readonly Sentence4 Entry = new("[{0}] {1}, {2}: {3}", "[{0}] {1}, {2} : {3}");
    private static readonly Sentence2 InFolder = new("{0}: {1}", "{0} : {1}");

    /// <summary>“[hal] lunar, il y a 1 heure : quota du spool doublé”; for the root group alone where it was written for it.</summary>
    public Line Listed(ChangelogEntry entry, DateTimeOffset now) => phrases.Say(Entry, entry.Machine, Author(entry), Ago(entry, now), Text(entry));

    /// <summary>Who wrote it; “somebody” where nobody knows.</summary>
    public Line Author(ChangelogEntry entry) => entry.WrittenBy.IsEmpty ? (Line)phrases.Who(entry.By) : entry.WrittenBy;

    /// <summary>The text, with the changelog that it stands in where the machine has several.</summary>
    public Line Text(ChangelogEntry entry) => entry.Folder.IsEmpty ? entry.Text : phrases.Say(InFolder, entry.Folder, entry.Text);

    /// <summary>The time of day, or the day where nobody knows more.</summary>
    public PublicText Time(ChangelogEntry entry, DateTimeOffset now) =>
        entry.Precision == WrittenPrecision.Day ? phrases.Date(entry.At, now) : phrases.Time(entry.At, now);

    private PublicText Ago(ChangelogEntry entry, DateTimeOffset now) =>
        entry.Precision == WrittenPrecision.Day || now - entry.At > Old ? phrases.Date(entry.At, now) : phrases.Ago(entry.At, now);
}
