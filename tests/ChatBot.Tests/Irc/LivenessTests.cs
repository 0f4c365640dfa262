using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class LivenessTests
{
    [Fact]
    public void A_ping_is_answered_while_everything_else_waits()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 50; i++) script.Play($"say {i} #globenet x");
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
        for (var i = 0; i < 5000; i++) script.Play($"< PING :{i}");
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
        for (var i = 0; i < 20; i++) script.Play("~ 45", "< :irc PONG irc :alive");

        Assert.False(script.Session.ShouldClose);
    }

    [Fact]
    public void A_server_that_speaks_but_never_answers_what_we_say_is_left()
    {
        var script = Script.InChannel();
        script.Play("say 1 #globenet hello");
        for (var i = 0; i < 9; i++) script.Play("~ 10", "< :x!y@z PRIVMSG #globenet :la la");

        Assert.True(script.Session.ShouldClose);
    }

    [Theory]
    [InlineData("ERROR :Closing Link: h (Excess Flood)", CloseCause.Flooded)]
    [InlineData("ERROR :Closing Link: h (RecvQ exceeded)", CloseCause.Flooded)]
    [InlineData("ERROR :Trying to reconnect too fast.", CloseCause.Throttled)]
    [InlineData("ERROR :Your host is trying to (re)connect too fast -- throttled", CloseCause.Throttled)]
    [InlineData("ERROR :Closing Link: h (K-Lined)", CloseCause.Banned)]
    [InlineData("ERROR :Closing Link: (G-lined: proxy)", CloseCause.Banned)]
    [InlineData("ERROR :Closing Link: (Killed (oper (bye)))", CloseCause.Lost)]
    [InlineData("ERROR", CloseCause.Lost)]
    public void The_last_word_of_a_server_says_how_long_to_wait(string error, CloseCause cause)
    {
        var script = Script.InChannel();
        script.Play("< " + error);

        Assert.True(script.Session.ShouldClose);
        Assert.Equal(cause, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void A_ban_is_known_by_its_numeric_too()
    {
        var script = new Script();
        script.Play("connect", "< :irc 465 globot :You are banned from this server", "< ERROR :Closing Link");
        Assert.Equal(CloseCause.Banned, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void The_wait_before_the_next_connection_grows_and_begins_again_after_calm()
    {
        var backoff = new ReconnectBackoff(() => 0);
        double Next(CloseCause cause = CloseCause.Lost, int registeredFor = 0) =>
            backoff.Next(cause, TimeSpan.FromSeconds(registeredFor)).TotalSeconds;

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], Enumerable.Range(0, 11).Select(_ => Next()));
        Assert.Equal(1, Next(registeredFor: 120));
        Assert.Equal(60, Next(CloseCause.Throttled));
        Assert.Equal(600, Next(CloseCause.Banned));
        Assert.Equal(1.25, new ReconnectBackoff(() => 1).Next(CloseCause.Lost, TimeSpan.Zero).TotalSeconds);
    }
}
