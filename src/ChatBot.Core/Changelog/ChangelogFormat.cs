using System.Globalization;

namespace ChatBot.Core.Changelog;

/// <summary>How an entry stands in a machine's file.</summary>
public enum ChangelogStyle
{
    /// <summary>Two lines: a header, as PoV's <c>new-changelog-entry</c> writes it, and the text under it.</summary>
    Entry,

    /// <summary>All on one line.</summary>
    Line,
}

/// <summary>Writes entries as <c>docs/changelog-format.md</c> describes them.</summary>
public static class ChangelogFormat
{
    /// <summary>One line, or two with a line feed between them; none at the end.</summary>
    /// <param name="entry">What is written; its text and author are clean, and hold no line end.</param>
    /// <param name="number">Of the entry, never used again: what makes two entries of one minute with one text two.</param>
    /// <param name="style">How.</param>
    /// <param name="zone">The zone of the times in the file; its offset stands beside each.</param>
    public static string Write(ChangelogEntry entry, long number, ChangelogStyle style, TimeZoneInfo zone)
    {
        var at = TimeZoneInfo.ConvertTime(entry.At, zone);
        var (by, text) = (entry.By.Value, entry.Text.Text.Value);
        return style == ChangelogStyle.Line
            ? string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mmzzz} {by}: {text} [chatbot {number}]")
            : string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm} {Offset(at.Offset)}: {by}\n  {text} [chatbot {number}]");
    }

    // As in RFC 5322, without a colon.
    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
