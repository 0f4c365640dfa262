using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Reports;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Reports;

/// <summary>A source of which the sink knows nothing: all it has is arrivals.</summary>
public class ReportSinkTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task What_a_machine_of_ours_says_opens_and_ends_an_incident()
    {
        await using var engine = await Engine.StartAsync();
        Assert.Equal([true], await TakeAsync(engine, Of(engine, "send:1", Backup(ReportKind.Alert, CheckState.Critical))));
        await engine.PassAsync(Wait);
        Assert.Equal(["[hal] sauvegarde CRITICAL — #1"], await engine.PublicAsync());
        await TakeAsync(engine, Of(engine, "send:2", Backup(ReportKind.Recovery, CheckState.Ok)));
        Assert.Equal("[hal] sauvegarde OK après 5 secondes — #1", (await engine.PublicAsync())[^1]);
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task What_comes_twice_has_its_effect_once_in_one_batch_and_in_two()
    {
        await using var engine = await Engine.StartAsync();
        var arrival = Of(engine, "send:1", Note(), ArrivalEffect.Line);
        Assert.Equal([true, false], await TakeAsync(engine, arrival, arrival));
        Assert.Equal([false, true], await TakeAsync(engine, arrival, Of(engine, "send:2", Note(), ArrivalEffect.Line)));
        Assert.Equal(2, (await engine.RootAsync()).Count);
    }

    [Fact]
    public async Task What_may_only_be_read_opens_nothing_and_the_root_group_reads_it()
    {
        await using var engine = await Engine.StartAsync();
        await TakeAsync(engine, Of(engine, "send:1", Backup(ReportKind.Alert, CheckState.Critical), ArrivalEffect.RootLine));
        await engine.PassAsync(Wait);
        Assert.Empty(await engine.PublicAsync());
        Assert.Contains("sauvegarde CRITICAL", Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
        Assert.Empty(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task What_has_no_effect_counts_as_seen()
    {
        await using var engine = await Engine.StartAsync();
        var refused = Of(engine, "send:1", Backup(ReportKind.Alert, CheckState.Critical), ArrivalEffect.None) with { OtherKeys = ["send:2"] };
        Assert.Equal([true], await TakeAsync(engine, refused));
        Assert.Equal([false], await TakeAsync(engine, refused));
        Assert.Equal([true], await TakeAsync(engine, Of(engine, "send:2", Backup(ReportKind.Alert, CheckState.Critical))));
        Assert.Single(await engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task A_transaction_that_fails_takes_nothing_and_counts_nothing()
    {
        await using var engine = await Engine.StartAsync();
        var alert = Of(engine, "send:1", Backup(ReportKind.Alert, CheckState.Critical));
        var repeated = Of(engine, "send:2", Backup(ReportKind.Alert, CheckState.Critical));
        var commits = await FailingCommits.OfAsync(engine.Database);
        commits.After(well: 0, failing: 1);
        await Assert.ThrowsAsync<SqliteException>(() => TakeAsync(engine, alert, repeated));
        Assert.DoesNotContain("chatbot_suppressed_total{reason=\"repeated\"}", engine.Metrics, StringComparison.Ordinal);

        Assert.Equal([true, true], await TakeAsync(engine, alert, repeated));
        Assert.Contains("chatbot_suppressed_total{reason=\"repeated\"} 1", engine.Metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_is_stored_in_silence()
    {
        await using var engine = await Engine.StartAsync();
        var sink = new HistorySink(engine.Settings.Value.Settings, engine.Time);
        var alert = Of(engine, "old:1", Backup(ReportKind.Alert, CheckState.Critical)) with { OtherKeys = ["old:2"] };
        await engine.Database.WriteAsync(transaction => sink.TakeAsync(transaction, [alert]), CancellationToken.None);
        await engine.PassAsync(Wait);
        Assert.Empty(await engine.RootAsync());
        Assert.Equal(1, sink.Incidents);
        Assert.False((await engine.Incidents.FindAsync(1, CancellationToken.None))!.IsOpen);
        Assert.Equal([false], await TakeAsync(engine, alert with { Key = "old:2" }));
    }

    private static Arrival Of(Engine engine, string key, Report report, ArrivalEffect effect = ArrivalEffect.Full) =>
        new() { Key = key, Report = report, Effect = effect, At = engine.Time.GetUtcNow() };

    private static Report Backup(ReportKind kind, CheckState state) => new()
    {
        Source = PublicText.Declared("send"),
        Kind = kind,
        Machine = Name.OfMachine("hal"),
        Service = Name.OfService("sauvegarde"),
        State = state,
    };

    private static Report Note() => new()
    {
        Source = PublicText.Declared("send"),
        Kind = ReportKind.Report,
        Subject = new RootText("tout va bien"),
    };

    private static Task<IReadOnlyList<bool>> TakeAsync(Engine engine, params Arrival[] arrivals) =>
        engine.Database.WriteAsync(transaction => engine.Sink.TakeAsync(transaction, arrivals), CancellationToken.None);
}
