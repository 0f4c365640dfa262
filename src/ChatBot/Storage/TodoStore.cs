using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>The empty boxes of changelogs, and what ended them.</summary>
internal static class TodoStore
{
    /// <summary>What ended a box that was removed from its file.</summary>
    public const long Removed = 0;

    // Of all machines. A box beyond is listed, and ticked, once others are.
    private const int Most = 5000;

    /// <summary>Stores empty boxes of an entry; one that reads as another of the machine that is open is the same.</summary>
    public static async Task AddAsync(StoreTransaction transaction, Name machine, long entry, IReadOnlyList<ChangelogBox> boxes)
    {
        var open = boxes.Count == 0 ? [] : (await RowsAsync(transaction, Most)).Where(row => row.Machine == machine.Value).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var box in boxes.Where(box => open.Add(box.Key)))
        {
            await transaction.Connection.ExecuteAsync(
                "INSERT INTO changelog_todo (entry, said) VALUES (@Entry, @Said)", new { Entry = entry, Said = box.Text.Value }, transaction.Transaction);
        }
    }

    /// <summary>Stores the empty boxes of an entry, and ticks what its other ones mean.</summary>
    public static async Task ApplyAsync(StoreTransaction transaction, ChangelogEntry entry, long number)
    {
        var boxes = ChangelogBox.In(entry.Text.Text.Value).ToLookup(box => box.IsDone);
        await AddAsync(transaction, entry.Machine, number, [.. boxes[false]]);
        await TickAsync(transaction, entry.Machine, [.. boxes[true].Select(box => (box.Key, entry.At, number))]);
    }

    /// <summary>Ends the boxes of a machine that these mean, each if it was there by then.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="machine">The short name.</param>
    /// <param name="ticks">The key of each, when, and the entry that ticks it.</param>
    public static async Task TickAsync(StoreTransaction transaction, Name machine, IReadOnlyList<(string Key, DateTimeOffset At, long Entry)> ticks)
    {
        if (ticks.Count == 0)
        {
            return;
        }

        var open = (await RowsAsync(transaction, Most)).Where(row => row.Machine == machine.Value).ToList();
        foreach (var (key, at, entry) in ticks)
        {
            var until = open.Where(row => row.At <= Moment.Store(at)).Reverse().ToList();
            if (ChangelogBox.Meant(key, [.. until.Select(row => row.Key)]) is not { } meant)
            {
                continue;
            }

            open.Remove(until[meant]);
            await transaction.Connection.ExecuteAsync(
                "UPDATE changelog_todo SET ended_by = @Entry WHERE id = @Id", new { Entry = entry, until[meant].Id }, transaction.Transaction);
        }
    }

    /// <summary>An entry is taken back: its own boxes end, and what it ticked is open again.</summary>
    public static async Task UndoAsync(StoreTransaction transaction, long entry, long by)
    {
        await transaction.Connection.ExecuteAsync(
            "UPDATE changelog_todo SET ended_by = @By WHERE entry = @Entry AND ended_by IS NULL", new { Entry = entry, By = by }, transaction.Transaction);
        await transaction.Connection.ExecuteAsync(
            "UPDATE changelog_todo SET ended_by = NULL WHERE ended_by = @Entry", new { Entry = entry }, transaction.Transaction);
    }

    /// <summary>What is open, the oldest first.</summary>
    public static async Task<IReadOnlyList<OpenPoint>> OpenAsync(StoreTransaction transaction, int most) =>
        [.. (await RowsAsync(transaction, most)).Select(row => row.Read())];

    private static async Task<List<TodoRow>> RowsAsync(StoreTransaction transaction, int most) =>
        (await transaction.Connection.QueryAsync<TodoRow>(
            """
            SELECT changelog_todo.id, changelog_todo.said, machine, at, dated, audience, by_hand
            FROM changelog_todo JOIN changelog_entry ON changelog_entry.id = changelog_todo.entry
            WHERE ended_by IS NULL ORDER BY at + 0, changelog_todo.id + 0 LIMIT @Most
            """,
            new { Most = most },
            transaction.Transaction)).ToList();

    internal sealed class TodoRow
    {
        public long Id { get; init; }

        public string Said { get; init; } = "";

        public string Machine { get; init; } = "";

        public long At { get; init; }

        public long Dated { get; init; }

        public string Audience { get; init; } = "";

        [DbValue(Name = "by_hand")]
        public long ByHand { get; init; }

        public string Key => new ChangelogBox(false, new RootText(Said, ChangelogBox.LongestText)).Key;

        public OpenPoint Read() => new(
            Name.OfMachine(Machine),
            Moment.Read(At),
            ChangelogStore.ReadPrecision(Dated),
            new Remark(new RootText(Said, ChangelogBox.LongestText), ByHand != 0 ? ChatBot.Core.Text.Audience.Root : Remarks.Read(Audience)));
    }
}
