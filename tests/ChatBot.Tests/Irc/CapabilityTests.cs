using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>CAP after the beginning: what comes, what goes, and what a server makes of our wishes.</summary>
public sealed class CapabilityTests
{
    private static readonly IrcSessionOptions WithPlain =
        Script.Options with { Sasl = new(SaslMechanism.Plain, "globot", "secret") };

    [Fact]
    public void What_a_server_offers_later_is_asked_for_then() => Script.InChannel("server-time").RunToEnd("""
        < :irc CAP globot NEW :away-notify invite-notify unknown/one server-time
        > CAP REQ :away-notify invite-notify
        < :irc CAP globot NEW :away-notify
        < :irc CAP globot ACK :away-notify invite-notify
        < :irc CAP globot NEW :away-notify
        """);

    [Fact]
    public void What_was_withdrawn_is_asked_for_when_it_returns() => Script.InChannel("chghost").RunToEnd("""
        < :irc CAP globot DEL :chghost never/had
        < :irc CAP globot NEW :chghost
        > CAP REQ chghost
        """);

    [Fact]
    public void Labels_go_with_their_capability()
    {
        var script = Script.InChannel("message-tags batch labeled-response echo-message");
        script.RunToEnd("""
            say 1 #globenet one
            > @label=1 PRIVMSG #globenet :one
            < @label=1 :globot!bot@bot.example.org PRIVMSG #globenet :one
            * Delivered
            < :irc CAP globot DEL :labeled-response
            say 2 #globenet two
            > PRIVMSG #globenet :two
            > PING said-1
            """);
    }

    [Fact]
    public void A_draft_stands_in_only_where_the_ratified_name_is_missing()
    {
        var script = new Script();
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < CAP * LS :draft/setname setname draft/standard-replies
            > CAP REQ draft/standard-replies
            < CAP * ACK :draft/standard-replies
            > CAP END
            < CAP * NEW :standard-replies
            """);

        var both = new Script();
        both.Run("connect");
        both.Forget();
        both.RunToEnd("""
            < CAP * LS :draft/standard-replies standard-replies
            > CAP REQ standard-replies
            < CAP * ACK :standard-replies
            > CAP END
            """);
    }

    [Fact]
    public void A_long_list_of_wishes_stays_below_the_length_of_a_line()
    {
        var script = new Script(WithPlain);
        script.Run("connect");
        script.Forget();
        script.Play(
            "< CAP * LS :sasl message-tags batch labeled-response echo-message server-time account-tag account-notify extended-join "
            + "away-notify chghost setname invite-notify multi-prefix userhost-in-names cap-notify standard-replies");

        Assert.All(script.Written, w => Assert.InRange(w.Line.Length, 1, 510));
        Assert.StartsWith("CAP REQ :sasl ", script.Written[0].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Sasl_that_comes_late_is_used_at_once()
    {
        var script = Identified();
        script.RunToEnd("""
            < :irc CAP globot DEL :sasl
            ~ 3
            < PING :x
            > PONG :x
            < :irc CAP globot NEW :sasl=PLAIN
            > CAP REQ sasl
            < :irc CAP globot ACK :sasl
            > AUTHENTICATE PLAIN
            < AUTHENTICATE +
            > AUTHENTICATE AGdsb2JvdABzZWNyZXQ=
            < :irc 903 globot :ok
            < :irc CAP globot NEW :sasl=PLAIN
            """);
    }

    [Fact]
    public void A_wish_that_found_no_room_does_not_keep_the_account_away()
    {
        var script = Identified();
        script.Play("< :irc CAP globot DEL :sasl");
        for (var i = 0; i < 100; i++)
        {
            script.Play($"< :globot!g@h JOIN #elsewhere{i}");
        }

        script.Play("< :irc CAP globot NEW :sasl=PLAIN away-notify");
        for (var i = 0; i < 20; i++)
        {
            script.Play("< PING :x", "~ 30");
        }

        script.Forget();

        script.RunToEnd("""
            < :irc CAP globot NEW :sasl=PLAIN
            > CAP REQ :sasl away-notify
            < :irc CAP globot ACK :sasl away-notify
            > AUTHENTICATE PLAIN
            """);
    }

    [Fact]
    public void A_wish_that_nobody_answers_does_not_keep_the_account_away()
    {
        var script = Identified();
        script.RunToEnd("""
            < :irc CAP globot DEL :sasl
            ~ 30
            < :irc CAP globot NEW :away-notify
            > CAP REQ away-notify
            < :irc CAP globot NEW :sasl=PLAIN
            > CAP REQ sasl
            < :irc CAP globot ACK :sasl
            > AUTHENTICATE PLAIN
            """);
    }

    [Theory]
    [InlineData(":irc 901 globot globot!g@h :You are now logged out")]
    [InlineData(":globot!g@h ACCOUNT *")]
    public void A_lost_account_is_asked_for_again(string line)
    {
        var script = Identified();
        script.Play($"< {line}");

        Assert.Equal("AUTHENTICATE PLAIN", Assert.Single(script.Written).Line);
    }

    [Fact]
    public void The_account_of_somebody_else_is_none_of_our_business()
    {
        var script = Identified();
        script.Play("< :somebody!x@y ACCOUNT *");

        Assert.Empty(script.Written);
    }

    [Fact]
    public void Services_that_stay_away_are_asked_ever_more_rarely()
    {
        var script = Identified();
        script.Play("< :irc 901 globot globot!g@h :out");
        for (var i = 0; i < 360; i++)
        {
            script.Play("~ 30", "< PING :x");
        }

        Assert.InRange(script.Written.Count(w => w.Line == "AUTHENTICATE PLAIN"), 6, 13);
        Assert.NotEmpty(script.Happened.OfType<IrcEvent.NotIdentified>());
    }

    [Theory]
    [InlineData("< CAP * LS :sasl=EXTERNAL,SCRAM-SHA-256", "< CAP * ACK :sasl", "< :irc 904 * :SASL authentication failed")]
    [InlineData("< CAP * LS :sasl", "< CAP * ACK :sasl", "< :irc 908 globot EXTERNAL,SCRAM-SHA-256 :are available SASL mechanisms")]
    public void A_mechanism_that_the_server_does_not_accept_is_reported_with_those_it_does(params string[] steps)
    {
        var script = new Script(WithPlain);
        script.Run("connect");
        script.Play(steps);

        var ended = script.Happened.OfType<IrcEvent.Disconnecting>().Single();
        Assert.Equal("the server takes no SASL PLAIN, only EXTERNAL, SCRAM-SHA-256: see mechanism of [irc.sasl]", ended.Reason);
        Assert.Equal(CloseCause.NotIdentified, ended.Cause);
    }

    [Fact]
    public void A_mechanism_that_the_server_takes_without_naming_it_is_tried()
    {
        var script = new Script(WithPlain);
        script.Play("connect", "< CAP * LS :sasl=EXTERNAL", "< CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 * :ok", "< :irc 001 globot :hi");

        Assert.Contains(script.Happened, happened => happened is IrcEvent.Registered);
    }

    [Fact]
    public void A_list_of_mechanisms_cannot_put_words_into_the_log()
    {
        var script = new Script(WithPlain);
        script.Play("connect", "< CAP * LS :sasl=<b>evil</b>,\x1b[31m,GSSAPI," + string.Join(',', Enumerable.Repeat("X", 500)), "< CAP * ACK :sasl", "< :irc 904 * :no");

        Assert.Contains("only GSSAPI, X, X", script.Happened.OfType<IrcEvent.Disconnecting>().Single().Reason, StringComparison.Ordinal);
        Assert.InRange(script.Happened.OfType<IrcEvent.Disconnecting>().Single().Reason.Length, 1, 150);
    }

    private static Script Identified()
    {
        var script = new Script(WithPlain);
        script.Play(
            "connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 globot :ok", "< :irc 001 globot :hi",
            "< :globot!g@h JOIN #globenet");
        script.Advance(20);
        script.Forget();
        return script;
    }
}
