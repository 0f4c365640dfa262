using ChatBot.Core.Changelog;
using ChatBot.Core.Mail;
using ChatBot.Core.Speech;
using Dapper;

namespace ChatBot.Storage;

/// <summary>What machines were seen to have changed.</summary>
internal static class ChangeStore
{
    public static Task AddAsync(Work work, Change change) => work.Connection.ExecuteAsync(
        """
        INSERT INTO machine_change (machine, at, encrypted, files, packages, changelog)
        VALUES (@Machine, @At, @Encrypted, @Files, @Packages, @Changelog)
        """,
        new
        {
            Machine = change.Machine.Value,
            At = Moment.Store(change.At),
            Encrypted = change.Summary.Encrypted ? 1L : 0L,
            Files = string.Join('\n', change.Summary.Files.Select(file => file.How + file.Path)),
            Packages = string.Join('\n', change.Summary.Packages),
            Changelog = string.Join('\n', change.Summary.ChangelogLines.Select(line => line.Value)),
        },
        work.Transaction);

    public static async Task<IReadOnlyList<Change>> LatestAsync(Work work, string machine, int count) =>
        (await work.Connection.QueryAsync<ChangeRow>(
            """
            SELECT machine, at, encrypted, files, packages, changelog FROM machine_change
            WHERE machine = @Machine ORDER BY at DESC, id DESC LIMIT @Count
            """,
            new { Machine = machine, Count = count },
            work.Transaction)).Select(row => row.Read()).ToList();

    internal sealed class ChangeRow
    {
        public string Machine { get; init; } = "";

        public long At { get; init; }

        public long Encrypted { get; init; }

        public string Files { get; init; } = "";

        public string Packages { get; init; } = "";

        public string Changelog { get; init; } = "";

        public Change Read() => new(PublicText.Declared(Machine), Moment.Read(At), new ChangeSummary
        {
            Encrypted = Encrypted != 0,
            Files = Lines(Files).Select(line => new ChangedFile(line[0], line[1..])).ToList(),
            Packages = Lines(Packages),
            ChangelogLines = Lines(Changelog).Select(line => new RootText(line)).ToList(),
        });

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
