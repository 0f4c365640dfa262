using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>A change of which nobody wrote a line is asked about once, in the root channel alone.</summary>
public class ChangeQuestionTests
{
    private const string Hal = "hal.globenet.org";

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Who_did_it_is_asked_after_two_hours_and_once(Locale locale)
    {
        await using var engine = await ChangedAsync(locale: locale);
        await engine.LiveAsync(TimeSpan.FromMinutes(119));
        Assert.Empty(await AskedAsync(engine));
        await engine.LiveAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [
                engine.In(
                    "[hal] qui a modifié /etc/postfix/main.cf à 20:00 ? Aucune ligne au changelog depuis — !journal hal …",
                    "[hal] who changed /etc/postfix/main.cf at 20:00? No changelog line since — !log hal …"),
            ],
            await AskedAsync(engine));
        await engine.LiveAsync(TimeSpan.FromHours(5));
        Assert.Single(await AskedAsync(engine));
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains(engine.In("qui a modifié", "No changelog line since"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_neither_forgets_it_nor_asks_again()
    {
        await using var engine = await ChangedAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        Assert.Single(await AskedAsync(engine));
        await engine.KillAsync();
        await engine.LiveAsync(TimeSpan.FromHours(3));
        Assert.Single(await AskedAsync(engine));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Several_changes_are_one_question(Locale locale)
    {
        await using var engine = await ChangedAsync(locale: locale);
        await engine.LiveAsync(TimeSpan.FromMinutes(30));
        await engine.TakeAsync(Metche.Changed(Hal, engine.Time.GetUtcNow(), ["etc/aliases", "etc/postfix/main.cf"], ["exim4"]));
        await engine.LiveAsync(TimeSpan.FromHours(4));
        Assert.Equal(
            [engine.In(
                "[hal] qui a modifié /etc/postfix/main.cf, /etc/aliases et le paquet exim4 depuis 20:00 ? Aucune ligne au changelog depuis — !journal hal …",
                "[hal] who has changed /etc/postfix/main.cf, /etc/aliases and the package exim4 since 20:00? No changelog line since — !log hal …")],
            await AskedAsync(engine));
    }

    [Theory]
    [InlineData(-100), InlineData(90)]
    public async Task A_line_settles_it_be_it_written_before_metche_noticed(int minutes)
    {
        await using var engine = await Engine.StartAsync();
        engine.Time.Advance(TimeSpan.FromHours(4));
        var changedAt = engine.Time.GetUtcNow();
        if (minutes < 0)
        {
            await LogAsync(engine, "hal", changedAt.AddMinutes(minutes));
        }

        await engine.TakeAsync(Metche.Changed(Hal, changedAt, ["etc/postfix/main.cf"]));
        await engine.LiveAsync(TimeSpan.FromMinutes(100));
        if (minutes > 0)
        {
            await LogAsync(engine, "hal", changedAt.AddMinutes(minutes));
        }

        await engine.LiveAsync(TimeSpan.FromHours(3));
        Assert.Empty(await AskedAsync(engine));
    }

    [Fact]
    public async Task A_line_about_another_machine_settles_nothing()
    {
        await using var engine = await ChangedAsync();
        await LogAsync(engine, "sud", engine.Time.GetUtcNow());
        await engine.LiveAsync(TimeSpan.FromHours(3));
        Assert.Single(await AskedAsync(engine));
    }

    [Fact]
    public async Task A_line_in_the_next_mail_of_the_machine_settles_it()
    {
        await using var engine = await ChangedAsync();
        await engine.LiveAsync(TimeSpan.FromHours(1));
        await engine.TakeAsync(Metche.Changed(Hal, engine.Time.GetUtcNow(), ["root/changelog"], changelog: "relais changé"));
        await engine.LiveAsync(TimeSpan.FromHours(4));
        Assert.Empty(await AskedAsync(engine));
    }

    [Fact]
    public async Task Nothing_is_asked_about_reports_that_nothing_moved_nor_where_the_mail_brought_a_line()
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(
            Metche.Stable("sud.globenet.org", engine.Time.GetUtcNow()),
            Metche.Changed(Hal, engine.Time.GetUtcNow(), ["etc/a"], changelog: "fait"));
        await engine.LiveAsync(TimeSpan.FromHours(3));
        Assert.Empty(await AskedAsync(engine));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Nor_about_packages_that_were_upgraded_by_themselves_whichever_mail_comes_first(bool upgradeFirst)
    {
        await using var engine = await Engine.StartAsync();
        var (upgrade, change) = (
            Metche.Upgraded(Hal, engine.Time.GetUtcNow(), "openssl", "postfix"), Metche.Changed(Hal, engine.Time.GetUtcNow(), packages: ["openssl", "postfix"]));
        await engine.TakeAsync(upgradeFirst ? upgrade : change);
        await engine.LiveAsync(TimeSpan.FromMinutes(70));
        await engine.TakeAsync(upgradeFirst ? change : upgrade);
        await engine.LiveAsync(TimeSpan.FromHours(4));
        Assert.Empty(await AskedAsync(engine));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task What_was_not_among_them_is_asked_about(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(
            Metche.Upgraded(Hal, engine.Time.GetUtcNow(), "openssl"), Metche.Changed(Hal, engine.Time.GetUtcNow(), packages: ["openssl", "exim4"]));
        await engine.LiveAsync(TimeSpan.FromHours(3));
        Assert.Equal([engine.In(
            "[hal] qui a modifié le paquet exim4 à 20:00 ? Aucune ligne au changelog depuis — !journal hal …",
            "[hal] who changed the package exim4 at 20:00? No changelog line since — !log hal …")], await AskedAsync(engine));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_silence_the_question()
    {
        await using var engine = await ChangedAsync();
        engine.Jump(TimeSpan.FromDays(-2));
        await engine.LiveAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await AskedAsync(engine));
    }

    private static async Task<Engine> ChangedAsync(Locale locale = Locale.French)
    {
        var engine = await Engine.StartAsync(locale: locale);
        await engine.TakeAsync(Metche.Changed(Hal, engine.Time.GetUtcNow(), ["etc/postfix/main.cf"]));
        return engine;
    }

    private static async Task LogAsync(Engine engine, string machine, DateTimeOffset at)
    {
        var desk = engine.Changelog;
        var entry = new ChangelogEntry(Name.OfMachine(machine), at, PublicText.Declared("lunar"), new Remark(new RootText("relais"), Audience.Root));
        await desk.AppendAsync(entry, Engine.RootChannel, CancellationToken.None);
    }

    private static async Task<List<string>> AskedAsync(Engine engine) =>
        (await engine.RootAsync()).FindAll(line => line.Contains(engine.In("qui a modifié", "No changelog line since"), StringComparison.Ordinal));
}
