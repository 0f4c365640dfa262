using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What is old becomes small, and the commands that look back still say nothing but what is true.</summary>
public sealed class FoldingTests : IAsyncDisposable
{
    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task Of_an_old_incident_its_dates_its_length_and_its_counts_are_left_and_no_word()
    {
        Assert.Contains("pris par lunar", string.Join('\n', await _group.InPrivate("incident 40")), StringComparison.Ordinal);
        await PassAsync(TimeSpan.FromDays(366));

        Assert.Equal(
            [
                "[hal] IMAP OK — terminé il y a 366 jours, après 30 minutes #40",
                "terminé depuis si longtemps qu'il ne reste de ses étapes que des totaux — notifications : 1, changements d'état : 0, pris : 1",
            ],
            await _group.InPrivate("incident 40"));
        Assert.Equal(
            ["terminé depuis si longtemps qu'il ne reste de ses étapes que des totaux — notifications : 1, changements d'état : 0, pris : 1"],
            await _group.InPrivate("why 40"));
        Assert.DoesNotContain("la faute de Paul", _group.Engine.Stored(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_counted_over_the_past_is_the_same_before_and_after()
    {
        await _group.OpenAsync();
        var history = new History(_group.Engine.Database);
        var since = SampleStore.Now.AddDays(-30);
        async Task<IEnumerable<PastIncident>> EndedAsync() => (await history.PastAsync(since, 1000, CancellationToken.None))
            .Where(one => one.ClosedAt < SampleStore.Now).ToList();
        var before = await EndedAsync();
        Assert.Contains(before, one => one.Notifications > 1);
        Assert.Contains(before, one => one.WasAcknowledged);
        Assert.Contains(before, one => one.WasDown);
        await PassAsync(TimeSpan.FromDays(366));

        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM incident_event WHERE incident IN (SELECT number FROM incident WHERE folded_at IS NOT NULL)"));
        Assert.True(await _group.Engine.AskAsync("SELECT COUNT(*) FROM incident WHERE folded_at IS NOT NULL") >= before.Count());
        Assert.Equal(before, await EndedAsync());
    }

    [Fact]
    public async Task An_incident_that_goes_on_is_left_as_it_is_however_old()
    {
        var before = await StoryAsync(41);
        await PassAsync(TimeSpan.FromDays(400));

        Assert.Contains("[sud] HTTP WARNING depuis 400 jours", string.Join('\n', await _group.InPrivate("incident 41")), StringComparison.Ordinal);
        Assert.Equal(before, (await StoryAsync(41)).Take(before.Count));
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM incident WHERE closed_at IS NULL AND folded_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_step_that_comes_after_the_fold_is_counted_too()
    {
        await PassAsync(TimeSpan.FromDays(366));
        await _group.Engine.Database.WriteAsync(
            transaction => IncidentStore.AddEventAsync(
                transaction, 40, new IncidentEvent(DateTimeOffset.UnixEpoch, Reason.Repeated, CheckState.Critical, PublicText.Declared("dupont"), null)),
            CancellationToken.None);
        await PassAsync(TimeSpan.FromHours(7));

        Assert.Equal(2, await _group.Engine.AskAsync("SELECT notifications FROM incident WHERE number = 40"));
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM incident_event WHERE incident = 40"));
    }

    [Fact]
    public async Task A_name_that_is_not_for_everybody_goes_and_others_stay()
    {
        await _group.OpenAsync();
        await WriteAsync("UPDATE incident SET service = 'compte de dupont@client.example', part = 'alertmanager:instance=dupont', part_name = 'dupont' WHERE number = 40");
        await PassAsync(TimeSpan.FromDays(366));

        Assert.StartsWith("[hal] ? OK — terminé il y a 366 jours", (await _group.InPrivate("incident 40"))[0], StringComparison.Ordinal);
        Assert.StartsWith("[hal] un service OK", (await _group.InChannel("!incident 40", SampleGroup.Stranger))[0], StringComparison.Ordinal);
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM incident WHERE service || part || part_name LIKE '%dupont%'"));
    }

    [Fact]
    public async Task Of_an_old_change_its_folders_and_packages_are_left()
    {
        var open = await _group.InChannel("!changes hal", SampleGroup.Stranger);
        Assert.Contains("confidentiel", string.Join('\n', await _group.InPrivate("changes hal")), StringComparison.Ordinal);
        await PassAsync(TimeSpan.FromDays(91));

        var old = await _group.InChannel("!changes hal", SampleGroup.Stranger);
        Assert.Equal(open[0].Split(" — ")[0], old[0].Split(" — ")[0]);
        Assert.StartsWith("[hal] modifié : 3 fichiers (/etc/postfix/, /etc/), 2 paquets (postfix, libsasl2)", (await _group.InPrivate("changes hal"))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("main.cf", _group.Engine.Stored(), StringComparison.Ordinal);
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM machine_change WHERE changelog <> ''"));

        // What people wrote is the history of the machine, as what they typed here is.
        Assert.Equal(1, await _group.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry WHERE said LIKE '%relais pour Dupont'"));
    }

    [Fact]
    public async Task Ten_years_are_erased_in_many_short_transactions()
    {
        await _group.OpenAsync();
        var engine = _group.Engine;
        await WriteAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 950)
            INSERT INTO incident (number, machine, service, state, opened_at, closed_at, detail, notifications)
            SELECT 1000 + i, 'sql', 'S' || i, 'OK', i, i + 1, 'confidentiel', 1 FROM n
            """);
        await WriteAsync("INSERT INTO incident_event (incident, at, reason, state, said_by) SELECT number, 1, 'opened', 'CRITICAL', 'paul' FROM incident WHERE number > 1000");
        var rounds = 0;
        for (RetentionRound round = new(0, true); round.IsMore; rounds++)
        {
            var (folded, named) = (await Folded(), await Named());
            round = await Retention.RunAsync(
                engine.Database, engine.Settings.Value.Settings.Retention, engine.Settings.Value.Settings.Inventory.PublicNames, engine.Time.GetUtcNow(), CancellationToken.None);
            Assert.InRange(await Folded() - folded, 0, Folding.AtOnce);
            Assert.InRange(named - await Named(), 0, Retention.AtOnce);
        }

        Assert.Equal(950, await Folded());
        Assert.Equal(950, await engine.AskAsync("SELECT SUM(notifications) FROM incident WHERE number > 1000"));
        Assert.InRange(rounds, 10, 11);

        Task<long> Folded() => engine.AskAsync("SELECT COUNT(*) FROM incident WHERE folded_at IS NOT NULL");
        Task<long> Named() => engine.AskAsync("SELECT COUNT(*) FROM incident_event WHERE said_by = 'paul'");
    }

    private async Task PassAsync(TimeSpan time)
    {
        await _group.OpenAsync();
        await WriteAsync("UPDATE outbox SET done_at = created_at");
        await _group.Engine.PassAsync(time);
        for (var round = 0; round < 30; round++)
        {
            await _group.Engine.PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number)
    {
        await _group.OpenAsync();
        return await _group.Engine.Incidents.StoryAsync(number, CancellationToken.None);
    }

    private Task<long> WriteAsync(string sql) =>
        _group.Engine.Database.WriteAsync(work => Sql.RunAsync(work.Connection, sql, work.Transaction), CancellationToken.None);
}
