using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class ServicesTests
{
    private static readonly IrcSessionOptions Helped = Script.Options with { Services = new(ChanServ: "ChanServ") };

    [Theory]
    [InlineData("471", "INVITE")]
    [InlineData("473", "INVITE")]
    [InlineData("475", "INVITE")]
    [InlineData("477", "INVITE")]
    public void The_services_are_asked_to_invite_us_and_their_invitation_is_followed(string numeric, string verb)
    {
        var script = Registered(Helped);
        script.Play($"< :irc {numeric} globot #globenet :no", "* JoinRefused", $"> PRIVMSG ChanServ :{verb} #globenet");
        script.RunToEnd("""
            < :ChanServ!s@services INVITE globot #globenet
            > JOIN #globenet
            < :irc 475 globot #globenet :Cannot join channel (+k)
            * JoinRefused
            < :ChanServ!s@services INVITE globot #globenet
            """);
        script.Play("~ 60");
        Assert.Equal(2, script.Written.Count(w => w.Line.StartsWith("JOIN", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_ban_is_lifted_by_the_services_and_tried_again_at_once() => Registered(Helped).RunToEnd("""
        < :irc 474 globot #globenet :Cannot join channel (+b)
        * JoinRefused
        > PRIVMSG ChanServ :UNBAN #globenet
        ~ 5.1
        > JOIN #globenet
        < :irc 474 globot #globenet :Cannot join channel (+b)
        * JoinRefused
        ~ 31
        ~ 0.1
        """);

    [Theory]
    [InlineData("403")]
    [InlineData("405")]
    [InlineData("476")]
    [InlineData("489")]
    public void What_the_services_cannot_repair_they_are_not_asked(string numeric)
    {
        var script = Registered(Helped);
        script.RunToEnd($"""
            < :irc {numeric} globot #globenet :no
            * JoinRefused
            ~ 1
            """);
        Assert.Equal("refused (" + numeric + ")", script.Session.Troubles["#globenet"]);
    }

    [Fact]
    public void Without_services_nobody_is_asked()
    {
        var script = Registered(Script.Options);
        script.Play("< :irc 473 globot #globenet :no", "~ 10");
        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal));
    }

    [Fact]
    public void Invitations_of_others_are_followed_only_now_and_then()
    {
        var script = Registered(Helped);
        for (var i = 0; i < 50; i++)
        {
            script.Play("< :irc 474 globot #globenet :no", "< :mallory!m@h INVITE globot #globenet", "~ 0.1");
        }

        Assert.InRange(script.Written.Count(w => w.Line.StartsWith("JOIN", StringComparison.Ordinal)), 1, 2);
        Assert.Single(script.Written, w => w.Line.StartsWith("PRIVMSG ChanServ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("< :irc 324 globot #globenet +ntm", 'm')]
    [InlineData("< :irc 324 globot #globenet +ntM", 'M')]
    [InlineData("< :irc 324 globot #globenet +ntkl secret 5", null)]
    public void Where_we_may_not_speak_it_is_reported_once_and_a_voice_asked_for(string modes, char? mode)
    {
        var script = Script.InChannel(options: Helped, isupport: "PREFIX=(ov)@+");
        script.Play("< :irc 353 globot = #globenet :globot @alice", "< :irc 366 globot #globenet :End", modes, modes);

        Assert.Equal(mode is null ? [] : [mode.Value], script.Happened.OfType<IrcEvent.ChannelMuted>().Select(m => m.Mode));
        Assert.Equal(mode is null ? 0 : 1, script.Written.Count(w => w.Line == "PRIVMSG ChanServ :VOICE #globenet"));
        script.Play("< :ChanServ!s@services MODE #globenet +v globot", "< :op!o@h MODE #globenet +v globot");
        Assert.Empty(script.Session.Troubles);
        Assert.Equal(mode is null ? 0 : 1, script.Happened.OfType<IrcEvent.ChannelUnmuted>().Count());
    }

    [Theory]
    [InlineData("@globot", "+m")]
    [InlineData("+globot", "+m")]
    [InlineData("globot", "+i")]
    public void Who_has_a_mark_or_needs_none_is_not_mute(string names, string modes)
    {
        var script = Script.InChannel();
        script.Play($"< :irc 353 globot = #globenet :{names}", "< :irc 366 globot #globenet :End", $"< :irc 324 globot #globenet {modes}");
        Assert.DoesNotContain(script.Happened, e => e is IrcEvent.ChannelMuted);
    }

    [Fact]
    public void A_root_channel_that_we_may_not_close_is_closed_once_the_services_give_us_the_right()
    {
        var script = new Script(new("globot", [new("#root", Audience.Root, "k1")]) { Services = new(ChanServ: "ChanServ") });
        script.Play("connect", "< :irc 001 globot :hi", "< :globot!bot@h JOIN #root", "< :irc 353 globot = #root :globot");
        script.Play("< :irc 324 globot #root +nt", "~ 5");
        script.Forget();
        script.RunToEnd("""
            < :irc 482 globot #root :You're not a channel operator
            > PRIVMSG ChanServ :OP #root
            < :ChanServ!s@services MODE #root +o globot
            * ChannelModes
            > MODE #root +i
            < :irc 482 globot #root :You're not a channel operator
            > PRIVMSG ChanServ :OP #root
            """);
    }

    private static Script Registered(IrcSessionOptions options)
    {
        var script = new Script(options);
        script.Play("connect", "< :irc 001 globot :hi");
        script.Forget();
        return script;
    }
}
