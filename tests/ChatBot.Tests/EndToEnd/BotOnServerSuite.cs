using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What the whole bot does on every real server alike.</summary>
public abstract class BotOnServerSuite
{
    private readonly SharedServer _shared;

    protected BotOnServerSuite(SharedServer shared)
    {
        Assert.SkipWhen(shared.Server.Missing is not null, shared.Server.Missing ?? "");
        _shared = shared;
    }

    /// <summary>Why nobody who is not identified may acknowledge there, in <see cref="Language"/>.</summary>
    protected abstract string WhyNoAck { get; }

    /// <summary>What the group speaks there; each language has two of the servers.</summary>
    protected abstract Locale Language { get; }

    private int Port => _shared.Server.Port;

    [Fact]
    public async Task A_mail_is_a_line_a_question_has_an_answer_and_a_right_is_needed()
    {
        using var alice = await RawIrcUser.JoinAloneAsync(Port, "lunar", BotHome.Channel);
        using var home = Home(Port);
        await using var bot = await RunningBot.StartAsync(home);

        home.Deliver(Mails.Problem());
        Assert.EndsWith(
            $"PRIVMSG {BotHome.Channel} :[hal] IMAP WARNING — #1", await alice.HearAsync("[hal]"),
            StringComparison.Ordinal);
        await alice.SayAsync("!status hal");
        await alice.HearAsync(home.In("hal (no-log) : 1 incident — IMAP WARNING depuis", "hal (no-log): 1 incident — IMAP WARNING for"));
        await alice.SendAsync("PRIVMSG globot :status routeur");
        await alice.HearAsync(home.In(" lunar :routeur :", " lunar :routeur:"));
        await alice.SayAsync("!ack 1 je redémarre");
        Assert.Contains(WhyNoAck, await alice.HearAsync(home.In("!ack est réservé aux admins", "!ack is for admins")), StringComparison.Ordinal);
        Assert.Equal(1, home.Ask<long>("SELECT COUNT(*) FROM incident WHERE acknowledged_by IS NULL"));

        Assert.Equal(0, (await bot.StopAsync()).ExitCode);
        Assert.Contains(home.In("ChatBot s'arrête", "ChatBot stops"), await alice.HearAsync(" QUIT "), StringComparison.Ordinal);
        await alice.SendAsync("QUIT");
    }

    [Fact]
    public async Task Whatever_people_ask_an_alert_is_said_in_ten_seconds_and_others_have_their_answer()
    {
        using var alice = await RawIrcUser.JoinAloneAsync(Port, "alice", BotHome.Channel);
        using var bob = await RawIrcUser.JoinAsync(Port, "bob", BotHome.Channel);
        using var home = Home(Port);
        // Where lines show accounts, there is still a certificate to ask for.
        home.CertFp = TestCertificates.ClientFingerprint;
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        (int Count, string Target, double EachSecond)[] crowds =
            [(2, "globot", 2), (3, BotHome.Channel, 3), (30, BotHome.Channel, 6), (30, "globot", 6)];
        foreach (var (crowd, number) in crowds.Select((crowd, number) => (crowd, number)))
        {
            await using var talkers = await Talkers.StartAsync(Port, crowd.Count, crowd.Target, crowd.EachSecond);
            await Task.Delay(TimeSpan.FromSeconds(2), RealClock.Instance);
            var start = RealClock.Instance.GetTimestamp();
            home.Deliver(Mails.Problem($"SVC{number}"));
            await alice.HearAsync($"[hal] SVC{number} WARNING");
            Assert.InRange(RealClock.Instance.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
            // In a channel that thirty people flood, answers go to who asked first: nobody is promised one there.
            if (crowd.Count == 30 && crowd.Target == "globot")
            {
                await AnswersAsync(bob, "PRIVMSG globot :status routeur");
            }
        }
    }

    [Fact]
    public async Task A_line_that_waits_for_more_than_a_minute_is_a_fault_that_the_pages_show()
    {
        using var alice = await RawIrcUser.JoinAloneAsync(Port, "alice", BotHome.Channel);
        using var home = Home(Port);
        await using var bot = await RunningBot.StartAsync(home);
        Assert.Contains("chatbot_outbox_oldest_line_seconds 0\n", await bot.MetricsAsync(), StringComparison.Ordinal);
        await alice.SendAsync($"MODE {BotHome.Channel} +m");
        await alice.HearAsync("+m");
        home.Deliver(Mails.Problem());
        await bot.UntilLogAsync("404");

        home.Change("UPDATE outbox SET created_at = created_at - 120000 WHERE done_at IS NULL");
        await bot.UntilAsync("the pages say so", async () =>
            await bot.HealthAsync() is (503, var text) && text.Contains("outbox: a line has waited for 2 min", StringComparison.Ordinal));
        Assert.Matches("chatbot_outbox_oldest_line_seconds 1[2-9][0-9]", await bot.MetricsAsync());
        await alice.SendAsync($"MODE {BotHome.Channel} -m");
        await bot.UntilAsync("all is well", async () => await bot.HealthAsync() is (200, _));
        await alice.SendAsync("QUIT");
    }

    [Fact]
    public async Task What_a_moderated_channel_does_not_take_waits_until_it_does()
    {
        using var alice = await RawIrcUser.JoinAloneAsync(Port, "alice", BotHome.Channel);
        using var home = Home(Port);
        await using var bot = await RunningBot.StartAsync(home);
        await alice.SendAsync($"MODE {BotHome.Channel} +m");
        await alice.HearAsync("+m");

        home.Deliver(Mails.Problem());
        await bot.UntilLogAsync("404");
        await alice.SendAsync($"MODE {BotHome.Channel} -m");
        await alice.HearAsync("[hal] IMAP WARNING — #1");
        await UntilAllIsSaidAsync(bot, home);
        Assert.Single(await alice.SaidByBotAsync(), line => line.Contains("IMAP WARNING", StringComparison.Ordinal));
        await alice.SendAsync("QUIT");
    }

    [Fact]
    public async Task What_arrives_while_the_server_restarts_is_all_told_once()
    {
        const int Before = 5, Meanwhile = 15;
        using var server = _shared.Make();
        await server.StartAgainAsync();
        using var home = Home(server.Port);
        await using var bot = await RunningBot.StartAsync(home);
        for (var i = 0; i < Before; i++)
        {
            home.Deliver(Mails.Problem($"BEFORE{i:D2}"));
        }

        await UntilAllIsSaidAsync(bot, home);

        server.Kill();
        await bot.UntilAsync("the bot has noticed", async () => (await bot.HealthAsync()).Text.Contains("irc", StringComparison.Ordinal));
        for (var i = 0; i < Meanwhile; i++)
        {
            // One by one: how many are taken together decides whether they are one line or a digest.
            home.Deliver(Mails.Problem($"SVC{i:D2}"));
            await bot.UntilAsync("the mail is taken", () => home.Mails("new") == 0);
        }

        // Whoever listens must be there before it speaks.
        bot.Signal(ChatBotProgram.Stop);
        await server.StartAgainAsync();
        using var alice = await RawIrcUser.JoinAsync(server.Port, "alice", BotHome.Channel);
        bot.Signal(ChatBotProgram.Continue);
        await UntilAllIsSaidAsync(bot, home);

        var said = await alice.SaidByBotAsync();
        var words = string.Join('\n', said);
        for (var i = 0; i < Meanwhile; i++)
        {
            Assert.True(words.Split($"SVC{i:D2} WARNING").Length == 2, $"The bot says SVC{i:D2} not exactly once:\n{words}");
        }

        Assert.DoesNotContain(said, line => line.Contains("BEFORE", StringComparison.Ordinal));
    }

    // As people do: who has no answer asks once more, and sooner where the server says that it did not hand the question on: one of the
    // EFnet kind hands on ten in two seconds, whoever they are from.
    private static async Task AnswersAsync(RawIrcUser asker, string question)
    {
        var kept = new TaskCompletionSource();
        var answer = asker.HearAsync(line =>
        {
            if (line.Contains("throttled due to flooding", StringComparison.Ordinal))
            {
                kept.TrySetResult();
            }

            return line.Contains(" :routeur", StringComparison.Ordinal);
        });
        for (var handedOn = 0; handedOn < 5 && !answer.IsCompleted;)
        {
            kept = new TaskCompletionSource();
            await asker.SendAsync(question);
            await Task.WhenAny(answer, kept.Task, Task.Delay(TimeSpan.FromSeconds(15), RealClock.Instance));
            if (kept.Task.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.3), RealClock.Instance);
            }
            else
            {
                handedOn++;
            }
        }

        Assert.True(answer.IsCompleted, "Whoever asks seldom has an answer to: " + question);
        await answer;
    }

    private BotHome Home(int port)
    {
        var home = new BotHome(port, Language) { IsPaced = true };
        home.Write();
        return home;
    }

    private static Task UntilAllIsSaidAsync(RunningBot bot, BotHome home) => bot.UntilAsync(
        "everything is said", () => home.Mails("new") == 0
            && home.Ask<long>("SELECT (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL) + (SELECT COUNT(*) FROM incident WHERE announced_state IS NULL)") == 0);
}
