using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Tests.OpenPgp;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The bot behind a group's mail server: its mails and those of people go through Postfix, both ways, and by the alias back to the bot itself.</summary>
public sealed partial class MailDoorOnPostfixTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = "postfix, ngircd or gnupg is not installed";

    public static bool AreInstalled => PostfixServer.IsInstalled() && NgircdServer.IsInstalled() && GpgHome.IsInstalled;

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task A_signed_mail_acts_its_answer_arrives_and_the_way_there_and_back_is_tested()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "the master of Postfix must be root");
        using var postfix = await PostfixServer.StartAsync();
        using var irc = await NgircdServer.StartAsync();
        using var home = Home(irc, postfix);
        await using var bot = await RunningBot.StartAsync(home);
        await postfix.SendAsync(Mails.Problem("DOWN"), "nagios@globenet.org", PostfixServer.Alias);
        await bot.UntilAsync("the alert is announced", () => home.Ask<long>("SELECT COUNT(*) FROM incident WHERE announced_at IS NOT NULL") == 1);

        await SendAsync(postfix, "ack 1 je regarde", "log hal postfix relancé");
        var answer = await FindAsync(bot, postfix, "→ ack 1 je regarde");
        Assert.StartsWith("auto-replied\nRe: POP de hal\nLu : 2 ordres, signés par lunar", answer, StringComparison.Ordinal);
        Assert.Contains("[hal] DOWN WARNING pris par lunar", answer, StringComparison.Ordinal);
        Assert.Equal("lunar", home.Ask<string>("SELECT acknowledged_by FROM incident"));
        // By the alias it has its own mail of the thread too, and says nothing to it.
        await FindAsync(bot, postfix, "auto-generated\nRe: ");
        await bot.UntilAsync("all is read", () => BotHome.Mails(postfix.MaildirOf(PostfixServer.Bot), "new") == 0);

        var test = ChatBotProgram.RunAsync([], ["mail", "test", "lunar", "--wait", "60s", "--config", home.ConfigurationFile], new Dictionary<string, string> { ["LANG"] = "fr_FR.UTF-8" });
        var word = Ping().Match(await FindAsync(bot, postfix, "Essai : répondez")).Value;
        await SendAsync(postfix, word);
        var outcome = await test;
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Contains("Les deux sens marchent : le ping de lunar, prouvé par une signature OpenPGP, a été exécuté ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(word[5..], outcome.Output, StringComparison.Ordinal);
        Assert.Contains("vous êtes lunar, admin", await FindAsync(bot, postfix, "→ ping"), StringComparison.Ordinal);
        Assert.Equal(0, home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'mail' AND done_at IS NULL"));
        // The alert, its acknowledgement, two answers and the test: nothing answered anything else.
        Assert.Equal(5, postfix.MailsOf(PostfixServer.Lunar).Count);

        outcome = await ChatBotProgram.RunAsync([], "mail", "test", "lunar", "--wait", "1s", "--config", home.ConfigurationFile);
        Assert.Equal(75, outcome.ExitCode);
        Assert.Equal(1, (await ChatBotProgram.RunAsync([], "mail", "test", "nemo", "--config", home.ConfigurationFile)).ExitCode);
        postfix.Kill();
        Assert.Equal(75, (await ChatBotProgram.RunAsync([], "mail", "test", "lunar", "--config", home.ConfigurationFile)).ExitCode);
    }

    private BotHome Home(NgircdServer irc, PostfixServer postfix)
    {
        var home = new BotHome(irc.Port) { Keys = gpg.Keys, Pgp = gpg.Lunar };
        home.Sources = $"""
            {BotHome.SourceAt(postfix.MaildirOf(PostfixServer.Bot))}

            [mail.smtp]
            host = "127.0.0.1"
            port = {postfix.Port}
            from = "{PostfixServer.Bot}"
            root_alias = "{PostfixServer.Alias}"
            threads = true

            [mail.door]
            """;
        home.Write();
        return home;
    }

    private Task SendAsync(PostfixServer postfix, params string[] lines)
    {
        var now = RealClock.Instance.GetUtcNow();
        var mail = $"From: lunar <{PostfixServer.Lunar}>\nTo: {PostfixServer.Bot}\nSubject: POP de hal\nDate: {now:r}\nMessage-ID: <{now.UtcTicks}@globenet.org>\n"
            + $"Content-Type: text/plain; charset=utf-8\n\n{gpg.Clear(string.Join('\n', [$"pour {PostfixServer.Bot}", .. lines]))}";
        return postfix.SendAsync(Encoding.UTF8.GetBytes(mail), PostfixServer.Lunar, PostfixServer.Bot);
    }

    private static async Task<string> FindAsync(RunningBot bot, PostfixServer postfix, string text)
    {
        string? found = null;
        await bot.UntilAsync(
            $"lunar has “{text}”", () => (found = postfix.MailsOf(PostfixServer.Lunar).Find(mail => mail.Contains(text, StringComparison.Ordinal))) is not null);
        return found!;
    }

    [GeneratedRegex("ping [0-9a-f]{12}")]
    private static partial Regex Ping();
}
