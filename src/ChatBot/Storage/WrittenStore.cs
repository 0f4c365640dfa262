using ChatBot.Core.Changelog;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Storage;

/// <summary>Stores what people wrote by hand in the changelogs of machines, each once: neither what the bot wrote there nor what another mail brought.</summary>
internal static class WrittenStore
{
    /// <summary>So many entries of one mail are stored; the others are counted.</summary>
    public const int MostEntries = 1000;

    private const int MostAlike = 100;

    /// <summary>Stores what is new.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="change">What a mail of the machine says.</param>
    /// <param name="people">Those whose names and addresses are known.</param>
    /// <param name="zone">Of dates without a zone.</param>
    /// <param name="now">The moment.</param>
    /// <returns>How many entries were new, and how many entries and lines were left out, because there are too many.</returns>
    public static async Task<(int New, int LeftOut)> AddAsync(StoreTransaction transaction, Change change, People people, TimeZoneInfo zone, DateTimeOffset now)
    {
        var (left, added, leftOut) = (MostEntries, 0, 0);
        foreach (var excerpt in change.Summary.Excerpts)
        {
            var written = excerpt.Read(zone);
            // Of the end of a file its newest.
            var entries = (excerpt.IsTail ? written.Entries.TakeLast(left) : written.Entries.Take(left)).ToList();
            left -= entries.Count;
            leftOut += written.Entries.Count - entries.Count + written.Unread;
            added += await AddAsync(transaction, change, excerpt, entries, people, now);
        }

        return (added, leftOut);
    }

    private static async Task<int> AddAsync(
        StoreTransaction transaction, Change change, ChangelogExcerpt excerpt, List<WrittenEntry> entries, People people, DateTimeOffset now)
    {
        var (machine, known, added) = (change.Machine.Value, new HashSet<long>(), 0);
        var ticks = new List<(string Key, DateTimeOffset At, long Entry)>();
        foreach (var entry in entries.Select(entry => entry with { By = AuthorOf(entry, people) }))
        {
            // A date that is still to come is a slip.
            var at = entry.At is { } dated && dated < change.At ? dated : change.At;
            var alike = await ChangelogStore.AlikeAsync(transaction, machine, entry.Text.Value, entry.Number, MostAlike);
            // What is read each hour without a time of its own would be new each day, and once more when a date that was to come is past.
            var isTimeless = excerpt.IsTail && at == change.At;
            var same = alike.FirstOrDefault(one => !known.Contains(one.Number)
                && (entry.IsSame(one.Number, one.IsByHand, one.Entry, at)
                    || (excerpt.IsTail && one.Entry.Text.Text == entry.Text && (isTimeless || one.Entry.Precision == WrittenPrecision.Unknown))));
            if (same.Entry is not null)
            {
                known.Add(same.Number);
                continue;
            }

            var number = await ChangelogStore.AddWrittenAsync(
                transaction,
                new ChangelogEntry(change.Machine, at, default, new Remark(entry.Text, Audience.Root))
                {
                    WrittenBy = entry.By,
                    Precision = isTimeless ? WrittenPrecision.Unknown : entry.Precision,
                    Folder = excerpt.Folder,
                },
                now);
            known.Add(number);
            added++;
            var boxes = ChangelogBox.In(entry.Text.Value).ToLookup(box => box.IsDone);
            await TodoStore.AddAsync(transaction, change.Machine, number, [.. boxes[false]]);
            ticks.AddRange(boxes[true].Select(box => (box.Key, entry.Precision == WrittenPrecision.Day ? at.AddDays(1) : at, number)));
        }

        // Whatever the order of the file, what is ticked was open before; a box that is no longer there is struck.
        ticks.AddRange(excerpt.StruckBoxes().Select(key => (key, now, TodoStore.Removed)));
        await TodoStore.TickAsync(transaction, change.Machine, ticks);
        return added;
    }

    // By the name that the bot has for them, so that they are found by it and forgotten with it.
    private static RootText AuthorOf(WrittenEntry entry, People people) =>
        (people.WithMail(entry.Address.Value) ?? people.WithAccount(entry.By.Value) ?? people.Named(entry.By.Value)) is { } person
            ? new RootText(person.Name, WrittenEntry.LongestName)
            : entry.By;
}
