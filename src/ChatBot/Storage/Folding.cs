using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>Makes old rows small: the steps of an incident become their counts, the files of a change their folders.</summary>
internal static class Folding
{
    /// <summary>So many rows in one transaction; an incident may have many steps.</summary>
    public const int AtOnce = 100;

    // What no check is called: a mail that is late by a year must not find an old incident of another check.
    private const string PartOfOld = "folded";

    private const string Nameless = "?";

    /// <summary>
    /// Keeps of incidents that ended before a moment what they were on, when, and how often: no text of a mail or of a person. A name that
    /// not everybody may read becomes <c>?</c>: it may be an address.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> IncidentsAsync(StoreTransaction transaction, PublicNames names, DateTimeOffset before, DateTimeOffset now)
    {
        var rows = (await transaction.Connection.QueryAsync<FoldedRow>(
            "SELECT number, machine, service FROM incident WHERE folded_at IS NULL AND closed_at < @Before LIMIT @AtOnce",
            new { Before = Moment.Store(before), AtOnce },
            transaction.Transaction)).ToList();
        foreach (var row in rows)
        {
            await FoldAsync(transaction, names, row, now);
        }

        return rows.Count;
    }

    /// <summary>Keeps of the changes of before a moment how many files there were in which folders, and the packages.</summary>
    /// <returns>How many changes there were.</returns>
    public static async Task<int> ChangesAsync(StoreTransaction transaction, DateTimeOffset before, DateTimeOffset now)
    {
        var rows = (await transaction.Connection.QueryAsync<ChangeFilesRow>(
            "SELECT id, files FROM machine_change WHERE folded_at IS NULL AND at < @Before LIMIT @AtOnce",
            new { Before = Moment.Store(before), AtOnce },
            transaction.Transaction)).ToList();
        foreach (var row in rows)
        {
            var folders = row.Files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => file[0] + ChangeLines.Directory(file[1..]).TrimEnd('/') + "/");
            await transaction.Connection.ExecuteAsync(
                "UPDATE machine_change SET files = @Files, changelog = '', folded_at = @Now WHERE id = @Id",
                new { row.Id, Files = string.Join('\n', folders), Now = Moment.Store(now) },
                transaction.Transaction);
        }

        return rows.Count;
    }

    private static async Task FoldAsync(StoreTransaction transaction, PublicNames names, FoldedRow row, DateTimeOffset now)
    {
        await transaction.Connection.ExecuteAsync(
            """
            UPDATE incident SET folded_at = @Now, machine = @Machine, service = @Service, detail = NULL, acknowledged_by = NULL,
                acknowledged_reason = NULL, acknowledged_audience = NULL, part = CASE WHEN part = '' THEN '' ELSE @Part END,
                part_name = CASE WHEN part_audience = 'public' THEN part_name ELSE '' END
            WHERE number = @Number
            """,
            new
            {
                row.Number,
                Machine = names.Of(Name.OfMachine(row.Machine))?.Value ?? Nameless,
                Service = row.Service.Length == 0 ? "" : names.Of(Name.OfService(row.Service))?.Value ?? Nameless,
                Part = PartOfOld,
                Now = Moment.Store(now),
            },
            transaction.Transaction);
        await transaction.Connection.ExecuteAsync(
            "DELETE FROM incident_event WHERE incident = @Number", new { row.Number }, transaction.Transaction);
    }

    internal sealed class FoldedRow
    {
        public long Number { get; init; }

        public string Machine { get; init; } = "";

        public string Service { get; init; } = "";
    }

    internal sealed class ChangeFilesRow
    {
        public long Id { get; init; }

        public string Files { get; init; } = "";
    }
}
