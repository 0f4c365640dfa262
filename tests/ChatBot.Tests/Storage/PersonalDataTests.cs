using System.Data.Common;
using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// What the store holds about people has an end; who adds a column of text says here whether it may be about them, and when it is gone.
/// </summary>
public sealed class PersonalDataTests
{
    // Each time is another one, so that a column cannot keep to the time of another.
    private static readonly RetentionSettings Keep = new()
    {
        PluginOutput = TimeSpan.FromDays(40),
        Names = TimeSpan.FromDays(50),
        Incidents = TimeSpan.FromDays(240),
        ChangelogAuthors = TimeSpan.FromDays(70),
        Delivered = TimeSpan.FromDays(20),
        Greeted = TimeSpan.FromDays(250),
    };

    private static readonly Dictionary<string, TimeSpan> AboutPeople = new()
    {
        ["changelog_entry.said_by"] = Keep.ChangelogAuthors!.Value,
        ["forgetting.name"] = TimeSpan.Zero,
        ["forgetting.words"] = TimeSpan.Zero,
        ["greeted.hash"] = Keep.Greeted,
        ["incident.acknowledged_by"] = Keep.Names,
        ["incident.acknowledged_reason"] = Keep.Names,
        ["incident.detail"] = Keep.PluginOutput,
        ["incident.machine"] = Keep.Incidents,
        ["incident.part"] = Keep.Incidents,
        ["incident.part_name"] = Keep.Incidents,
        ["incident.service"] = Keep.Incidents,
        ["incident_event.said"] = Keep.Names,
        ["incident_event.said_by"] = Keep.Names,
        ["incident_thread.message_id"] = Keep.PluginOutput,
        ["incident_thread.subject"] = Keep.PluginOutput,
        ["intervention.planned_by"] = Keep.Names,
        ["intervention.what"] = Keep.Names,
        ["machine_change.changelog"] = Keep.Names,
        ["machine_change.files"] = Keep.Names,
        ["mail_attempt.mail"] = Retention.Attempts,
        ["mail_mark.mark"] = Retention.MailedOrders,
        ["mail_order.address"] = Retention.MailedOrders,
        ["mail_order.content"] = Retention.MailedOrders,
        ["mail_order.mail"] = Retention.MailedOrders,
        ["mail_order.message_id"] = Retention.MailedOrders,
        ["mail_order.refusal"] = Retention.MailedOrders,
        ["mail_order.subject"] = Retention.MailedOrders,
        ["mail_order.thread"] = Retention.MailedOrders,
        ["mail_thread.mark"] = Retention.Threads,
        ["mail_thread.thread"] = Retention.Threads,
        ["mute.machine"] = Keep.Incidents,
        ["mute.muted_by"] = Keep.Names,
        ["mute.reason"] = Keep.Names,
        ["mute.service"] = Keep.Incidents,
        ["outbox.incidents"] = Keep.Delivered,
        ["outbox.payload"] = Keep.Delivered,
        ["seen_mail.hash"] = Retention.SeenMails,
        ["unchecked_mail.content"] = Retention.Unchecked,
        ["unchecked_mail.mail"] = Retention.Unchecked,
        ["unchecked_mail.mailbox"] = Retention.Unchecked,
    };

    // Words of our own, names that the configuration has, secrets and marks of other programs, names of checks for as long as they are
    // watched. What was done on a machine is the history that is asked for: it stays, without the names beside it.
    private static readonly string[] Others =
    [
        "changelog_entry.audience", "changelog_entry.folder", "changelog_entry.machine", "changelog_entry.said", "changelog_todo.said", "check_history.clock", "check_history.machine",
        "check_history.part", "check_history.service", "check_history.states", "incident.acknowledged_audience", "incident.announced_state",
        "incident.part_audience", "incident.source", "incident.state", "incident.suppressed_by", "incident_event.reason",
        "incident_event.said_audience", "incident_event.state", "intervention.audience", "intervention.machines", "lease.holder", "lease.name",
        "lease_history.holder", "lease_history.name", "machine_change.machine",
        "machine_change.packages", "mute.audience", "outbox.audience", "outbox.kind", "outbox.machine", "outbox.result", "outbox.target",
        "outbox.topic", "pop3_mail.mailbox", "pop3_mail.uidl", "seen_mail.kind", "seen_mail.outcome", "seen_mail.source", "setting.name",
        "setting.value", "watch.machine", "watch.source",
    ];

    // Neither a name nor a path of one word: like what a monitor may call an account.
    private const string Canary = "compte de zoé@exemple.fr";

    public static TheoryData<string> Columns => [.. AboutPeople.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Every_column_of_text_is_about_people_or_is_not()
    {
        await using var engine = await Engine.StartAsync();
        var columns = await ColumnsAsync(engine);

        Assert.Equal(
            [.. AboutPeople.Keys.Concat(Others).Order(StringComparer.Ordinal)],
            columns.Where(column => column.IsText).Select(column => $"{column.Table}.{column.Name}").Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Columns))]
    public async Task What_may_be_about_people_is_kept_for_its_time_and_no_longer(string column)
    {
        await using var engine = await Engine.StartAsync();
        var (kept, end) = (AboutPeople[column], engine.Time.GetUtcNow());
        await FillAsync(engine, await ColumnsAsync(engine), end);
        if (kept > TimeSpan.Zero)
        {
            await RetainAsync(engine, column, end + kept - TimeSpan.FromMinutes(1));
            Assert.True(await HoldsAsync(engine, column), $"{column} is gone before {kept}.");
        }

        await RetainAsync(engine, column, end + kept + TimeSpan.FromMinutes(1));
        Assert.False(await HoldsAsync(engine, column), $"{column} is still there after {kept}.");
    }

    // Every column of every table holds the canary, and every time the same moment: that at which it ended.
    private static async Task FillAsync(Engine engine, List<(string Table, string Name, bool IsText)> columns, DateTimeOffset end)
    {
        foreach (var table in columns.GroupBy(column => column.Table))
        {
            var values = table.Select(column => column switch
            {
                { IsText: true } => $"'{Canary}'",
                { Name: "folded_at" } => "NULL",
                _ => Moment.Store(end).ToString(CultureInfo.InvariantCulture),
            });
            await engine.Database.WriteAsync(
                work => Sql.RunAsync(
                    work.Connection,
                    $"INSERT INTO {table.Key} ({string.Join(',', table.Select(column => column.Name))}) VALUES ({string.Join(',', values)})",
                    work.Transaction),
                default);
        }
    }

    private static async Task RetainAsync(Engine engine, string column, DateTimeOffset now)
    {
        if (column.StartsWith("forgetting.", StringComparison.Ordinal))
        {
            await engine.Forgotten.RunAsync(CancellationToken.None);
        }

        while ((await Retention.RunAsync(engine.Database, Keep, PublicNames.None, now, CancellationToken.None)).IsMore)
        {
        }
    }

    private static async Task<bool> HoldsAsync(Engine engine, string column)
    {
        var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
        return await engine.AskAsync($"SELECT COUNT(*) FROM {table} WHERE {name} LIKE '%zoé%'") > 0;
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
