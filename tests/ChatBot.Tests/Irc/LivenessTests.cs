using ChatBot.Core.Irc;
using ChatBot.Irc;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class LivenessTests
{
    [Fact]
    public void A_ping_is_answered_while_everything_else_waits()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 50; i++)
        {
            script.Play($"say {i} #globenet x");
        }

        script.Forget();
        script.RunToEnd("""
            < PING :irc.example.org some token
            > PONG :irc.example.org some token
            """);
    }

    [Fact]
    public void A_flood_of_pings_is_not_answered_line_by_line()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 5000; i++)
        {
            script.Play($"< PING :{i}");
        }

        script.Advance(1);

        Assert.InRange(script.Written.Count, 1, 30);
        Assert.Equal("PONG :4999", script.Written[^1].Line);
    }

    [Fact]
    public void A_half_open_connection_is_found_within_ninety_seconds()
    {
        var script = Script.InChannel();
        script.Advance(90);

        Assert.True(script.Session.ShouldClose);
        Assert.Equal("PING alive", Assert.Single(script.Written).Line);
    }

    [Fact]
    public void A_quiet_but_living_server_is_kept()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 20; i++)
        {
            script.Play("~ 45", "< :irc PONG irc :alive");
        }

        Assert.False(script.Session.ShouldClose);
    }

    [Fact]
    public void A_server_that_speaks_but_never_answers_what_we_say_is_left()
    {
        var script = Script.InChannel();
        script.Play("say 1 #globenet hello");
        for (var i = 0; i < 9; i++)
        {
            script.Play("~ 10", "< :x!y@z PRIVMSG #globenet :la la");
        }

        Assert.True(script.Session.ShouldClose);
    }

    [Theory]
    // ircd-hybrid and solanum
    [InlineData("Closing Link: bot.example.org (Excess Flood)", CloseCause.Flooded)]
    [InlineData("Closing Link: bot.example.org (Max SendQ exceeded)", CloseCause.Lost)]
    [InlineData("Trying to reconnect too fast.", CloseCause.Throttled)]
    [InlineData("Your host is trying to (re)connect too fast -- throttled", CloseCause.Throttled)]
    [InlineData("All connections in use", CloseCause.Throttled)]
    [InlineData("Closing Link: bot.example.org (No more connections allowed in your connection class)", CloseCause.Throttled)]
    [InlineData("Closing Link: bot.example.org (Too many host connections (local))", CloseCause.Throttled)]
    [InlineData("Closing Link: bot.example.org (K-Lined)", CloseCause.Banned)]
    [InlineData("You have been D-lined.", CloseCause.Banned)]
    [InlineData("Closing Link: bot.example.org (*** Banned: too fast for us)", CloseCause.Banned)]
    [InlineData("Closing Link: bot.example.org (Killed (oper (you write too fast, banned next time)))", CloseCause.Killed)]
    [InlineData("Closing Link: bot.example.org (Nick collision)", CloseCause.Killed)]
    [InlineData("Closing Link: bot.example.org (Connection timed out)", CloseCause.Lost)]
    // InspIRCd
    [InlineData("Closing link: (bot@h) [RecvQ exceeded]", CloseCause.Flooded)]
    [InlineData("Closing link: (bot@h) [No more connections allowed from your host via this connect class (local)]", CloseCause.Throttled)]
    [InlineData("Closing link: (bot@h) [G-lined: Your IP range has been attempting to connect too many times]", CloseCause.Banned)]
    [InlineData("Closing link: (bot@h) [Killed (NickServ (GHOST command used by bot))]", CloseCause.Killed)]
    [InlineData("Closing link: (bot@h) [Ping timeout: 120 seconds]", CloseCause.Lost)]
    [InlineData("Closing link: (bot@h) [Registration timeout]", CloseCause.Lost)]
    // UnrealIRCd
    [InlineData("Closing Link: [192.0.2.1] (Throttled: Reconnecting too fast) - Email admin@example.org", CloseCause.Throttled)]
    [InlineData("Closing Link: bot[192.0.2.1] (User is banned (bye))", CloseCause.Banned)]
    // Ergo
    [InlineData("You have attempted to connect too many times within a short duration. Wait a while", CloseCause.Throttled)]
    [InlineData("Too many clients from your network", CloseCause.Throttled)]
    [InlineData("You are banned from this server (bye)", CloseCause.Banned)]
    // ngircd
    [InlineData("Request too long", CloseCause.Lost)]
    [InlineData("Connection limit exceeded!", CloseCause.Throttled)]
    [InlineData("", CloseCause.Lost)]
    public void The_last_word_of_a_server_says_how_long_to_wait(string error, CloseCause cause)
    {
        var script = Script.InChannel();
        script.Play("< ERROR :" + error);

        Assert.True(script.Session.ShouldClose);
        Assert.Equal(cause, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Theory]
    [InlineData("ERROR :Access denied: Bad password?")]
    [InlineData("ERROR :Closing Link: bot.example.org (Not authorised to use this server)")]
    [InlineData("ERROR :Closing link: (bot@h) [You are not authorised to connect to this server]")]
    [InlineData("ERROR :Closing Link: bot.example.org (Bad Password)")]
    public void A_server_that_knows_us_not_is_not_asked_every_second(string error)
    {
        var script = new Script();
        script.Play("connect", "< " + error);
        Assert.Equal(CloseCause.NotIdentified, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void The_words_of_an_operator_are_no_refusal_once_we_are_in()
    {
        var script = Script.InChannel();
        script.Play("< ERROR :Closing Link: h (password changed, access denied)");
        Assert.Equal(CloseCause.Lost, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Theory]
    [InlineData("465 globot :You are banned from this server", CloseCause.Banned)]
    [InlineData("463 globot :Your host isn't among the privileged", CloseCause.Banned)]
    [InlineData("464 globot :Password incorrect", CloseCause.NotIdentified)]
    public void A_numeric_says_why_even_where_nothing_follows(string numeric, CloseCause cause)
    {
        var script = new Script();
        script.Play("connect", "< :irc " + numeric);
        Assert.Equal(cause, script.Session.Disconnected("x", script.Now).Cause);

        script.Play("connect", "< :irc " + numeric, "< ERROR :Closing Link");
        Assert.Equal(cause, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void A_kill_ends_the_connection_and_one_of_somebody_else_does_not()
    {
        var script = Script.InChannel();
        script.Play("< :oper!o@h KILL somebody :bye");
        Assert.False(script.Session.ShouldClose);

        script.Play("< :oper!o@h KILL globot :bye");
        Assert.Equal(CloseCause.Killed, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void The_answer_to_our_own_ping_is_the_lag()
    {
        var script = Script.InChannel();
        Assert.Equal(TimeSpan.Zero, script.Session.Lag);
        script.Play("~ 25", "< :irc PONG irc :alive");

        Assert.Equal(TimeSpan.FromSeconds(5), script.Session.Lag);
    }

    [Fact]
    public void The_wait_before_the_next_connection_grows_and_begins_again_after_calm()
    {
        var backoff = new ReconnectRules(new FakeTimeProvider(), () => 0);
        double Next(CloseCause cause = CloseCause.Lost, int registeredFor = 0) =>
            backoff.Next(cause, TimeSpan.FromSeconds(registeredFor)).TotalSeconds;

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], Enumerable.Range(0, 11).Select(_ => Next()));
        Assert.Equal(1, Next(registeredFor: 120));
        Assert.Equal(60, Next(CloseCause.Throttled));
        Assert.Equal(600, Next(CloseCause.Banned));
        Assert.Equal(0, Next(CloseCause.NeedsTls));

        // Jitter never makes it shorter than it must be.
        var late = new ReconnectRules(new FakeTimeProvider(), () => 1);
        Assert.Equal(
            [1.2, 1.6, 3.2, 72, 720],
            new[] { CloseCause.Lost, CloseCause.Lost, CloseCause.Lost, CloseCause.Throttled, CloseCause.Banned }.Select(cause => late.Next(cause, TimeSpan.Zero).TotalSeconds));
    }

    [Fact]
    public void A_bot_removed_three_times_in_ten_minutes_waits_for_ten()
    {
        var time = new FakeTimeProvider();
        var start = time.GetUtcNow();
        var backoff = new ReconnectRules(time, () => 0);
        (double, bool) Killed(double minute)
        {
            time.SetUtcNow(start.AddMinutes(minute));
            return (backoff.Next(CloseCause.Killed, TimeSpan.FromMinutes(3)).TotalSeconds, backoff.IsHunted);
        }

        Assert.Equal((1, false), Killed(0));
        Assert.Equal((1, false), Killed(3));
        Assert.Equal((1, false), Killed(11));
        Assert.Equal((600, true), Killed(12.5));
        Assert.Equal((1, false), Killed(30));
        backoff.Next(CloseCause.Lost, TimeSpan.Zero);
        Assert.False(backoff.IsHunted);
    }
}
