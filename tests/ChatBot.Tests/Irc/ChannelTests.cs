using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class ChannelTests
{
    private static readonly IrcSessionOptions RootWithoutKey = new("globot", [new("#root", Audience.Root)]);

    [Fact]
    public void Channels_with_keys_come_first_on_one_line()
    {
        var script = new Script(new("globot", [new("#open"), new("#root", Audience.Root, "k1")]));
        script.Run("connect");
        script.Forget();
        script.RunToEnd("""
            < :irc 001 globot :hi
            * Registered { Nick = globot }
            > JOIN #root,#open k1
            """);
    }

    [Fact]
    public void A_kick_is_followed_by_a_rejoin_five_seconds_later()
    {
        var script = Script.InChannel();
        script.RunToEnd("""
            < :op!o@h KICK #globenet globot :out
            * LeftChannel { Channel = #globenet, Reason = kicked }
            ~ 4.9
            ~ 0.2
            > JOIN #globenet
            < :globot!bot@h JOIN #globenet
            * Joined { Channel = #globenet }
            ~ 3
            > MODE #globenet
            > WHO #globenet
            """);
        Assert.True(script.Session.IsReady);
    }

    [Fact]
    public void A_key_that_was_seen_to_be_set_is_used_and_forgotten_when_it_goes()
    {
        var script = Script.InChannel(isupport: "CHANMODES=b,k,l,imnst PREFIX=(ov)@+");
        script.Play("< :irc 324 globot #globenet +nt", "< :op!o@h MODE #globenet +ok globot s3cret", "< :op!o@h MODE #globenet +k a,b");
        script.Play("lost", "connect");
        script.Forget();
        script.RunToEnd("""
            < :irc 001 globot :hi
            > JOIN #globenet s3cret
            < :irc 475 globot #globenet :Cannot join channel (+k)
            * Registered
            * JoinRefused { Channel = #globenet, Numeric = 475,
            ~ 31
            > JOIN #globenet
            < :globot!bot@h JOIN #globenet
            * Joined { Channel = #globenet }
            ~ 5
            > MODE #globenet
            > WHO #globenet
            < :irc 324 globot #globenet +ntk other
            * ChannelModes { Channel = #globenet, Modes = knt }
            < :op!o@h MODE #globenet -k *
            * ChannelModes { Channel = #globenet, Modes = nt }
            < :op!o@h KICK #globenet globot :out
            * LeftChannel { Channel = #globenet, Reason = kicked }
            ~ 6
            > JOIN #globenet
            """);
    }

    [Theory]
    [InlineData("403")]
    [InlineData("405")]
    [InlineData("437")]
    [InlineData("470")]
    [InlineData("471")]
    [InlineData("473")]
    [InlineData("474")]
    [InlineData("475")]
    [InlineData("476")]
    [InlineData("477")]
    [InlineData("479")]
    [InlineData("480")]
    [InlineData("489")]
    [InlineData("520")]
    public void Why_a_channel_refuses_us_can_be_asked_until_it_takes_us(string numeric)
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi", $"< :irc {numeric} globot #globenet :no");
        Assert.Equal($"refused ({numeric})", script.Session.Troubles["#globenet"]);
        script.Play("~ 31", "< :globot!b@h JOIN #globenet");
        Assert.Empty(script.Session.Troubles);
    }

    [Fact]
    public void A_silent_server_and_a_kick_are_troubles_too()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi", "~ 31");
        Assert.Equal("the server does not answer", script.Session.Troubles["#globenet"]);
        script.Play("~ 31", "< :globot!b@h JOIN #globenet", "< :op!o@h KICK #globenet globot :out");
        Assert.Equal("kicked", script.Session.Troubles["#globenet"]);
    }

    [Fact]
    public void A_channel_that_sends_us_elsewhere_is_not_ours() => Joining().RunToEnd("""
        < :irc 470 globot #globenet ##globenet :Forwarding to another channel
        * JoinRefused { Channel = #globenet, Numeric = 470,
        < :globot!bot@h JOIN ##globenet
        > PART ##globenet :not one of my channels
        < :alice!a@h PRIVMSG ##globenet :!status
        ~ 29
        ~ 2
        > JOIN #globenet
        """);

    [Fact]
    public void Services_that_rename_us_do_not_make_us_leave()
    {
        var script = Script.InChannel();
        script.RunToEnd("""
            < :globot!bot@bot.example.org NICK Guest12345
            * NickChanged { OldNick = globot, NewNick = Guest12345
            < :alice!a@h PRIVMSG Guest12345 :status
            * Message { Target = alice
            < :op!o@h KICK #globenet globot :somebody else
            < :op!o@h KICK #globenet guest12345 :us
            * LeftChannel
            """);
    }

    [Fact]
    public void A_war_of_kicks_is_reported()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 4; i++)
        {
            script.Play("< :op!o@h KICK #globenet globot :out", "~ 21", "< :globot!bot@h JOIN #globenet");
        }

        Assert.Single(script.Happened, e => e is IrcEvent.KickedTooOften);
    }

    private static Script Joining()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi");
        script.Forget();
        return script;
    }

    [Fact]
    public void A_war_of_kicks_is_given_up_for_ten_minutes()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 4; i++)
        {
            script.Play("< :op!o@h KICK #globenet globot :out", "~ 21", "< :globot!bot@h JOIN #globenet", "< :irc PING x");
            script.Forget();
        }
        script.Play("< :op!o@h KICK #globenet globot :out");
        for (var i = 0; i < 19; i++)
        {
            script.Play("~ 30", "< :irc NOTICE globot :x");
        }

        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("JOIN", StringComparison.Ordinal));
        script.Play("~ 39");
        Assert.Contains(script.Written, w => w.Line == "JOIN #globenet");
    }

    [Fact]
    public void A_refused_channel_is_reported_and_tried_again()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi");
        script.Forget();
        script.RunToEnd("""
            < :irc 473 globot #globenet :Cannot join channel (+i)
            * JoinRefused { Channel = #globenet, Numeric = 473,
            ~ 29
            ~ 2
            > JOIN #globenet
            < :irc 474 globot #globenet :Cannot join channel (+b)
            * JoinRefused
            ~ 32
            < :irc NOTICE globot :still here
            ~ 27
            ~ 2
            > JOIN #globenet
            """);
    }

    [Fact]
    public void An_invitation_to_a_foreign_channel_is_not_followed_and_a_forced_join_is_left()
    {
        var script = Script.InChannel();
        script.RunToEnd("""
            < :mallory!m@h INVITE globot #evil
            < :globot!bot@bot.example.org JOIN #evil
            > PART #evil :not one of my channels
            < :admin!a@h PRIVMSG #evil :!status
            """);
        Assert.Empty(script.Happened);
    }

    [Fact]
    public void An_invitation_to_our_own_channel_is()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi", "< :irc 473 globot #globenet :+i");
        script.Forget();
        script.RunToEnd("""
            < :op!o@h INVITE globot #globenet
            > JOIN #globenet
            """);
    }

    [Fact]
    public void A_root_channel_is_used_only_when_its_modes_show_that_it_is_closed()
    {
        var script = new Script(RootWithoutKey);
        script.Play("connect", "< :irc 001 globot :hi");
        script.Forget();
        script.Play("< :globot!bot@h JOIN #root", "> MODE #root");
        Assert.False(script.Session.IsJoined("#root"));
        script.RunToEnd("""
            say 1 #root secret
            * Unconfirmed { Id = 1 }
            < :irc 324 globot #root +nti
            * ChannelModes { Channel = #root, Modes = int }
            * Joined { Channel = #root }
            """);
        Assert.True(script.Session.IsJoined("#root"));
    }

    [Theory]
    [InlineData("< :irc 324 globot #root +nt")]
    [InlineData("~ 16")]
    [InlineData("< :irc 324 globot #root +nts")]
    [InlineData("< :irc 324 globot #root +nti", "< :op!o@h MODE #root -i")]
    public void An_open_root_channel_is_left(params string[] steps)
    {
        var script = new Script(RootWithoutKey);
        script.Play("connect", "< :irc 001 globot :hi", "< :globot!bot@h JOIN #root");
        script.Play(steps);
        script.Advance(1);

        Assert.Contains(script.Written, w => w.Line.StartsWith("PART #root", StringComparison.Ordinal));
        Assert.Contains(script.Happened, e => e is IrcEvent.ChannelUnsafe);
        Assert.False(script.Session.IsJoined("#root"));
    }

    [Theory]
    [InlineData("< :irc 324 globot #root +nt")]
    [InlineData("< :irc 324 globot #root +nts")]
    [InlineData("< :irc 324 globot #root +ntr")]
    [InlineData("< :irc 324 globot #root +ntk *", "< :op!o@h MODE #root -k *")]
    public void A_root_channel_with_a_key_is_spoken_to_only_while_it_is_seen_to_be_closed(params string[] steps)
    {
        var script = RootWithKey("< :irc 353 globot = #root :globot mallory");
        script.Play("say 1 #root secret1");
        script.Play(steps);
        script.Play("say 2 #root secret2", "~ 3", "say 3 #root secret3");

        Assert.DoesNotContain(script.Written, w => w.Line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(3, script.Happened.Count(e => e is IrcEvent.Unconfirmed));
        Assert.Equal("open to all (it needs +k or +i)", script.Session.Troubles["#root"]);
        Assert.False(script.Session.IsReady);
        Assert.Single(script.Happened, e => e is IrcEvent.ChannelOpen);

        script.Play("< :op!o@h MODE #root +k another", "say 4 #root secret4");
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG #root :secret4");
        Assert.Empty(script.Session.Troubles);
    }

    [Fact]
    public void Registered_people_only_is_closed_where_there_are_services()
    {
        var script = RootWithKey("< :irc 005 globot WHOX CHANMODES=b,k,l,imnRrst :are supported", "< :irc 324 globot #root +ntr");
        Assert.False(script.Session.IsJoined("#root"));
        script.Play("< :op!o@h MODE #root +R");
        Assert.True(script.Session.IsJoined("#root"));
    }

    [Fact]
    public void A_channel_that_lost_its_key_is_given_it_again_where_nobody_else_reads_it()
    {
        var script = RootWithKey("< :irc 353 globot = #root :@globot", "< :irc 366 globot #root :End");
        script.Forget();
        script.RunToEnd("""
            < :irc 324 globot #root +nt
            * ChannelModes
            * ChannelOpen
            > MODE #root +i
            < :globot!bot@h MODE #root +i
            * ChannelModes
            * Joined
            > MODE #root +k k1
            < :globot!bot@h MODE #root +k k1
            * ChannelModes
            > MODE #root -i
            < :globot!bot@h MODE #root -i
            * ChannelModes
            """);
        Assert.True(script.Session.IsJoined("#root"));
    }

    [Fact]
    public void And_never_before_others_to_whom_nothing_is_said_either_until_they_have_left()
    {
        var script = RootWithKey("< :irc 353 globot = #root :@globot mallory", "< :irc 366 globot #root :End", "< :irc 324 globot #root +nt");
        script.Play("< :globot!bot@h MODE #root +i", "say 1 #root secret", "~ 20");
        Assert.DoesNotContain(script.Written, w => w.Line.Contains("+k", StringComparison.Ordinal) || w.Line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal("closed by the bot with others in it (set +k)", script.Session.Troubles["#root"]);

        script.Play("< :mallory!m@h PART #root", "say 2 #root alert");
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG #root :alert");
        Assert.Contains(script.Written, w => w.Line == "MODE #root +k k1");
    }

    [Fact]
    public void A_root_channel_that_stays_open_is_left_after_a_while()
    {
        var script = RootWithKey("< :irc 353 globot = #root :globot mallory", "< :irc 324 globot #root +nt");
        for (var i = 0; i < 21; i++)
        {
            script.Play("~ 30", "< PING :x");
        }

        Assert.Contains(script.Written, w => w.Line.StartsWith("PART #root", StringComparison.Ordinal));
        Assert.Contains("it stays open to all", script.Session.Troubles["#root"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+kt *", 1)]
    [InlineData("+knt *", 0)]
    public void People_outside_who_can_write_into_a_root_channel_are_warned_of_once(string modes, int warnings)
    {
        var script = RootWithKey($"< :irc 324 globot #root {modes}", $"< :irc 324 globot #root {modes}");
        Assert.Equal(warnings, script.Happened.Count(e => e is IrcEvent.ChannelUnshielded));
    }

    [Fact]
    public void Who_writes_into_a_channel_without_being_in_it_is_shown_to_be_outside()
    {
        var script = Script.InChannel();
        script.Play(
            "< :alice!a@h JOIN #globenet", "< :alice!a@h PRIVMSG #globenet :hi", "< :mallory!m@h PRIVMSG #globenet :hi",
            "< :alice!a@h PART #globenet", "< :alice!a@h PRIVMSG #globenet :hi", "< :mallory!m@h PRIVMSG globot :hi");
        Assert.Equal([false, true, true, false], script.Happened.OfType<IrcEvent.Message>().Select(m => m.IsFromOutside));
    }

    private static Script RootWithKey(params string[] steps)
    {
        var script = new Script(new("globot", [new("#root", Audience.Root, "k1")]));
        script.Play("connect", "< :irc 001 globot :hi", "~ 20", "< :globot!bot@h JOIN #root");
        script.Play(steps);
        return script;
    }

    [Fact]
    public void Who_was_there_who_came_and_who_left_is_reported()
    {
        var script = Script.InChannel("extended-join account-notify userhost-in-names");
        script.RunToEnd("""
            < :irc 353 globot = #globenet :@alice!a@h +bob!b@h globot!bot@h
            < :irc 352 globot #globenet a host.example irc alice H :0 Alice
            * MemberDescribed { Channel = #globenet, Who = alice }
            < :carol!c@host JOIN #globenet carolacc :Carol
            * MemberJoined { Channel = #globenet, Who = carol, AfterNetsplit = False }
            < :carol!c@host ACCOUNT *
            * AccountChanged { Who = carol }
            < :carol!c@host NICK caro
            * MemberRenamed { Before = carol, Who = caro }
            < :caro!c@host PART #globenet :bye
            * MemberParted { Channel = #globenet, Who = caro }
            < :op!o@h KICK #globenet bob :out
            * MemberParted { Channel = #globenet, Who = bob }
            < :alice!a@h QUIT :Quit: one.example two.example
            * MemberQuit { Who = alice, IsNetsplit = False }
            """);
        var described = script.Happened.OfType<IrcEvent.MemberDescribed>().Single().Who;
        Assert.Equal(("a@host.example", null, false), (described.UserHost, described.Account, described.IsBot));
        var joined = script.Happened.OfType<IrcEvent.MemberJoined>().Single().Who;
        Assert.Equal(("c@host", "carolacc", false), (joined.UserHost, joined.Account, joined.IsBot));
        Assert.Null(script.Happened.OfType<IrcEvent.AccountChanged>().Single().Who.Account);
    }

    [Theory]
    [InlineData("", "< :dave!d@h QUIT :hub.example.org leaf.example.org")]
    [InlineData("batch message-tags", "< :irc BATCH +b netsplit hub leaf", "< @batch=b :dave!d@h QUIT :hub leaf", "< :irc BATCH -b")]
    public void Who_comes_back_after_a_netsplit_is_no_newcomer(string caps, params string[] split)
    {
        var script = Script.InChannel(caps);
        script.Play("< :dave!d@h JOIN #globenet");
        script.Play(split);
        script.Advance(25);
        script.Play("< :dave!d@h JOIN #globenet");

        Assert.Contains(script.Happened, e => e is IrcEvent.MemberQuit { IsNetsplit: true });
        Assert.True(script.Happened.OfType<IrcEvent.MemberJoined>().Last().AfterNetsplit);
    }

    [Fact]
    public void A_netsplit_of_a_thousand_makes_no_line()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 1000; i++)
        {
            script.Play($"< :u{i}!u@h JOIN #globenet");
        }

        for (var i = 0; i < 1000; i++)
        {
            script.Play($"< :u{i}!u@h QUIT :a.example b.example");
        }

        for (var i = 0; i < 1000; i++)
        {
            script.Play($"< :u{i}!u@h JOIN #globenet");
        }

        Assert.Empty(script.Written);
        Assert.Equal(1000, script.Happened.OfType<IrcEvent.MemberJoined>().Count(j => j.AfterNetsplit));
    }

    [Fact]
    public void Bots_are_known_by_their_flag()
    {
        var script = Script.InChannel(isupport: "WHOX BOT=B");
        script.Play(
            "< :irc 353 globot = #globenet :helper alice",
            "< :irc 354 globot 7 #globenet u h helper HB 0 :A bot", "< :irc 354 globot 7 #globenet u h alice H alice :Alice",
            "< :helper!u@h PRIVMSG #globenet :!status", "< :alice!u@h PRIVMSG #globenet :!status");

        Assert.Equal([true, false], script.Happened.OfType<IrcEvent.Message>().Select(m => m.IsBot));
    }

    [Fact]
    public void Nothing_of_the_old_connection_is_left_on_the_new_one()
    {
        var script = Script.InChannel("account-tag message-tags");
        script.Play("lost", "connect", "< :irc 001 globot :hi", "< :globot!b@h JOIN #globenet");
        script.Forget();
        script.Play("< @account=admin :admin!a@h PRIVMSG #globenet :!ack 1");

        Assert.Null(Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened)).Account);
    }

    [Fact]
    public void A_new_connection_joins_at_once_what_the_old_one_had_only_asked_for()
    {
        var script = new Script();
        script.Play("connect", "< :irc 001 globot :hi", "lost", "connect");
        script.Forget();
        script.RunToEnd("""
            < :irc 001 globot :hi
            * Registered { Nick = globot }
            > JOIN #globenet
            """);
    }
}
