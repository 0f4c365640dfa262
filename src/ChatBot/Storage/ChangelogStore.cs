using System.Security.Cryptography;
using System.Text;
using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What people wrote about what they did, here and in the files of machines.</summary>
internal static class ChangelogStore
{
    private const string Columns = "id, machine, at, said_by, said, audience, by_hand, dated, folder";

    /// <summary>Stores what was typed here.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="strikes">The entry that it takes back; null for none.</param>
    /// <returns>Its number.</returns>
    public static Task<long> AddAsync(StoreTransaction transaction, ChangelogEntry entry, long? strikes = null) =>
        AddAsync(transaction, entry, isByHand: false, entry.At, strikes);

    /// <summary>Stores what a person wrote in the file of a machine.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="learnedAt">When the bot learned of it.</param>
    public static Task<long> AddWrittenAsync(StoreTransaction transaction, ChangelogEntry entry, DateTimeOffset learnedAt) =>
        AddAsync(transaction, entry, isByHand: true, learnedAt, strikes: null);

    public static async Task<IReadOnlyList<ChangelogEntry>> LatestAsync(StoreTransaction transaction, string machine, int count) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE machine = @Machine ORDER BY at DESC, id DESC LIMIT @Count",
            new { Machine = machine, Count = count },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of a machine that were written since then, newest first.</summary>
    public static async Task<IReadOnlyList<ChangelogEntry>> OfMachineAsync(StoreTransaction transaction, string machine, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE machine = @Machine AND at >= @Since ORDER BY at DESC, id DESC LIMIT @Most",
            new { Machine = machine, Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of all machines that were written since then, newest first.</summary>
    public static async Task<IReadOnlyList<ChangelogEntry>> WrittenSinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE at >= @Since ORDER BY at DESC, id DESC LIMIT @Most",
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of all machines that the bot learned of since then, the last one first.</summary>
    public static async Task<IReadOnlyList<ChangelogEntry>> SinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE learned_at >= @Since ORDER BY learned_at DESC, id DESC LIMIT @Most",
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of a machine that have this text, or this number; with their numbers.</summary>
    public static async Task<IReadOnlyList<(long Number, bool IsByHand, ChangelogEntry Entry)>> AlikeAsync(
        StoreTransaction transaction, string machine, string text, long? number, int most)
    {
        var alike = (await transaction.Connection.QueryAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE machine = @Machine AND mark = @Mark ORDER BY at DESC LIMIT @Most",
            new { Machine = machine, Mark = MarkOf(text), Most = most },
            transaction.Transaction)).ToList();
        if (number is { } known && !alike.Exists(row => row.Id == known) && await FindAsync(transaction, known) is { } found && found.Machine == machine)
        {
            alike.Add(found);
        }

        return [.. alike.Select(row => (row.Id, row.ByHand != 0, row.Read()))];
    }

    /// <summary>The last entry that somebody typed here, and whether it takes another back or is taken back.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="by">Their name; null for anybody's.</param>
    /// <param name="machine">The short name; null for any machine.</param>
    /// <param name="since">No older one.</param>
    public static async Task<TypedEntry?> LastTypedAsync(StoreTransaction transaction, string? by, string? machine, DateTimeOffset since)
    {
        var row = by is null
            ? await transaction.Connection.QueryFirstOrDefaultAsync<TypedRow>(
                """
                SELECT id, at, said_by, strikes, (SELECT MAX(other.id) FROM changelog_entry other WHERE other.strikes = entry.id) AS struck_by
                FROM changelog_entry entry
                WHERE learned_at >= @Since AND by_hand = 0 AND machine = COALESCE(@Machine, machine) ORDER BY learned_at DESC, id DESC LIMIT 1
                """,
                new { Since = Moment.Store(since), Machine = machine },
                transaction.Transaction)
            : await transaction.Connection.QueryFirstOrDefaultAsync<TypedRow>(
                """
                SELECT id, at, said_by, strikes, (SELECT MAX(other.id) FROM changelog_entry other WHERE other.strikes = entry.id) AS struck_by
                FROM changelog_entry entry
                WHERE said_by = @By AND by_hand = 0 AND machine = COALESCE(@Machine, machine) ORDER BY id DESC LIMIT 1
                """,
                new { By = by, Machine = machine },
                transaction.Transaction);
        return row is null ? null : new TypedEntry(row.Id, Moment.Read(row.At), PublicText.FromStore(row.SaidBy ?? ""), row.Strikes is not null, row.StruckBy is not null);
    }

    public static async Task<ChangelogEntry?> WithNumberAsync(StoreTransaction transaction, long number) => (await FindAsync(transaction, number))?.Read();

    internal static WrittenPrecision ReadPrecision(long dated) => dated switch
    {
        0 => WrittenPrecision.Minute,
        1 => WrittenPrecision.Day,
        _ => WrittenPrecision.Unknown,
    };

    private static Task<ChangelogRow?> FindAsync(StoreTransaction transaction, long number) =>
        transaction.Connection.QueryFirstOrDefaultAsync<ChangelogRow>(
            $"SELECT {Columns} FROM changelog_entry WHERE id = @Number", new { Number = number }, transaction.Transaction);

    private static async Task<long> AddAsync(StoreTransaction transaction, ChangelogEntry entry, bool isByHand, DateTimeOffset learnedAt, long? strikes)
    {
        var author = entry.WrittenBy.IsEmpty ? entry.By.Value : entry.WrittenBy.Value;
        return await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO changelog_entry (machine, at, said_by, said, audience, by_hand, dated, folder, learned_at, mark, strikes)
            VALUES (@Machine, @At, @SaidBy, @Said, @Audience, @ByHand, @Dated, @Folder, @LearnedAt, @Mark, @Strikes) RETURNING id
            """,
            new
            {
                Machine = entry.Machine.Value,
                At = Moment.Store(entry.At),
                SaidBy = isByHand && author.Length == 0 ? null : author,
                Said = entry.Text.Text.Value,
                Audience = Remarks.Store(entry.Text.SaidTo),
                ByHand = isByHand ? 1L : 0L,
                Dated = (long)entry.Precision,
                Folder = entry.Folder.Value,
                LearnedAt = Moment.Store(learnedAt),
                Mark = MarkOf(entry.Text.Text.Value),
                Strikes = strikes,
            },
            transaction.Transaction);
    }

    private static long MarkOf(string text) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal sealed class TypedRow
    {
        public long Id { get; init; }

        public long At { get; init; }

        [DbValue(Name = "said_by")]
        public string? SaidBy { get; init; }

        public long? Strikes { get; init; }

        [DbValue(Name = "struck_by")]
        public long? StruckBy { get; init; }
    }

    internal sealed class ChangelogRow
    {
        public long Id { get; init; }

        public string Machine { get; init; } = "";

        public long At { get; init; }

        [DbValue(Name = "said_by")]
        public string? SaidBy { get; init; }

        public string Said { get; init; } = "";

        public string Audience { get; init; } = "";

        [DbValue(Name = "by_hand")]
        public long ByHand { get; init; }

        public long Dated { get; init; }

        public string Folder { get; init; } = "";

        // What a mail brought is for the root group, its author too.
        public ChangelogEntry Read() => new(
            Name.OfMachine(Machine),
            Moment.Read(At),
            PublicText.FromStore(ByHand != 0 ? "" : SaidBy ?? ""),
            ByHand != 0 ? new Remark(new RootText(Said), ChatBot.Core.Text.Audience.Root) : Remarks.Read(Said, Audience))
        {
            WrittenBy = ByHand != 0 ? new RootText(SaidBy ?? "") : default,
            Precision = ReadPrecision(Dated),
            Folder = new RootText(Folder),
        };
    }
}
