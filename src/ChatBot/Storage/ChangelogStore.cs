using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What people wrote about what they did.</summary>
internal static class ChangelogStore
{
    public static async Task<long> AddAsync(StoreTransaction transaction, ChangelogEntry entry) =>
        await transaction.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO changelog_entry (machine, at, said_by, said, audience)
            VALUES (@Machine, @At, @SaidBy, @Said, @Audience) RETURNING id
            """,
            new
            {
                Machine = entry.Machine.Value,
                At = Moment.Store(entry.At),
                SaidBy = entry.By.Value,
                Said = entry.Text.Text.Value,
                Audience = Remarks.Store(entry.Text.SaidTo),
            },
            transaction.Transaction);

    public static async Task<IReadOnlyList<ChangelogEntry>> LatestAsync(StoreTransaction transaction, string machine, int count) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            """
            SELECT machine, at, said_by, said, audience FROM changelog_entry
            WHERE machine = @Machine ORDER BY id DESC LIMIT @Count
            """,
            new { Machine = machine, Count = count },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of all machines since then, newest first.</summary>
    public static async Task<IReadOnlyList<ChangelogEntry>> SinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<ChangelogRow>(
            """
            SELECT machine, at, said_by, said, audience FROM changelog_entry WHERE at >= @Since ORDER BY at DESC, id DESC LIMIT @Most
            """,
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    internal sealed class ChangelogRow
    {
        public string Machine { get; init; } = "";

        public long At { get; init; }

        [DbValue(Name = "said_by")]
        public string? SaidBy { get; init; }

        public string Said { get; init; } = "";

        public string Audience { get; init; } = "";

        public ChangelogEntry Read() => new(
            Name.OfMachine(Machine), Moment.Read(At), PublicText.FromStore(SaidBy ?? ""), Remarks.Read(Said, Audience));
    }
}
