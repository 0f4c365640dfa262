using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class RosterTests
{
    [Fact]
    public void What_the_server_says_of_somebody_is_kept_together()
    {
        var script = Script.InChannel("multi-prefix userhost-in-names extended-join chghost away-notify", "WHOX BOT=B");
        script.Play("< :irc 353 globot = #globenet :@+alice!a@h globot");
        Assert.Equal(("a@h", "@+"), (Member(script).UserHost, Member(script).Channels["#globenet"]));

        script.Play("< :irc 354 globot 7 #globenet a host alice G@+ alice :Alice A.");
        Assert.Equal(("a@host", "alice", true, false), Facts(script));

        script.Play("< :alice!a@host CHGHOST ~al cloak", "< :alice!~al@cloak AWAY", "< :alice!~al@cloak ACCOUNT *");
        Assert.Equal(("~al@cloak", null, false, false), Facts(script));

        script.Play("< :alice!~al@cloak AWAY :lunch", "< :alice!~al@cloak NICK alicia");
        Assert.Null(script.Session.Member("alice"));
        Assert.True(script.Session.Member("ALICIA")!.IsAway);
        script.Play("< :alicia!~al@cloak PART #globenet");
        Assert.Null(script.Session.Member("alicia"));
    }

    [Fact]
    public void Who_joins_is_described_by_the_line_itself()
    {
        var script = Script.InChannel("extended-join");
        script.Play("< :alice!a@h JOIN #globenet alice :Alice A.");
        Assert.Equal(("a@h", "alice", false, false), Facts(script));
        Assert.Equal("", Member(script).Channels["#globenet"]);
    }

    [Theory]
    [InlineData("+o alice", "@")]
    [InlineData("+vo alice alice", "@+")]
    [InlineData("+bo *!*@evil alice", "@")]
    [InlineData("+klo key 5 alice", "@")]
    [InlineData("-l+o alice", "@")]
    [InlineData("-k+v alice alice", "+")]
    [InlineData("+imo alice", "@")]
    [InlineData("+o-o alice alice", "")]
    [InlineData("+b-e+ov a alice alice bob", "@")]
    [InlineData("+b", "")]
    [InlineData("+o", "")]
    [InlineData("+o bob", "")]
    public void Modes_of_members_find_their_own_parameters(string changes, string marks)
    {
        var script = Script.InChannel(isupport: "PREFIX=(ov)@+ CHANMODES=beI,k,l,imnst");
        script.Play("< :irc 353 globot = #globenet :alice bob", $"< :op!o@h MODE #globenet {changes}");
        Assert.Equal(marks, Member(script).Channels["#globenet"]);
    }

    [Fact]
    public void Nobody_outside_our_channels_is_known()
    {
        var script = Script.InChannel();
        script.Play("< :irc 353 globot = #elsewhere :alice", "< :alice!a@h JOIN #elsewhere", "< :alice!a@h AWAY :x");
        Assert.Null(script.Session.Member("alice"));
        script.Play("< :alice!a@h JOIN #globenet", "< :op!o@h KICK #globenet globot :out");
        Assert.Null(script.Session.Member("alice"));
    }

    [Fact]
    public void Another_case_mapping_midway_keeps_everybody_and_frees_what_was_one()
    {
        var script = Script.InChannel(isupport: "CASEMAPPING=ascii");
        script.Play("< :a[!a@h JOIN #globenet", "< :a{!b@h JOIN #globenet", "< :c!c@h JOIN #globenet");
        script.Play("< :irc 005 globot CASEMAPPING=rfc1459 :are supported");
        Assert.Equal("a[", script.Session.Member("A{")!.Nick);
        script.Play("< :a{!a@h PART #globenet", "< :C!c@h QUIT :bye");
        Assert.Null(script.Session.Member("a["));
        Assert.Null(script.Session.Member("c"));
    }

    [Theory]
    [InlineData(29, "alice!a@h JOIN #globenet *", true)]
    [InlineData(31, "alice!a@h JOIN #globenet *", false)]
    [InlineData(1, "alice!mallory@evil JOIN #globenet *", false)]
    [InlineData(29, "alice_!~a@h JOIN #globenet *", true)]
    [InlineData(29, "al!x@elsewhere JOIN #globenet Alice", true)]
    [InlineData(1, "al!x@elsewhere JOIN #globenet bob", false)]
    public void A_return_from_a_split_is_by_the_same_person_within_half_an_hour(int minutes, string join, bool isReturn)
    {
        var script = Script.InChannel("extended-join");
        script.Play("< :alice!a@h JOIN #globenet alice :Alice", "< :alice!a@h QUIT :hub.example leaf.example");
        for (var i = 0; i < minutes * 4; i++)
        {
            script.Play("~ 15", "< :irc NOTICE globot :x");
        }

        script.Play($"< :{join} :Alice");
        Assert.Equal(isReturn, script.Happened.OfType<IrcEvent.MemberJoined>().Last().AfterNetsplit);
    }

    [Fact]
    public void A_return_is_one_in_each_channel_and_after_a_new_connection_of_the_bot()
    {
        var script = Script.InChannel(options: new("globot", [new("#globenet"), new("#b")]));
        script.Play("< :globot!bot@h JOIN #b", "< :alice!a@h JOIN #globenet", "< :alice!a@h QUIT :hub.example leaf.example");
        script.Play("< :alice!a@h JOIN #globenet", "< :alice!a@h JOIN #b");
        Assert.Equal([false, true, true], script.Happened.OfType<IrcEvent.MemberJoined>().Select(joined => joined.AfterNetsplit));

        script.Play("lost", "connect", "< :irc 001 globot :hi", "< :globot!bot@h JOIN #b", "< :alice!a@h JOIN #b");
        Assert.True(script.Happened.OfType<IrcEvent.MemberJoined>().Last().AfterNetsplit);
    }

    [Fact]
    public void What_happens_shows_who_somebody_was_at_that_moment()
    {
        var script = Script.InChannel("extended-join account-notify account-tag message-tags");
        script.Play(
            "< :alice!a@h JOIN #globenet * :Alice", "< @account=alice :alice!a@h PRIVMSG #globenet :bonjour", "< :alice!a@h NICK al",
            "< :al!a@h PRIVMSG globot :status", "< :al!a@h ACCOUNT *", "< :al!a@h PART #globenet", "< :al!a@h PRIVMSG globot :status");

        var messages = script.Happened.OfType<IrcEvent.Message>().Select(said => (said.Member?.Nick, said.Member?.Account));
        Assert.Equal([("alice", "alice"), ("al", "alice"), (null, null)], messages);
        var left = Assert.Single(script.Happened.OfType<IrcEvent.MemberParted>()).Who;
        Assert.Equal(("al", null, "#globenet"), (left.Nick, left.Account, Assert.Single(left.Channels).Key));
    }

    [Fact]
    public void Who_takes_the_nick_of_somebody_who_went_unseen_is_not_mistaken_for_them()
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h JOIN #globenet", "< :bob!b@h JOIN #globenet", "< :bob!b@h NICK alice");
        Assert.Equal("alice", Assert.Single(script.Happened.OfType<IrcEvent.MemberQuit>()).Who.Nick);
        Assert.Equal("b@h", Member(script).UserHost);
        script.Play("< :alice!b@h PART #globenet");
        Assert.Null(script.Session.Member("alice"));
    }

    [Theory]
    [InlineData("Quit: hub.example leaf.example")]
    [InlineData("\"hub.example leaf.example\"")]
    [InlineData("hub.example  leaf.example")]
    [InlineData("hub.example hub.example")]
    [InlineData("hub leaf")]
    [InlineData("hub.example leaf.example bye")]
    [InlineData(".example leaf.")]
    public void A_reason_that_people_can_write_is_no_split(string reason)
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h JOIN #globenet", $"< :alice!a@h QUIT :{reason}");
        Assert.Contains(script.Happened, e => e is IrcEvent.MemberQuit { IsNetsplit: false });
    }

    [Fact]
    public void A_split_of_thousands_with_a_change_of_case_mapping_is_handled_at_once()
    {
        var script = Script.InChannel("batch message-tags", "CASEMAPPING=ascii");
        for (var i = 0; i < 5000; i++)
        {
            script.Play($"< :U{i}!u@h JOIN #globenet");
        }

        script.Play("< :irc BATCH +s netsplit a b");
        for (var i = 0; i < 5000; i++)
        {
            script.Play($"< @batch=s :u{i}!u@h QUIT :split");
        }

        script.Play("< :irc BATCH -s", "< :irc 005 globot CASEMAPPING=rfc1459 :are supported");
        for (var i = 0; i < 5000; i++)
        {
            script.Play($"< :u{i}!u@h JOIN #globenet");
        }

        Assert.Equal(5000, script.Happened.OfType<IrcEvent.MemberJoined>().Count(j => j.AfterNetsplit));
        Assert.Empty(script.Written);
    }

    private static IrcMember Member(Script script) => Assert.IsType<IrcMember>(script.Session.Member("alice"));

    private static (string UserHost, string? Account, bool IsAway, bool IsBot) Facts(Script script) =>
        Member(script) is var m ? (m.UserHost, m.Account, m.IsAway, m.IsBot) : default;
}
