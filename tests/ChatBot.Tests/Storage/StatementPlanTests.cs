using System.Text.RegularExpressions;
using ChatBot.Configuration;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Hosting;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// No statement walks through a table that grows. Every text of the assembly is explained; those that are put together at run time are taken
/// from a store that has run them, and no piece of one may be without them.
/// </summary>
public sealed partial class StatementPlanTests : IAsyncLifetime
{
    // Tables that may be walked through, with what bounds them.
    private static readonly Dictionary<string, string> Small = new()
    {
        ["check_history"] = "a row a check, for a day after it changed last or as long as a late report may come",
        ["forgetting"] = "a row a person who asked to be forgotten, until that is done",
        ["intervention"] = "planned by people",
        ["lease"] = "one row",
        ["mail_attempt"] = "mails under way, thirty days at most",
        ["mail_thread"] = "people's mails of seven days",
        ["mute"] = "made by people, for a year",
        ["pop3_mail"] = "what is still on the server",
        ["setting"] = "a row a name",
        ["unchecked_mail"] = "mails of one hour",
        ["watch"] = "a row a source that is watched",
    };

    // Indexes that hold few rows by their own condition.
    private static readonly string[] Few =
    [
        "incident_event_said", "incident_open", "incident_open_service", "incident_repeated", "intervention_coming", "machine_change_ask", "mute_in_force",
        "outbox_pending",
    ];

    // Of what is open these find what they are asked for alone.
    private static readonly string[] OfOpen =
    [
        "incident_acknowledged_until", "incident_acknowledger (closed_at=?)", "incident_open", "incident_open_service", "incident_repeated", "incident_suppressed", "incident_unacknowledged",
    ];

    private readonly Engine _engine = Engine.Make(Core.Language.Locale.French, SampleStore.Now, SampleGroup.Settings);
    private readonly List<string> _run = [];
    private SqliteConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        await _engine.OpenAsync(await SampleStore.BytesAsync());
        await Retention.RunAsync(
            _engine.Database, new RetentionSettings { ChangelogAuthors = TimeSpan.FromDays(1) }, PublicNames.None, _engine.Time.GetUtcNow().AddYears(3), CancellationToken.None);
        await _engine.Database.WriteAsync(
            transaction => Sql.RunAsync(
                transaction.Connection,
                string.Concat(PersonText.All.Select(one => $"UPDATE {one.Table} SET {one.Column} = 'lunar' WHERE {one.HasEnded};")) + "SELECT 1",
                transaction.Transaction),
            CancellationToken.None);
        await _engine.Forgotten.ForgetAsync(new Person { Name = "lunar", Accounts = ["lunar"] }, CancellationToken.None);
        await _engine.Database.ReadAsync(transaction => RanAsync(transaction), CancellationToken.None);
        await _engine.Database.WriteAsync(transaction => RanAsync(transaction), CancellationToken.None);
        _connection = new SqliteConnection($"Data Source={_engine.Path};Pooling=False");
        await _connection.OpenAsync();

        Task<bool> RanAsync(StoreTransaction transaction)
        {
            _run.AddRange(((KeepingConnection)transaction.Connection).Texts);
            return Task.FromResult(true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public void No_statement_scans_a_table_that_grows()
    {
        List<string> all = [.. Texts().Where(IsWhole).Concat(_run).Distinct()];
        Assert.InRange(all.Count, 80, 1000);
        Assert.Empty(all.SelectMany(text => Plan(text).Select(step => (text, step))).Where(one => IsScan(one.text, one.step)).Select(one => $"{one.step}: {one.text}"));
    }

    [Fact]
    public void No_statement_was_forgotten() =>
        Assert.All(Texts().Where(text => !IsWhole(text)), piece => Assert.Contains(_run, whole => whole.StartsWith(piece, StringComparison.Ordinal)));

    [Fact]
    public void What_is_open_is_found_without_what_has_ended()
    {
        var open = Texts().Where(IsWhole).Concat(_run).Distinct().Where(text => text.Contains("closed_at IS NULL", StringComparison.Ordinal)).ToList();
        Assert.InRange(open.Count, 10, 100);
        Assert.All(open, text => Assert.Contains(Plan(text), step => OfOpen.Any(index => step.EndsWith(index, StringComparison.Ordinal) || step.Contains(index + " ", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("SELECT * FROM incident WHERE opened_at + 0 > @Since", true)]
    [InlineData("SELECT * FROM incident i JOIN incident_event e ON e.incident = i.number", true)]
    [InlineData("SELECT * FROM incident WHERE closed_at IS NULL", false)]
    [InlineData("SELECT * FROM watch", false)]
    public void A_scan_is_seen(string text, bool isScan) => Assert.Equal(isScan, Plan(text).Any(step => IsScan(text, step)));

    private static bool IsScan(string text, string step)
    {
        var match = Scan().Match(step);
        return step.Contains("AUTOMATIC", StringComparison.Ordinal)
            || (match.Success && match.Groups["table"].Value is var table
                && table != "CONSTANT"
                && !Small.ContainsKey(table)
                && !Few.Contains(match.Groups["index"].Value)
                && !text.Contains($") {table}", StringComparison.Ordinal)
                && !text.Contains($"RECURSIVE {table} ", StringComparison.Ordinal)); // a part of the statement, of which the steps stand by themselves
    }

    private List<string> Plan(string text)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements of the program.
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(text).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1L);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    private bool IsWhole(string text)
    {
        try
        {
            Plan(text);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>What begins as a statement does.</summary>
    private static List<string> Texts()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Bot).Assembly.Location);
        return module.GetTypes().Where(type => !IsByHand(type.DeclaringType ?? type)).SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand)
            .Where(text => Verb().IsMatch(text) && !OfPostgresAlone().IsMatch(text))
            .Distinct().ToList();
    }

    // chatbot store looks at every row, beside the bot.
    private static bool IsByHand(TypeDefinition type) => type.Name is nameof(StoreFile) or nameof(StoreRule) or nameof(StoreEnd) or nameof(SqliteEnd) or nameof(PostgresEnd);

    [GeneratedRegex(@"^SCAN (?<table>\w+)( USING (COVERING )?INDEX (?<index>\w+))?")]
    private static partial Regex Scan();

    // Tables of one row.
    [GeneratedRegex("schema_version|set_config.*'speaker'|set_config[^F]*$")]
    private static partial Regex OfPostgresAlone();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH) ")]
    private static partial Regex Verb();
}
