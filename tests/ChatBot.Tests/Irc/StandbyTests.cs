using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>A bot that waits on IRC while another one speaks, and then speaks in its place.</summary>
public sealed class StandbyTests
{
    private static readonly IrcSessionOptions Options = Script.Options with { StandbyNick = "globot2" };

    [Fact]
    public void It_waits_under_its_own_nick_in_no_channel_and_takes_both_over()
    {
        var script = Waiting(Options);
        Assert.False(script.Session.IsReady);
        script.RunToEnd("""
            < :op!o@h INVITE globot2 #globenet
            takeover
            > JOIN #globenet
            < :globot2!globot@h JOIN #globenet
            * Joined
            > MODE #globenet
            """);
        Assert.True(script.Session.IsReady);
        script.Run("~ 2.9");
        Assert.DoesNotContain(script.Written, line => line.Line.StartsWith("NICK", StringComparison.Ordinal));
        script.Run("~ 0.1");
        Assert.Equal("NICK globot", script.Written[^1].Line);
        script.Run("< :globot2!globot@h NICK globot");
        Assert.Equal("globot", script.Session.Nick);
    }

    [Fact]
    public void Where_the_other_still_has_the_nick_it_speaks_under_its_own_until_that_is_free()
    {
        var script = Waiting(Options, "MONITOR=100");
        script.RunToEnd("""
            takeover
            > JOIN #globenet
            > MONITOR + globot
            < :globot2!globot@h JOIN #globenet
            * Joined
            """);
        script.Run("~ 3");
        Assert.Contains(script.Written, line => line.Line == "NICK globot");
        script.Play("< :irc 433 globot2 globot :Nickname is already in use", "~ 6");
        script.Forget();
        script.RunToEnd("""
            < :irc 731 globot2 :globot
            > NICK globot
            """);
    }

    [Fact]
    public void The_services_give_the_nick_back_where_they_know_the_bot()
    {
        var script = Waiting(Options with
        {
            Sasl = new(SaslMechanism.External, "", ""),
            Services = new("NickServ", "ChanServ"),
        });
        Assert.DoesNotContain(script.Written, line => line.Line.Contains("REGAIN", StringComparison.Ordinal));
        script.Play("takeover", "~ 3");
        Assert.Contains(script.Written, line => line.Line.EndsWith("REGAIN globot", StringComparison.Ordinal));
    }

    [Fact]
    public void Dragged_into_a_channel_it_leaves()
    {
        var script = Waiting(Options);
        script.RunToEnd("""
            < :globot2!globot@h JOIN #globenet
            > PART #globenet :not one of my channels
            """);
    }

    [Fact]
    public void While_off_it_comes_back_as_itself()
    {
        var script = Waiting(Options);
        script.Run("lost");
        script.Forget();
        script.RunToEnd("""
            takeover
            connect
            > CAP LS 302
            > NICK globot
            > USER globot 0 * :globot
            """);
    }

    [Fact]
    public void Who_never_waits_has_nothing_to_take_over()
    {
        var script = Script.InChannel();
        script.RunToEnd("takeover");
        Assert.Empty(script.Written);
    }

    private static Script Waiting(IrcSessionOptions options, string isupport = "CASEMAPPING=rfc1459")
    {
        var script = new Script(options);
        script.Run("""
            connect
            > CAP LS 302
            > NICK globot2
            > USER globot 0 * :globot
            """);
        if (options.Sasl is not null)
        {
            script.Play("< :irc CAP * LS :sasl", "< :irc CAP * ACK :sasl", "< AUTHENTICATE +", "< :irc 903 globot2 :SASL authentication successful");
        }

        script.Play("< :irc 001 globot2 :Welcome", $"< :irc 005 globot2 {isupport} :are supported", "< :irc 376 globot2 :End of MOTD", "~ 20");
        Assert.DoesNotContain(script.Written, line => line.Line.StartsWith("JOIN", StringComparison.Ordinal));
        script.Forget();
        return script;
    }
}
