using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class CtcpTests
{
    [Theory]
    [InlineData("VERSION", "VERSION ChatBot, a bot")]
    [InlineData("version", "VERSION ChatBot, a bot")]
    [InlineData("PING 123 456", "PING 123 456")]
    [InlineData("CLIENTINFO", "CLIENTINFO ACTION CLIENTINFO PING TIME VERSION")]
    [InlineData("TIME", "TIME 2026-01-01 12:00:05 UTC")]
    public void A_question_is_answered_by_notice_though_its_end_is_missing(string question, string answer)
    {
        foreach (var end in (string[])["", "\u0001"])
        {
            var script = Script.InChannel("server-time");
            script.Play("< @time=2026-01-01T12:00:00Z :irc PONG irc alive", "~ 5", $"< :a!a@h PRIVMSG globot :\u0001{question}{end}");
            Assert.Equal($"NOTICE a :\u0001{answer}\u0001", Assert.Single(script.Written).Line);
            Assert.Empty(script.Happened);
        }
    }

    [Fact]
    public void One_nick_is_answered_once_in_five_seconds_and_all_of_them_thrice_in_ten()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 100; i++)
        {
            foreach (var nick in (string[])["a", "A", "b", "c", "d"])
            {
                script.Play($"< :{nick}!u@h PRIVMSG globot :\u0001VERSION\u0001");
            }

            script.Play("~ 0.1");
        }

        Assert.Equal(3, script.Written.Count);
        Assert.Equal(3, script.Written.Select(w => w.Line).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        script.Play("~ 10", "< :d!u@h PRIVMSG globot :\u0001VERSION\u0001");
        Assert.Equal(4, script.Written.Count);
    }

    [Fact]
    public void An_action_without_its_end_is_still_one() =>
        Script.InChannel().RunToEnd("< :a!a@h PRIVMSG #globenet :\u0001ACTION waves\n* Action { Target = #globenet, Nick = a, Text = waves");

    [Fact]
    public void What_the_server_remarks_is_reported_by_command_and_code_alone() => Script.InChannel("standard-replies").RunToEnd("""
        < :irc FAIL JOIN CHANNEL_RENAMED #globenet alice :The channel of alice is called otherwise
        * StandardReply { Kind = FAIL, Command = JOIN, Code = CHANNEL_RENAMED }
        < :irc note * OPER_MESSAGE :the server sleeps at 5
        * StandardReply { Kind = NOTE, Command = *, Code = OPER_MESSAGE }
        < :irc WARN alice!a@h alice
        * StandardReply { Kind = WARN, Command = ?, Code = ? }
        < :irc TAGMSG #globenet
        """);

    [Fact]
    public void A_server_that_complains_without_end_is_reported_ten_times_and_then_once_a_minute()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 100; i++)
        {
            script.Play("< :irc FAIL * ACCOUNT_REQUIRED :x");
        }

        Assert.Equal(10, script.Happened.Count(e => e is IrcEvent.StandardReply));
    }
}
