using ChatBot.Core.Commands;
using ChatBot.Core.People;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>What is read of changelogs, what is written, taken back, and to be done.</summary>
public sealed class ChangelogCommandTests : IAsyncDisposable
{
    private static readonly Caller Mag = new("mag", "mag", new Person { Name = "mag", Roles = [Person.AdminRole], Accounts = ["mag"] });

    private readonly SampleGroup _group = new();

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    [Theory]
    [InlineData("log hal ? spool", "quota du spool")]
    [InlineData("log hal ?spool", "quota du spool")]
    [InlineData("log hal ? QUOTA double", "quota du spool")]
    [InlineData("log ? spool", "quota du spool")]
    [InlineData("log tous ? spool de lunar", "quota du spool")]
    [InlineData("log no-log ? spool", "quota du spool")]
    [InlineData("log hal,sud ? spool", "quota du spool")]
    [InlineData("log hal ? dupont", "confidentiel : boîte de Dupont vidée|confidentiel : relais pour Dupont")]
    [InlineData("log de alster", "[hal] alster, aujourd'hui : confidentiel : relais pour Dupont")]
    [InlineData("log par Alster", "alster")]
    [InlineData("log by lunar ? certificat", "certificat de Dupont")]
    [InlineData("log hal depuis 13h", "rien n'est écrit|quota du spool")]
    [InlineData("log all since yesterday ? boîte", "boîte de Dupont")]
    [InlineData("log tous depuis 2h ? boîte", "aucune ligne de ce genre")]
    [InlineData("log hal de alster", "rien n'est écrit|relais pour Dupont")]
    [InlineData("log sql", "[sql] changelog vide")]
    [InlineData("log hal ? nulle-part", "[hal] aucune ligne de ce genre au changelog")]
    [InlineData("log de", "certificat")]
    [InlineData("log hla ? spool", "peut-être hal")]
    [InlineData("log hal svp", "rien n'est écrit|quota du spool")]
    [InlineData("log hal merci", "rien n'est écrit|quota du spool")]
    [InlineData("log hal spool ?", "rien n'est écrit ; pour l'écrire : log hal : …|quota du spool")]
    [InlineData("log hal spool?", "rien n'est écrit|quota du spool")]
    [InlineData("log hal nulle-part ?", "rien n'est écrit|[hal] aucune ligne de ce genre au changelog")]
    [InlineData("log hal faut-il redémarrer ?", "rien n'est écrit|[hal] aucune ligne de ce genre au changelog")]
    [InlineData("log hal « spool » ?", "rien n'est écrit|quota du spool")]
    [InlineData("log hal de lunar ?", "rien n'est écrit|quota du spool")]
    [InlineData("log hal depuis 13h ?", "rien n'est écrit|quota du spool")]
    [InlineData("log hal ?", "quota du spool")]
    [InlineData("log hal?", "quota du spool")]
    [InlineData("log hal,sud spool ?", "rien n'est écrit|quota du spool")]
    [InlineData("log all since nonsense", "je n'ai pas compris depuis quand ; par exemple : log tous depuis lundi, log tous depuis 2h")]
    [InlineData("log tous depuis n'importe quoi", "je n'ai pas compris depuis quand")]
    [InlineData("log tous depuis", "je n'ai pas compris depuis quand")]
    [InlineData("log tous depuis 2027-01-01", "je n'ai pas compris depuis quand")]
    [InlineData("log no-log depuis zut ? spool", "je n'ai pas compris depuis quand")]
    [InlineData("log hal ? spool depuis zut", "je n'ai pas compris depuis quand ; par exemple : log hal depuis lundi")]
    [InlineData("log hal,sud depuis zut", "je n'ai pas compris depuis quand")]
    [InlineData("log hal depuis zut ?", "je n'ai pas compris depuis quand")]
    public async Task A_question_reads_and_writes_nothing(string text, string answers)
    {
        var before = await _group.EntriesAsync();
        var lines = await _group.InPrivate(text);
        Assert.All(answers.Split('|').Zip(lines), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.True(lines.Length >= answers.Split('|').Length);
        Assert.Equal(before, await _group.EntriesAsync());
    }

    [Theory]
    [InlineData("log hal redémarré", "redémarré")]
    [InlineData("log hal : spool", "spool")]
    [InlineData("log hal: spool", null)]
    [InlineData("log hal le spool est vidé", "le spool est vidé")]
    [InlineData("log hal spool vidé", "spool vidé")]
    [InlineData("log hal de la place pour tous", "de la place pour tous")]
    [InlineData("log hal depuis lundi, le spool est plein", "depuis lundi, le spool est plein")]
    [InlineData("log hal : depuis lundi", "depuis lundi")]
    [InlineData("log hal de zou", "de zou")]
    [InlineData("log hal : faut-il redémarrer ?", "faut-il redémarrer ?")]
    [InlineData("log hal: spool ?", "spool ?")]
    [InlineData("log hal pourquoi ça tombait ? la carte", "pourquoi ça tombait ? la carte")]
    [InlineData("log hal - [ ] vider", "- [ ] vider")]
    public async Task What_is_no_question_is_written_as_it_was_typed(string text, string? written)
    {
        var before = await _group.EntriesAsync();
        await _group.InPrivate(text);
        Assert.Equal(before + 1, await _group.EntriesAsync());
        Assert.Equal(1, await _group.Engine.AskAsync($"SELECT COUNT(*) FROM changelog_entry WHERE id = (SELECT MAX(id) FROM changelog_entry) AND said = '{written ?? "spool"}'"));
    }

    [Fact]
    public async Task One_word_is_a_question_where_entries_have_it_and_says_how_to_write_it()
    {
        var before = await _group.EntriesAsync();
        Assert.Equal(
            ["j'ai pris cela pour une question et rien n'est écrit ; pour l'écrire : !journal hal : …", "[hal] lunar, il y a 1 heure : quota du spool doublé"],
            await _group.InChannel("!journal hal spool"));
        Assert.Equal(before, await _group.EntriesAsync());

        Assert.Equal(
            ["noté, en route vers hal (écrit, pas cherché ; pour chercher : !journal hal ? … · pour annuler : !annule)"],
            await _group.InChannel("!journal hal redémarré"));
        Assert.Equal(["noté, en route vers hal"], await _group.InChannel("!journal hal : rechargé"));
        before += 2;

        // What people of this machine write as one word stays what it is.
        await _group.InChannel("!log hal reboot");
        await _group.InChannel("!log hal reboot après le noyau");
        await _group.InChannel("!log hal reboot");
        Assert.Equal(before + 3, await _group.EntriesAsync());
    }

    [Fact]
    public async Task The_open_channel_hears_nothing_of_what_is_for_the_root_group_not_even_that_it_is_there()
    {
        Assert.Equal(await _group.InChannel("!log hal ? rienquiyfigure"), await _group.InChannel("!log hal ? dupont"));
        Assert.Equal(await _group.InChannel("!log de personne"), await _group.InChannel("!log de alster"));
        var before = await _group.EntriesAsync();
        Assert.DoesNotContain("question", string.Concat(await _group.InChannel("!log hal dupont")), StringComparison.Ordinal);
        Assert.Equal(before + 1, await _group.EntriesAsync());
        Assert.Contains("spool", string.Concat(await _group.InChannel("!log hal spool", SampleGroup.Stranger)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_is_counted()
    {
        for (var i = 0; i < 12; i++)
        {
            await _group.InChannel($"!log filer essai numéro {i}");
            _group.Engine.Jump(TimeSpan.FromMinutes(1));
        }

        var inChannel = await _group.InChannel("!log filer");
        Assert.Equal(3, inChannel.Length);
        Assert.EndsWith("essai numéro 9 · et 9 de plus", inChannel[2], StringComparison.Ordinal);
        Assert.EndsWith("essai numéro 2 · et 2 de plus", (await _group.InPrivate("log filer"))[^1], StringComparison.Ordinal);
        Assert.Equal(12, (await _group.InPrivate("log filer ? essai")).Length + 2);
    }

    [Fact]
    public async Task Todo_has_what_is_overdue_first_and_counts_the_rest()
    {
        await _group.InChannel("!log hal - [ ] changer le disque");
        await _group.Engine.TakeAsync(Metche.Written("sql", _group.Engine.Time.GetUtcNow(), "> 2026-11-02 - mag\n> - [ ] purger avant le 20/11\n> - [ ] migrer by 21 Nov\n> - [ ] relire pour vendredi"));
        Assert.Equal(
            [
                "[sql] relire pour vendredi — noté le 02/11, en retard de 16 jours",
                "[sql] purger avant le 20/11 — noté le 02/11, en retard de 2 jours",
                "[sql] migrer by 21 Nov — noté le 02/11, en retard de 1 jour",
                "[coordsud] doubler le DNS avant demain — noté aujourd'hui",
                "[hal] changer le disque — noté aujourd'hui",
            ],
            await _group.InPrivate("todo"));
        Assert.Equal(["[coordsud] doubler le DNS avant demain — noté aujourd'hui", "[hal] changer le disque — noté aujourd'hui"], await _group.InChannel("!todo"));
        Assert.Equal(["rien à faire que tout le monde puisse lire ; le groupe root lit le reste sur son canal"], await _group.InChannel("!todo sql"));
        Assert.Equal(["rien à faire dans les changelogs"], await _group.InPrivate("todo filer"));
        for (var i = 0; i < 12; i++)
        {
            await _group.InChannel($"!log filer - [ ] chose {i}");
        }

        Assert.EndsWith(" · et 11 de plus", (await _group.InChannel("!afaire"))[2], StringComparison.Ordinal);
        await _group.InChannel("!log hal - [x] changer le disque");
        Assert.Equal(["rien à faire dans les changelogs"], await _group.InPrivate("todo hal"));
    }

    [Fact]
    public async Task Todo_says_of_which_year_a_date_is_where_it_is_not_this_one()
    {
        await _group.InPrivate("todo");
        var longest = string.Concat(Enumerable.Repeat("a ", 200));
        await _group.Engine.TakeAsync(Metche.Written(
            "sud", _group.Engine.Time.GetUtcNow(),
            $"> 2025-11-02 - mag\n> - [ ] renouveler avant le 20/11\n> - [ ] relever avant le 20/10\n> - [ ] payer avant le 3/1/2025\n> - [ ] {longest}avant le 3/1"));
        await _group.InChannel("!log filer - [ ] bilan avant le 3/1");
        var points = await _group.InPrivate("todo");
        Assert.Equal("[sud] payer avant le 3/1/2025 — noté le 02/11/2025, en retard de 688 jours", points[0]);
        Assert.Equal("[sud] renouveler avant le 20/11 — noté le 02/11/2025, pour le 20/11/2025, en retard de 367 jours", points[1]);
        Assert.StartsWith("[sud] a a a", points[2], StringComparison.Ordinal);
        Assert.EndsWith(" — noté le 02/11/2025, en retard de 323 jours", points[2], StringComparison.Ordinal);
        Assert.Equal("[sud] relever avant le 20/10 — noté le 02/11/2025, en retard de 33 jours", points[3]);
        Assert.Equal(["[filer] bilan avant le 3/1 — noté aujourd'hui, pour le 03/01/2027"], await _group.InPrivate("todo filer"));
    }

    [Fact]
    public async Task Undo_takes_back_the_last_line_by_another_one()
    {
        await _group.InChannel("!log filer - [ ] changer le disque");
        _group.Engine.Jump(TimeSpan.FromMinutes(5));
        Assert.Equal(
            ["[filer] annulé [chatbot 6] : - [ ] changer le disque (ajouté au changelog de la machine, et relu : lignes 3–4)"], await _group.InChannel("!undo"));
        var number = await _group.Engine.AskAsync("SELECT MAX(strikes) FROM changelog_entry");
        var path = _group.Engine.Settings.Value.Settings.Inventory.Find("filer")!.Changelog!["file:".Length..];
        Assert.Equal(
            ["  - [ ] changer le disque", $"  annulé [chatbot {number}] : - [-] changer le disque"],
            (await File.ReadAllLinesAsync(path)).Where(line => line.StartsWith(' ')).Select(line => line[..line.LastIndexOf(" [chatbot", StringComparison.Ordinal)]));
        Assert.Equal(["rien à faire dans les changelogs"], await _group.InPrivate("todo filer"));
        Assert.Equal(["[filer] c'est déjà annulé"], await _group.InChannel("!annule"));
        Assert.Equal(["[filer] c'est déjà annulé"], await _group.InChannel("!undo filer"));
    }

    [Fact]
    public async Task What_comes_back_with_metche_of_an_entry_that_was_taken_back_opens_nothing()
    {
        await _group.InChannel("!log filer - [ ] changer le disque");
        await _group.InChannel("!undo");
        var path = _group.Engine.Settings.Value.Settings.Inventory.Find("filer")!.Changelog!["file:".Length..];
        var before = await _group.EntriesAsync();
        await _group.Engine.TakeAsync(Metche.Written("filer", _group.Engine.Time.GetUtcNow(), string.Join('\n', (await File.ReadAllLinesAsync(path)).Select(line => "> " + line))));
        Assert.Equal(before, await _group.EntriesAsync());
        Assert.Equal(["rien à faire dans les changelogs"], await _group.InPrivate("todo filer"));
    }

    [Fact]
    public async Task Undo_of_a_tick_opens_the_box_again()
    {
        await _group.InChannel("!log coordsud - [x] doubler le DNS");
        Assert.Equal(["rien à faire dans les changelogs"], await _group.InPrivate("todo coordsud"));
        Assert.StartsWith("[coordsud] annulé [chatbot 6] : - [x] doubler le DNS (dans mon journal)", Assert.Single(await _group.InChannel("!undo coordsud")), StringComparison.Ordinal);
        Assert.Single(await _group.InPrivate("todo coordsud"), line => line.StartsWith("[coordsud] doubler", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_of_what_is_too_old_of_another_or_of_nothing_says_so()
    {
        Assert.Equal(["rien à annuler : vous n'avez rien écrit dans les 5 dernières minutes"], await _group.InChannel("!undo hal", Mag));
        await _group.InChannel("!log filer relais changé");
        Assert.Equal(["la dernière ligne est de lunar ; chacun annule les siennes"], await _group.InChannel("!undo", Mag));
        await _group.InPrivate("log filer confidentiel : relais de Dupont");
        Assert.Equal(["rien à annuler : vous n'avez rien écrit dans les 5 dernières minutes"], await _group.InChannel("!undo", Mag));
        Assert.Equal(["la dernière ligne est de lunar ; chacun annule les siennes"], await _group.InPrivate("undo", Mag));
        Assert.Equal(["[filer] annulé [chatbot 7] (ajouté au changelog de la machine, et relu : lignes 5–6)"], await _group.InChannel("!undo"));
        await _group.InChannel("!log filer relais changé");
        _group.Engine.Jump(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Equal(
            ["[filer] votre dernière ligne a plus de 5 minutes ; écrivez-en une autre qui la corrige : !log filer …"], await _group.InChannel("!undo"));
        Assert.Contains("réservé aux admins", Assert.Single(await _group.InChannel("!undo", SampleGroup.Stranger)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_follows_its_entry_to_a_machine_behind_ssh()
    {
        await _group.InChannel("!log hal relais changé");
        Assert.Equal(["[hal] annulé [chatbot 6] : relais changé (la ligne qui le dit est en route vers la machine)"], await _group.InChannel("!undo"));
        Assert.Equal(2, await _group.Engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'changelog' AND target = 'hal' AND done_at IS NULL"));
    }

    [Theory]
    [InlineData("doubler avant le 20/11", "2026-11-20"), InlineData("avant le 20/10", "2027-10-20"), InlineData("by 20 Nov", "2026-11-20"), InlineData("before 2026-12-01, please", "2026-12-01")]
    [InlineData("d'ici vendredi", "2026-11-06"), InlineData("d'ici au 1er décembre", "2026-12-01"), InlineData("pour lundi", "2026-11-09"), InlineData("until tomorrow", "2026-11-03")]
    [InlineData("le 20/11", null), InlineData("pour zou", null), InlineData("avant", null), InlineData("avant le 31/02", null), InlineData("", null)]
    public void A_due_date_is_read_as_people_write_it(string text, string? due) =>
        Assert.Equal(due is null ? null : DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), TypedDue.Read(text, new DateOnly(2026, 11, 2)));
}
