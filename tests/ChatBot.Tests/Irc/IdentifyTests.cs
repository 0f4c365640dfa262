using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>NickServ, where the server has no SASL: identifying before any channel, and taking the nick back.</summary>
public sealed class IdentifyTests
{
    private static readonly IrcSessionOptions WithNickServ =
        Script.Options with { Services = new("NickServ@services.example.org", "ChanServ", "globot", "secret") };

    [Theory]
    [InlineData(":irc 900 globot globot!g@h globot :You are now logged in as globot")]
    [InlineData(":NickServ!services@services.example.org MODE globot :+r")]
    [InlineData(":irc MODE globot +ir")]
    [InlineData(":globot!g@h ACCOUNT globot")]
    [InlineData(":NickServ!services@services.example.org NOTICE globot :You are now identified for \x02globot\x02.")]
    [InlineData(":nickserv!NickServ@services NOTICE globot :Password accepted - you are now recognized.")]
    public void Channels_wait_until_the_services_know_us(string answer) => Registering().Ignoring<IrcEvent.Message>().RunToEnd($"""
        < :irc 001 globot :hi
        * Registered
        < :NickServ!s@services NOTICE globot :This nickname is registered. Please choose a different nickname, or identify.
        < :irc 422 globot :no motd
        > PRIVMSG NickServ@services.example.org :IDENTIFY globot secret
        < :NickServ!s@services NOTICE globot :This nickname is registered. Please choose a different nickname, or identify.
        < {answer}
        > JOIN #globenet
        < :irc 422 globot :again
        """);

    [Theory]
    [InlineData("< :irc 313 globot NickServ :is a Network Service")]
    [InlineData("< :irc 312 globot nickserv services.example.org :Atheme IRC Services")]
    public void A_password_goes_to_whom_the_server_shows_to_be_a_service(string shown) =>
        Registering(WithNickServ with { Services = new("NickServ", "ChanServ", "globot", "secret") }).RunToEnd($"""
            < :irc 001 globot :hi
            * Registered
            < :irc 422 globot :no motd
            > WHOIS NickServ
            < :irc 311 globot NickServ s services.example.org * :Services
            {shown}
            < :irc 318 globot NickServ :End
            > PRIVMSG NickServ :IDENTIFY globot secret
            """);

    [Theory]
    [InlineData("< :irc 312 globot NickServ irc.example.org :a server")]
    [InlineData("< :irc 313 globot mallory :is a Network Service")]
    [InlineData("< :mallory!m@h 313 globot NickServ :is a Network Service")]
    [InlineData("< :NickServ!s@services NOTICE globot :This nickname is registered. Please identify.")]
    public void And_to_nobody_else_and_the_log_says_what_to_do(string shown)
    {
        var script = Registering(WithNickServ with { Services = new("NickServ", "ChanServ", "globot", "secret") });
        script.Play(
            "< :irc 001 globot :hi", "< :irc 422 globot :no motd", "< :irc 311 globot NickServ m evil * :Services", shown,
            "< :irc 318 globot NickServ :End");

        Assert.DoesNotContain(script.Written, w => w.Line.Contains("secret", StringComparison.Ordinal));
        Assert.Contains(script.Written, w => w.Line == "JOIN #globenet");
        Assert.Contains("NickServ@HOST", script.Happened.OfType<IrcEvent.NotIdentified>().Single().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":Nickserv_!s@services NOTICE globot :You are now identified for globot.")]
    [InlineData(":irc MODE globot +i-r")]
    [InlineData(":irc MODE #globenet +r")]
    [InlineData(":somebody!x@y ACCOUNT somebody")]
    [InlineData(":NickServ!s@services NOTICE #globenet :You are now identified for globot.")]
    public void Nobody_else_is_believed(string line)
    {
        var script = Registering();
        script.Play("< :irc 001 globot :hi", "< :irc 376 globot :end", $"< {line}");

        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("JOIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(":NickServ!s@services NOTICE globot :Invalid password for \x02globot\x02.")]
    [InlineData(":NickServ!s@services NOTICE globot :\x02globot\x02 is not registered.")]
    public void A_refused_password_is_reported_and_not_tried_again(string answer)
    {
        var script = Registering();
        script.Ignoring<IrcEvent.Message>().RunToEnd($"""
            < :irc 001 globot :hi
            * Registered
            < :irc 376 globot :end
            > PRIVMSG NickServ@services.example.org :IDENTIFY globot secret
            < {answer}
            * NotIdentified
            > JOIN #globenet
            """);
        for (var i = 0; i < 240; i++)
        {
            script.Play("~ 30", "< PING :x");
        }

        Assert.DoesNotContain(script.Written.Skip(2), w => w.Line.Contains("IDENTIFY", StringComparison.Ordinal));
        Assert.Equal(
            "NickServ refused: see account and password_file of [irc.services]",
            script.Happened.OfType<IrcEvent.NotIdentified>().Single().Reason);
    }

    [Fact]
    public void A_NickServ_that_is_away_keeps_us_from_nothing_and_is_asked_ever_more_rarely()
    {
        var script = Registering();
        script.RunToEnd("""
            < :irc 001 globot :hi
            * Registered { Nick = globot }
            < :irc 376 globot :end
            > PRIVMSG NickServ@services.example.org :IDENTIFY globot secret
            < :irc 401 globot NickServ :No such nick
            * NotIdentified { Reason = there is no NickServ now }
            > JOIN #globenet
            < :globot!g@h JOIN #globenet
            * Joined { Channel = #globenet }
            """);
        for (var i = 0; i < 240; i++)
        {
            script.Play("~ 30", "< PING :x");
        }

        Assert.InRange(script.Written.Count(w => w.Line.Contains("IDENTIFY", StringComparison.Ordinal)), 5, 9);
    }

    [Fact]
    public void A_silent_NickServ_delays_the_channels_by_ten_seconds()
    {
        var script = Registering();
        script.Play("< :irc 001 globot :hi", "< :irc 376 globot :end");
        script.Advance(9.9);
        Assert.DoesNotContain(script.Written, w => w.Line == "JOIN #globenet");
        script.Advance(0.2);
        Assert.Contains(script.Written, w => w.Line == "JOIN #globenet");
    }

    [Fact]
    public void A_greeting_without_end_is_not_awaited_for_ever()
    {
        var script = Registering();
        script.Play("< :irc 001 globot :hi");
        script.Advance(31);

        Assert.Contains(script.Written, w => w.Line == "PRIVMSG NickServ@services.example.org :IDENTIFY globot secret");
    }

    [Theory]
    [InlineData(":irc 901 globot globot!g@h :You are now logged out")]
    [InlineData(":globot!g@h ACCOUNT *")]
    public void A_lost_account_is_asked_for_again(string line)
    {
        var script = Registering();
        script.Play("< :irc 001 globot :hi", "< :irc 376 globot :end", "< :irc 900 globot x globot :ok", $"< {line}");
        script.Forget();
        for (var i = 0; i < 3; i++)
        {
            script.Play("~ 25", "< PING :x");
        }

        Assert.Contains(script.Written, w => w.Line == "PRIVMSG NickServ@services.example.org :IDENTIFY globot secret");
    }

    [Fact]
    public void A_password_for_NickServ_is_not_sent_in_clear()
    {
        var script = new Script(WithNickServ);
        script.Run("connect clear");

        Assert.Empty(script.Written);
        Assert.Equal(CloseCause.NotIdentified, script.Session.Disconnected("x", script.Now).Cause);
    }

    [Fact]
    public void No_options_show_the_password()
    {
        Assert.DoesNotContain("secret", WithNickServ.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", WithNickServ.Services!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_nick_in_use_is_regained_once_the_services_know_us()
    {
        var script = Registering();
        script.RunToEnd("""
            < :irc 433 * globot :in use
            > NICK globot_
            < :irc 001 globot_ :hi
            * Registered { Nick = globot_ }
            < :irc 376 globot_ :end
            > PRIVMSG NickServ@services.example.org :IDENTIFY globot secret
            < :irc 900 globot_ x globot :ok
            > PRIVMSG NickServ@services.example.org :REGAIN globot
            > JOIN #globenet
            < :globot_!g@h NICK globot
            * NickChanged { OldNick = globot_, NewNick = globot }
            ~ 8
            """);
    }

    [Theory]
    [InlineData("< :NickServ!s@services NOTICE globot_ :Invalid command. Use /msg NickServ help for a command listing.")]
    [InlineData("< :NickServ!s@services NOTICE globot_ :Unknown command REGAIN. \"/msg NickServ HELP\" for help.")]
    [InlineData("~ 5")]
    public void Where_NickServ_has_no_REGAIN_the_holder_is_removed_first(string step)
    {
        var script = Registering();
        script.Play("< :irc 433 * globot :in use", "< :irc 001 globot_ :hi", "< :irc 376 globot_ :end", "< :irc 900 globot_ x globot :ok");
        script.Forget();
        script.Ignoring<IrcEvent.Message>().RunToEnd($"""
            {step}
            > PRIVMSG NickServ@services.example.org :GHOST globot
            ~ 2.1
            > NICK globot
            < :globot_!g@h NICK globot
            * NickChanged
            """);
    }

    [Fact]
    public void The_holder_of_our_nick_is_removed_once_a_connection_at_most()
    {
        var script = Registering();
        script.Play("< :irc 433 * globot :in use", "< :irc 001 globot_ :hi", "< :irc 376 globot_ :end", "< :irc 900 globot_ x globot :ok");
        for (var i = 0; i < 60; i++)
        {
            script.Play("~ 30", "< :irc 433 globot_ globot :in use");
        }

        Assert.Single(script.Written, w => w.Line.Contains("GHOST", StringComparison.Ordinal));
    }

    [Fact]
    public void With_SASL_the_nick_is_regained_by_NickServ_too()
    {
        var script = new Script(WithNickServ with { Sasl = new(SaslMechanism.Plain, "globot", "secret") });
        script.Play(
            "connect", "< CAP * LS :sasl", "< CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 globot :ok", "< :irc 433 * globot :in use",
            "< :irc 001 globot_ :hi", "< :irc 376 globot_ :end");

        Assert.Contains(script.Written, w => w.Line == "PRIVMSG NickServ@services.example.org :REGAIN globot");
        Assert.DoesNotContain(script.Written, w => w.Line.Contains("IDENTIFY", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_account_nobody_is_asked_to_remove_anybody()
    {
        var script = new Script(Script.Options with { Services = new("NickServ", "ChanServ") });
        script.Play("connect", "< :irc 433 * globot :in use", "< :irc 001 globot_ :hi", "< :irc 376 globot_ :end");
        script.Advance(30);

        Assert.DoesNotContain(script.Written, w => w.Line.Contains("NickServ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_nick_that_changes_hands_all_the_time_is_not_run_after()
    {
        var script = Registering();
        script.Play("< :irc 433 * globot :in use", "< :irc 001 globot_ :hi");
        script.Forget();
        for (var i = 0; i < 200; i++)
        {
            script.Play("< :globot!x@y NICK other", "< :other!x@y NICK globot");
        }

        script.Advance(10);

        Assert.InRange(script.Written.Count(w => w.Line == "NICK globot"), 1, 4);
    }

    [Theory]
    [InlineData("< :irc 001 glob :hi")]
    [InlineData("< :irc 001 globo :hi", "< :irc 005 globo NICKLEN=5 :are supported")]
    public void A_nick_that_the_server_cuts_is_the_one_we_want(params string[] steps)
    {
        var script = new Script();
        script.Run("connect");
        script.Play(steps);
        script.Forget();
        for (var i = 0; i < 60; i++)
        {
            script.Play("~ 30", "< PING :x");
        }

        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("NICK", StringComparison.Ordinal));
    }

    [Fact]
    public void A_nick_in_use_is_asked_for_as_long_as_the_server_allows()
    {
        var script = new Script(Script.Options with { Nick = "globotglobot" });
        script.Play("connect", "< :irc 433 * globotglo :in use", "< :irc 001 globot3 :hi", "< :irc 005 globot3 NICKLEN=9 :are supported");
        script.Advance(16);

        Assert.Equal("NICK globotglo", script.Written[^1].Line);
    }

    private static Script Registering(IrcSessionOptions? options = null)
    {
        var script = new Script(options ?? WithNickServ);
        script.Run("connect");
        script.Forget();
        return script;
    }
}
