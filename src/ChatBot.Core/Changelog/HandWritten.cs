using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Changelog;

/// <summary>Reads what a mail says of a changelog, and tells what is known already.</summary>
public static class HandWritten
{
    // metche sends what was written an hour before, once or, where its states were lost, again with all the rest.
    private static readonly TimeSpan About = TimeSpan.FromHours(36);

    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(26);

    /// <summary>The entries that were added.</summary>
    /// <param name="excerpt">What the mail says.</param>
    /// <param name="zone">Of dates without a zone.</param>
    public static WrittenChangelog Read(this ChangelogExcerpt excerpt, TimeZoneInfo zone)
    {
        var read = ChangelogReader.Read(excerpt.Added, zone);

        // The date of those may stand above the cut.
        return excerpt.IsCut ? read with { Entries = [.. read.Entries.SkipWhile(entry => entry.At is null)] } : read;
    }

    /// <summary>The keys of open boxes that were removed from the file, and not written again.</summary>
    public static IReadOnlyList<string> StruckBoxes(this ChangelogExcerpt excerpt)
    {
        var left = OpenBoxes(excerpt.Added);
        return [.. OpenBoxes(excerpt.Removed).Where(key => !left.Contains(key))];
    }

    /// <summary>Whether an entry with the same text is this one.</summary>
    /// <param name="written">What stands in the file.</param>
    /// <param name="number">The number of the other in the store.</param>
    /// <param name="isByHand">Whether the other stands there because a mail brought it.</param>
    /// <param name="other">The other.</param>
    /// <param name="at">When this one was written, or at the latest.</param>
    public static bool IsSame(this WrittenEntry written, long number, bool isByHand, ChangelogEntry other, DateTimeOffset at)
    {
        if (written.Number == number && !isByHand)
        {
            // The text may be shortened, and a name in it erased since; the hour is the proof.
            return other.Text.Text == written.Text || ToTheMinute(other.At) == ToTheMinute(at);
        }

        if (other.Text.Text.Value != new RootText(written.Text.Value).Value)
        {
            return false;
        }

        var isUndated = written.Precision == WrittenPrecision.Unknown || other.Precision == WrittenPrecision.Unknown;
        return isUndated ? (other.At - at).Duration() <= About : IsSameTime(written.Precision, at, other) && IsSameAuthor(written, other);
    }

    private static bool IsSameTime(WrittenPrecision precision, DateTimeOffset at, ChangelogEntry other) => (precision, other.Precision) switch
    {
        (WrittenPrecision.Minute, WrittenPrecision.Minute) => ToTheMinute(at) == ToTheMinute(other.At),
        (WrittenPrecision.Minute, _) => at >= other.At && at - other.At < LongestDay,
        (_, WrittenPrecision.Minute) => other.At >= at && other.At - at < LongestDay,
        _ => at == other.At,
    };

    // The store has the name by which the bot knows a person, or none once they are forgotten.
    private static bool IsSameAuthor(WrittenEntry written, ChangelogEntry other)
    {
        var author = other.WrittenBy.IsEmpty ? other.By.Value : other.WrittenBy.Value;
        return author.Length == 0 || written.By.IsEmpty || !written.Address.IsEmpty || author.Equals(written.By.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static DateTimeOffset ToTheMinute(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMinute));

    private static HashSet<string> OpenBoxes(IEnumerable<string> lines) =>
        [.. lines.SelectMany(ChangelogBox.In).Where(box => !box.IsDone).Select(box => box.Key)];
}
