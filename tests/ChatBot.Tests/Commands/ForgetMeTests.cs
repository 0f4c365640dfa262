using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Who asks to be forgotten is, by the program's own commands and by the bytes on the disk; and only who is proved.</summary>
public sealed class ForgetMeTests : IAsyncDisposable
{
    private const string Visits =
        "oublié : je ne sais plus si je vous ai souhaité la bienvenue, ni quand vous étiez là ; sous une autre adresse ou un autre compte, je ne vous reconnais pas";

    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Fact]
    public async Task The_answer_says_what_is_erased_what_goes_on_and_what_cannot_be_reached()
    {
        var said = await _group.InChannel("!oubliemoi");

        Assert.Equal(3, said.Length);
        Assert.Equal(Visits, said[0]);
        Assert.Matches(
            "^votre nom est effacé de ce qui est terminé \\(10 endroits\\) : il y est écrit « quelqu'un » ; ce qui est en cours le garde jusqu'à sa fin "
            + "\\([0-9]+ endroits\\) et le perd dans l'heure qui suit, sans que vous ayez à redemander$",
            said[1]);
        Assert.Equal(
            "hors de ma portée : ce qui s'est dit sur IRC, les fichiers changelog des machines, les commentaires et le journal de la supervision, les mails, "
            + "les sauvegardes, et la configuration, people.toml",
            said[2]);
        await using var english = new SampleGroup(Locale.English);
        Assert.StartsWith("your name is erased from what has ended (10 places): “somebody” stands there now; ", (await english.InPrivate("forget-me"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_ended_names_somebody_and_what_goes_on_still_names_the_person()
    {
        Assert.Contains(await _group.InPrivate("incident 40"), line => line.Contains("pris par lunar", StringComparison.Ordinal));
        await _group.InPrivate("forget-me");

        Assert.Contains(await _group.InPrivate("incident 40"), line => line.Contains("pris par quelqu'un", StringComparison.Ordinal));
        Assert.Contains(await _group.InPrivate("journal hal"), line => line.Contains("quelqu'un, il y a 1 heure : quota du spool doublé", StringComparison.Ordinal));
        Assert.Contains(await _group.InPrivate("since 5h"), line => line.Contains("pris : 3", StringComparison.Ordinal));
        Assert.Contains(await _group.InPrivate("incidents"), line => line.Contains("pris par lunar « je redémarre »", StringComparison.Ordinal));
        Assert.Contains(await _group.InPrivate("mutes"), line => line.Contains("lunar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_all_has_ended_no_byte_on_the_disk_names_the_person()
    {
        await _group.OpenAsync();
        var engine = _group.Engine;
        await LogAsync("marie", "sql", "avec LUNAR : index refait");
        await _group.InPrivate("forget-me");
        Assert.Contains("lunar", engine.Stored(), StringComparison.Ordinal);

        await EndEverythingAsync();
        await engine.PassAsync(TimeSpan.FromMinutes(31));

        Assert.DoesNotContain("lunar", engine.Stored(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await engine.AskAsync("SELECT COUNT(*) FROM forgetting"));
        Assert.Contains(await _group.InPrivate("journal sql"), line => line.EndsWith("marie, il y a 2 heures : avec quelqu'un : index refait", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kill_forgets_no_wish()
    {
        await _group.InPrivate("forget-me");
        await _group.Engine.KillAsync();
        await EndEverythingAsync();
        await _group.Engine.PassAsync(TimeSpan.FromMinutes(31));

        Assert.DoesNotContain("lunar", _group.Engine.Stored(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_person_does_later_is_not_meant()
    {
        await _group.InPrivate("forget-me");
        await _group.Engine.PassAsync(TimeSpan.FromMinutes(1));
        await LogAsync("lunar", "sql", "index refait");
        await _group.Engine.PassAsync(TimeSpan.FromMinutes(40));

        Assert.Contains(await _group.InPrivate("journal sql"), line => line.Contains("lunar, il y a 40 minutes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_has_the_nick_erases_no_name_and_learns_nothing()
    {
        await _group.OpenAsync();
        var before = await _group.Engine.AskAsync(Named);
        Assert.True(before > 0);

        // lunar was greeted and marie was not: a stranger reads the same of both, and of nobody.
        foreach (var nick in (string[])["lunar", "marie", "visiteur"])
        {
            Assert.Equal([Visits], await _group.InPrivate("oubliemoi", new Caller(nick, null, null)));
            Assert.Equal([Visits], await _group.InChannel("!oubliemoi", new Caller(nick, "somebody-else", null)));
        }

        Assert.Equal(before, await _group.Engine.AskAsync(Named));
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM forgetting"));
    }

    [Fact]
    public async Task Other_people_stay_named()
    {
        await _group.OpenAsync();
        await LogAsync("marie", "sql", "index refait");
        await _group.InPrivate("forget-me");

        Assert.Contains(await _group.InPrivate("journal sql"), line => line.Contains("marie, à l'instant : index refait", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_delivered_names_nobody_and_what_waits_is_delivered_as_it_was()
    {
        await _group.OpenAsync();
        var engine = _group.Engine;
        await engine.Database.WriteAsync(
            work => Sql.RunAsync(work.Connection, "UPDATE outbox SET done_at = created_at WHERE id % 2 = 0", work.Transaction), CancellationToken.None);
        var waiting = await engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%lunar%' AND done_at IS NULL");
        Assert.True(waiting > 0 && await engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%lunar%' AND done_at IS NOT NULL") > 0);
        await _group.InPrivate("forget-me");

        Assert.Equal(0, await engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%lunar%' AND done_at IS NOT NULL"));
        Assert.Equal(waiting, await engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%lunar%'"));
    }

    [Fact]
    public async Task More_rows_than_one_transaction_takes_are_all_reached()
    {
        await _group.OpenAsync();
        await _group.Engine.Database.WriteAsync(
            work => Sql.RunAsync(
                work.Connection,
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1700)
                INSERT INTO changelog_entry (machine, at, said_by, said, audience) SELECT 'sql', i, 'lunar', 'avec lunar', 'root' FROM n
                """,
                work.Transaction),
            CancellationToken.None);

        Assert.Contains($"({10 + 1700 + 1700} endroits)", (await _group.InPrivate("forget-me"))[1], StringComparison.Ordinal);
        Assert.Equal(0, await _group.Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry WHERE said_by = 'lunar' OR said LIKE '%lunar%'"));
    }

    private const string Named =
        """
        SELECT (SELECT COUNT(*) FROM incident_event WHERE said_by = 'lunar') + (SELECT COUNT(*) FROM changelog_entry WHERE said_by = 'lunar')
            + (SELECT COUNT(*) FROM mute WHERE muted_by = 'lunar') + (SELECT COUNT(*) FROM intervention WHERE planned_by = 'lunar')
        """;

    private Task<Appending> LogAsync(string who, string machine, string text) => _group.Engine.Changelog.AppendAsync(
        new ChangelogEntry(
            Name.OfMachine(machine), _group.Engine.Time.GetUtcNow(), PublicText.Declared(who), new Remark(new RootText(text), Audience.Public)),
        Engine.PublicChannel,
        CancellationToken.None);

    // Every incident recovers, mutes and planned work are over, and every line is delivered.
    private async Task EndEverythingAsync()
    {
        var engine = _group.Engine;
        foreach (var recovery in (string[])
            [
                Nagios.Recovery("vieux", "CPU"), Nagios.Recovery("sud", "HTTP"), Nagios.Recovery("hal", "POP3"), Nagios.Recovery("sud", "SSH"),
                NagiosHost.Recovery("filer"),
            ])
        {
            await SampleStore.TakeAsync(engine, recovery);
        }

        await engine.PassAsync(TimeSpan.FromHours(2));
        await engine.Database.WriteAsync(
            async work =>
            {
                var now = engine.Time.GetUtcNow().ToUnixTimeMilliseconds();
                await Sql.RunAsync(work.Connection, $"UPDATE intervention SET over_at = {now} WHERE over_at IS NULL", work.Transaction);
                await Sql.RunAsync(work.Connection, $"UPDATE outbox SET done_at = {now} WHERE done_at IS NULL", work.Transaction);
            },
            CancellationToken.None);
    }
}
