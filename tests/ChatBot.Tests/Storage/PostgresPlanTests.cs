using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// PostgreSQL has a plan for every statement of the program, and none walks through a table that grows: neither its rows nor a whole index of it. The
/// store has lived, and then thirty thousand rows in each of its tables; settings forbid the planner to scan where it has an index, so that a scan that is left has none.
/// </summary>
public sealed partial class PostgresPlanTests(PostgresServer server) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const int Rows = 30_000;

    // Of what has ended and is done; all other columns that may be empty are.
    private static readonly string[] Filled =
    [
        "incident.acknowledged_at", "incident.acknowledged_by", "incident.announced_at", "incident.announced_state", "incident.closed_at", "incident.detail", "incident.folded_at",
        "machine_change.folded_at", "outbox.done_at",
    ];

    // Those that hold few rows by their own condition.
    private readonly HashSet<string> _few = [];

    private ProgramStatements _statements = null!;
    private SqliteConnection _sqlite = null!;
    private NpgsqlDataSource _source = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _statements = await ProgramStatements.OpenAsync();
        _sqlite = new SqliteConnection($"Data Source={_statements.StorePath};Pooling=False");
        await _sqlite.OpenAsync();
        var database = await server.NewDatabaseAsync();
        await using (var from = await SqliteEnd.SourceAsync(_statements.StorePath, CancellationToken.None))
        await using (var to = await PostgresEnd.TargetAsync(server.Connection(database), RealClock.Instance, CancellationToken.None))
        {
            await StoreCopy.RunAsync(from, to, (_, _) => { }, CancellationToken.None);
            foreach (var table in CopiedTable.InOrder(await from.TablesAsync(CancellationToken.None)).Where(table => !ProgramStatements.SmallTables.ContainsKey(table.Name)))
            {
                await server.RunAsync(await FillAsync(table.Name), database);
            }
        }

        await server.RunAsync("ANALYZE", database);
        _source = new NpgsqlSlimDataSourceBuilder(server.Connection(database) + ";Pooling=false").Build();
        _connection = await _source.OpenConnectionAsync();
        await Sql.RunAsync(_connection, "SET enable_seqscan = off");
        await using var command = new NpgsqlCommand("SELECT relname FROM pg_class WHERE relkind = 'i' AND reltuples < 1000", _connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _few.Add(reader.GetString(0));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_statements is not null)
        {
            await _connection.DisposeAsync();
            await _sqlite.DisposeAsync();
            await _source.DisposeAsync();
            await _statements.DisposeAsync();
        }
    }

    [Fact]
    public async Task No_statement_scans_a_table_that_grows_and_none_is_refused()
    {
        var (planned, scans) = (0, new List<string>());
        foreach (var text in ProgramStatements.Texts.Concat(_statements.Run).Where(text => !OfSqliteAlone().IsMatch(text)).Distinct())
        {
            if (await PlanOfWholeAsync(text) is { } plan)
            {
                planned++;
                scans.AddRange(Scans(plan).Select(scan => $"{scan}: {text}"));
            }
        }

        Assert.True(scans.Count == 0, string.Join("\n", scans));
        Assert.InRange(planned, 80, 1000);
    }

    [Theory]
    [InlineData("SELECT * FROM incident WHERE opened_at + 0 > @Since", "Seq Scan on incident")]
    [InlineData("SELECT COUNT(*) FROM incident WHERE number + 0 > 5", "Index Only Scan")]
    [InlineData("SELECT * FROM incident WHERE closed_at IS NULL", null)]
    [InlineData("SELECT * FROM incident WHERE number = @Number", null)]
    [InlineData("SELECT MAX(id) FROM outbox", null)]
    [InlineData("SELECT * FROM watch", null)]
    public async Task A_scan_is_seen(string text, string? scan)
    {
        var found = Scans(await PlanAsync(text));
        Assert.Equal(scan is null ? 0 : 1, found.Count);
        Assert.All(found, one => Assert.StartsWith(scan ?? "", one, StringComparison.Ordinal));
    }

    // What both engines refuse is a piece.
    private async Task<JsonElement?> PlanOfWholeAsync(string text)
    {
        try
        {
            return await PlanAsync(text);
        }
        catch (PostgresException) when (!ProgramStatements.IsWhole(_sqlite, text))
        {
            return null;
        }
    }

    // With parameters whose types are left to the server, as in a text.
    private async Task<JsonElement> PlanAsync(string text)
    {
        await using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements of the program.
        command.CommandText = "EXPLAIN (FORMAT JSON) " + text;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(text).Select(match => match.Value).Distinct())
        {
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = "1" });
        }

        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!).RootElement[0].GetProperty("Plan");
    }

    private List<string> Scans(JsonElement plan)
    {
        var scans = new List<string>();
        if (Word(plan, "Relation Name") is { } table && !ProgramStatements.SmallTables.ContainsKey(table) && table != "schema_version" && IsWhole(plan))
        {
            scans.Add($"{Word(plan, "Node Type")} on {table} {Word(plan, "Index Name")}");
        }

        return plan.TryGetProperty("Plans", out var inner) ? [.. scans, .. inner.EnumerateArray().SelectMany(Scans)] : scans;
    }

    // An index with a condition of its own holds few rows.
    private bool IsWhole(JsonElement step) => Word(step, "Node Type") switch
    {
        "Seq Scan" => true,
        "Index Scan" or "Index Only Scan" => Word(step, "Index Cond") is null && !_few.Contains(Word(step, "Index Name")!),
        _ => false,
    };

    private static string? Word(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetString() : null;

    // Machines and the like repeat, what identifies a row does not.
    private async Task<string> FillAsync(string table)
    {
        await using var command = _sqlite.CreateCommand();
        command.CommandText = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(@Table)";
        command.Parameters.AddWithValue("@Table", table);
        await using var reader = await command.ExecuteReaderAsync();
        var (names, values) = (new List<string>(), new List<string>());
        while (await reader.ReadAsync())
        {
            var (name, isText, isNeeded, isKey) = (reader.GetString(0), reader.GetString(1) == "TEXT", reader.GetInt64(2) + reader.GetInt64(3) > 0, reader.GetInt64(3) > 0);
            if (isNeeded || Filled.Contains($"{table}.{name}"))
            {
                names.Add(name);
                values.Add(!isText ? "1000000 + i" : isKey ? "'x' || i" : "'x' || i % 200");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", values)} FROM generate_series(1, {Rows}) i");
    }

    [GeneratedRegex(@"^PRAGMA|unixepoch\(")]
    private static partial Regex OfSqliteAlone();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
