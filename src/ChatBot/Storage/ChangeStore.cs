using ChatBot.Core.Changelog;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What machines were seen to have changed.</summary>
internal static class ChangeStore
{
    /// <summary>Stores a change.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="change">The change.</param>
    /// <param name="learnedAt">When the bot learned of it: days later, where its mail lay somewhere.</param>
    /// <param name="askAt">When to ask who made it; null where that is not to be asked.</param>
    /// <param name="isAutomatic">A program made it by itself.</param>
    public static Task AddAsync(StoreTransaction transaction, Change change, DateTimeOffset learnedAt, DateTimeOffset? askAt = null, bool isAutomatic = false) => transaction.Connection.ExecuteAsync(
        """
        INSERT INTO machine_change (machine, at, learned_at, encrypted, files, packages, changelog, ask_at, automatic)
        VALUES (@Machine, @At, @LearnedAt, @Encrypted, @Files, @Packages, @Changelog, @AskAt, @Automatic)
        """,
        new
        {
            Machine = change.Machine.Value,
            At = Moment.Store(change.At),
            LearnedAt = Moment.Store(learnedAt),
            Encrypted = change.Summary.Encrypted ? 1L : 0L,
            Files = string.Join('\n', change.Summary.Files.Select(file => file.How + file.Path)),
            Packages = string.Join('\n', change.Summary.Packages),
            Changelog = string.Join('\n', change.Summary.ChangelogLines.Select(line => line.Value)),
            AskAt = Moment.Store(askAt),
            Automatic = isAutomatic ? 1L : 0L,
        },
        transaction.Transaction);

    public static async Task<IReadOnlyList<Change>> LatestAsync(StoreTransaction transaction, string machine, int count) =>
        (await transaction.Connection.QueryAsync<ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog, ask_at FROM machine_change
            WHERE machine = @Machine ORDER BY at DESC, id DESC LIMIT @Count
            """,
            new { Machine = machine, Count = count },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of a machine between two moments, newest first.</summary>
    public static async Task<IReadOnlyList<Change>> OfMachineAsync(StoreTransaction transaction, Name machine, DateTimeOffset from, DateTimeOffset to, int most) =>
        (await transaction.Connection.QueryAsync<ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog, ask_at FROM machine_change
            WHERE machine = @Machine AND at >= @From AND at <= @To ORDER BY at DESC, id DESC LIMIT @Most
            """,
            new { Machine = machine.Value, From = Moment.Store(from), To = Moment.Store(to), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    /// <summary>Those of all machines that the bot learned of since then, the last one first.</summary>
    public static async Task<IReadOnlyList<Change>> LearnedSinceAsync(StoreTransaction transaction, DateTimeOffset since, int most) =>
        (await transaction.Connection.QueryAsync<ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog, ask_at FROM machine_change
            WHERE learned_at >= @Since ORDER BY learned_at DESC, id DESC LIMIT @Most
            """,
            new { Since = Moment.Store(since), Most = most },
            transaction.Transaction)).Select(row => row.Read()).ToList();

    internal sealed class ChangeRow
    {
        public string Machine { get; init; } = "";

        public long At { get; init; }

        public long Encrypted { get; init; }

        public string Files { get; init; } = "";

        public string Packages { get; init; } = "";

        public string Changelog { get; init; } = "";

        [DbValue(Name = "ask_at")]
        public long? AskAt { get; init; }

        public Change Read() => new(Name.OfMachine(Machine), Moment.Read(At), new ChangeSummary
        {
            Encrypted = Encrypted != 0,
            Files = Lines(Files).Select(line => new ChangedFile(line[0], line[1..])).ToList(),
            Packages = Lines(Packages),
            ChangelogLines = Lines(Changelog).Select(line => new RootText(line)).ToList(),
        });

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
