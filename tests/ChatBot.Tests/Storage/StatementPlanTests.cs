using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>
/// No statement walks through a table that grows. Every text of the assembly is explained; those that are put together at run time are taken
/// from a store that has run them, and no piece of one may be without them.
/// </summary>
public sealed partial class StatementPlanTests : IAsyncLifetime
{
    // Indexes that hold few rows by their own condition.
    private static readonly string[] Few =
    [
        "incident_event_said", "incident_open", "incident_open_service", "incident_repeated", "intervention_coming", "machine_change_ask", "mute_in_force",
        "outbox_pending",
    ];

    // Of what is open these find what they are asked for alone.
    private static readonly string[] OfOpen =
    [
        "incident_acknowledged_until", "incident_acknowledger (closed_at=?)", "incident_covered (inhibited_by=?)", "incident_open",
        "incident_open_service", "incident_repeated", "incident_suppressed", "incident_unacknowledged",
    ];

    private ProgramStatements _statements = null!;
    private SqliteConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _statements = await ProgramStatements.OpenAsync();
        _connection = new SqliteConnection($"Data Source={_statements.StorePath};Pooling=False");
        await _connection.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _statements.DisposeAsync();
    }

    [Fact]
    public void No_statement_scans_a_table_that_grows()
    {
        List<string> all = [.. ProgramStatements.Texts.Where(IsWhole).Concat(_statements.Run).Distinct()];
        Assert.InRange(all.Count, 80, 1000);
        Assert.Empty(all.SelectMany(text => Plan(text).Select(step => (text, step))).Where(one => IsScan(one.text, one.step)).Select(one => $"{one.step}: {one.text}"));
    }

    [Fact]
    public void No_statement_was_forgotten() =>
        Assert.All(ProgramStatements.Texts.Where(text => !IsWhole(text) && text != PortableSqlTests.AskedWhereItExists), piece => Assert.Contains(_statements.Run, whole => whole.StartsWith(piece, StringComparison.Ordinal)));

    [Fact]
    public void What_is_open_is_found_without_what_has_ended()
    {
        var open = ProgramStatements.Texts.Where(IsWhole).Concat(_statements.Run).Distinct().Where(text => text.Contains("closed_at IS NULL", StringComparison.Ordinal)).ToList();
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
                && !ProgramStatements.SmallTables.ContainsKey(table)
                && !Few.Contains(match.Groups["index"].Value)
                && !text.Contains($") {table}", StringComparison.Ordinal)
                && !text.Contains($"RECURSIVE {table} ", StringComparison.Ordinal)); // a part of the statement, of which the steps stand by themselves
    }

    private List<string> Plan(string text) => ProgramStatements.Plan(_connection, text);

    private bool IsWhole(string text) => ProgramStatements.IsWhole(_connection, text);

    [GeneratedRegex(@"^SCAN (?<table>\w+)( USING (COVERING )?INDEX (?<index>\w+))?")]
    private static partial Regex Scan();
}
