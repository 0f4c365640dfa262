using System.Data.Common;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>What the store holds about people has an end; who adds a column of text says here whether it is about them.</summary>
public sealed class PersonalDataTests
{
    private static readonly string[] AboutPeople =
    [
        "changelog_entry.said_by", "greeted.hash", "incident.acknowledged_by", "incident.acknowledged_reason", "incident.detail", "incident_event.said",
        "incident_event.said_by", "intervention.planned_by", "intervention.what", "machine_change.changelog", "mail_attempt.mail",
        "mail_thread.mark", "mail_thread.thread", "mute.muted_by", "mute.reason", "outbox.payload", "seen_mail.hash", "unchecked_mail.content", "unchecked_mail.mail", "unchecked_mail.mailbox",
    ];

    // Facts about machines, words of our own, secrets and marks of other programs. What was done on a machine
    // is the history that is asked for: it stays, without the names beside it.
    private static readonly string[] Others =
    [
        "changelog_entry.audience", "changelog_entry.machine", "changelog_entry.said", "check_history.clock", "check_history.machine", "check_history.service",
        "check_history.part", "check_history.states", "incident.acknowledged_audience", "incident.announced_state", "incident.machine",
        "incident.part", "incident.part_audience", "incident.part_name",
        "incident.service", "incident.source", "incident.state", "incident.suppressed_by", "incident_event.reason",
        "incident_event.said_audience", "incident_event.state", "intervention.audience", "intervention.machines", "machine_change.files",
        "machine_change.machine", "machine_change.packages", "mute.audience", "mute.machine", "mute.service", "outbox.audience",
        "outbox.incidents", "outbox.kind", "outbox.machine", "outbox.result", "outbox.target", "outbox.topic",
        "pop3_mail.mailbox", "pop3_mail.uidl", "seen_mail.kind", "seen_mail.outcome", "seen_mail.source", "setting.name",
        "setting.value", "watch.machine", "watch.source",
    ];

    [Fact]
    public async Task Every_column_of_text_is_about_people_or_is_not()
    {
        await using var engine = await Engine.StartAsync();
        var columns = await ColumnsAsync(engine);

        Assert.Equal(
            [.. AboutPeople.Concat(Others).Order(StringComparer.Ordinal)],
            columns.Where(column => column.IsText).Select(column => $"{column.Table}.{column.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_about_people_is_gone_a_year_after_its_end()
    {
        await using var engine = await Engine.StartAsync();
        var columns = await ColumnsAsync(engine);
        var now = engine.Time.GetUtcNow();
        foreach (var table in columns.GroupBy(column => column.Table))
        {
            var values = table.Select(column => column.IsText ? "'zoé'" : Moment.Store(now).ToString(System.Globalization.CultureInfo.InvariantCulture));
            await engine.Database.WriteAsync(
                work => Sql.RunAsync(
                    work.Connection,
                    $"INSERT INTO {table.Key} ({string.Join(',', table.Select(column => column.Name))}) VALUES ({string.Join(',', values)})",
                    work.Transaction),
                default);
        }

        Assert.Equal(AboutPeople, await HoldingAsync(engine));
        await engine.Database.WriteAsync(work => Retention.DeleteAsync(work, now.AddDays(366)), default);
        Assert.Empty(await HoldingAsync(engine));
    }

    private static async Task<List<string>> HoldingAsync(Engine engine)
    {
        var holding = new List<string>();
        foreach (var column in AboutPeople)
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            if (await engine.Database.ReadAsync(
                    work => Sql.RunAsync(work.Connection, $"SELECT COUNT(*) FROM {table} WHERE {name} = 'zoé'"), default) > 0)
            {
                holding.Add(column);
            }
        }

        return holding;
    }

    private static Task<List<(string Table, string Name, bool IsText)>> ColumnsAsync(Engine engine) => engine.Database.ReadAsync(
        async work =>
        {
            await using DbCommand command = work.Connection.CreateCommand();
            command.CommandText =
                """
                SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid
                """;
            await using var reader = await command.ExecuteReaderAsync();
            var columns = new List<(string, string, bool)>();
            while (await reader.ReadAsync())
            {
                columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2) == "TEXT"));
            }

            return columns;
        },
        default);
}
