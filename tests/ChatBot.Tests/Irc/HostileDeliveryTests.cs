using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class HostileDeliveryTests
{
    private const string TwoUnderOnePing = """
        say 1 #globenet one
        > PRIVMSG #globenet :one
        > PING said-1
        say 2 #globenet two
        say 3 #globenet three
        > PRIVMSG #globenet :two
        > PRIVMSG #globenet :three
        < :irc PONG irc :said-1
        * Delivered { Id = 1 }
        ~ 1
        > PING said-2

        """;

    [Fact]
    public void An_error_that_may_mean_several_lines_delivers_none_of_them() => Script.InChannel().RunToEnd(TwoUnderOnePing + """
        < :irc 404 globot #globenet :Cannot send to channel
        < :irc PONG irc :said-2
        * Unconfirmed { Id = 2 }
        * Unconfirmed { Id = 3 }
        """);

    [Fact]
    public void As_many_errors_as_lines_refuse_each_of_them() => Script.InChannel().RunToEnd(TwoUnderOnePing + """
        < :irc 404 globot #globenet :Cannot send to channel
        < :irc 404 globot #globenet :Cannot send to channel
        < :irc PONG irc :said-2
        * Refused { Id = 2, Reason = 404 Cannot send to channel
        * Refused { Id = 3, Reason = 404 Cannot send to channel
        """);

    [Fact]
    public void An_error_is_about_a_line_before_the_ping_that_is_answered_next() => Script.InChannel().RunToEnd("""
        say 1 #globenet one
        > PRIVMSG #globenet :one
        > PING said-1
        say 2 #globenet two
        > PRIVMSG #globenet :two
        < :irc 404 globot #globenet :Cannot send to channel
        < :irc PONG irc :said-1
        * Refused { Id = 1, Reason = 404 Cannot send to channel
        > PING said-2
        < :irc PONG irc :said-2
        * Delivered { Id = 2 }
        """);

    [Fact]
    public void After_an_unclear_error_lines_go_one_by_one_until_it_is_forgotten()
    {
        var script = Script.InChannel();
        script.RunToEnd("""
            say 1 #globenet one
            > PRIVMSG #globenet :one
            > PING said-1
            < :irc 404 globot #globenet :Cannot send to channel
            * Refused { Id = 1, Reason = 404 Cannot send to channel
            < :irc PONG irc :said-1
            ~ 10
            say 2 #globenet two
            say 3 #globenet three
            > PRIVMSG #globenet :two
            > PING said-2
            ~ 4
            < :irc PONG irc :said-2
            * Delivered { Id = 2 }
            > PRIVMSG #globenet :three
            > PING said-3
            < :irc PONG irc :said-3
            * Delivered { Id = 3 }
            """);
    }

    [Fact]
    public void What_waits_for_a_channel_that_we_left_is_given_back_at_once_and_in_order()
    {
        var script = Script.InChannel();
        for (var i = 1; i <= 6; i++)
        {
            script.Play($"say {i} #globenet line {i}", $"say {i + 10} alice line {i}");
        }

        script.Forget();

        script.Play("< :oper!o@h KICK #globenet globot :out");

        Assert.Equal(
            ["Unconfirmed { Id = 3 }", "Unconfirmed { Id = 4 }", "Unconfirmed { Id = 5 }", "Unconfirmed { Id = 6 }"],
            script.Happened.Select(h => h.ToString()).Where(h => h.StartsWith("Unconfirmed", StringComparison.Ordinal)));
    }
}
