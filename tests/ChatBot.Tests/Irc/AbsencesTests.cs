using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>Who was away since when, from the lines of an IRC server.</summary>
public class AbsencesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private readonly Script _script = Script.InChannel("extended-join account-notify account-tag away-notify message-tags");
    private readonly Absences _absences = new();
    private int _heard;

    [Fact]
    public void Who_left_and_came_back_was_away_since_they_left()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice", "< :alice!a@h PRIVMSG #globenet :bonsoir");
        At(60, "< :alice!a@h QUIT :dodo");
        At(600, "< :al!x@elsewhere JOIN #globenet alice :Alice", "< :al!x@elsewhere PRIVMSG #globenet :bonjour");
        Assert.Equal(Seen(60, LastSeenBy.Left), Of("al", "alice", 601));
        Assert.Null(Of("al", null, 601));
    }

    [Fact]
    public void Who_was_marked_away_was_away_since_then()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(30, "< :alice!a@h AWAY :diner");
        At(300, "< :alice!a@h AWAY");
        Assert.Equal(Seen(30, LastSeenBy.Away), Of("alice", "alice", 301));
    }

    [Fact]
    public void Who_never_left_last_spoke_before_the_question()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice", "< :alice!a@h PRIVMSG #globenet :bonsoir");
        At(90, "< :alice!a@h PRIVMSG #globenet :!since");
        Assert.Equal(Seen(0, LastSeenBy.Spoke), Of("alice", "alice", 90));
        At(92, "< :alice!a@h PRIVMSG #globenet :!state hal");
        Assert.Equal(Seen(0, LastSeenBy.Spoke), Of("alice", "alice", 95));
        Assert.Equal(Seen(92, LastSeenBy.Spoke), Of("alice", "alice", 102));
    }

    [Fact]
    public void Who_has_been_back_for_half_a_day_has_read_it()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(10, "< :alice!a@h PART #globenet");
        At(100, "< :alice!a@h JOIN #globenet alice :Alice", "< :alice!a@h PRIVMSG #globenet :re");
        Assert.Equal(Seen(10, LastSeenBy.Left), Of("alice", "alice", 100 + 719));
        Assert.Equal(Seen(100, LastSeenBy.Spoke), Of("alice", "alice", 100 + 721));
    }

    [Fact]
    public void A_connection_that_breaks_on_return_is_the_same_absence()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(10, "< :alice!a@h QUIT :Ping timeout");
        At(500, "< :alice!a@h JOIN #globenet alice :Alice");
        At(503, "< :alice!a@h QUIT :Ping timeout");
        At(504, "< :alice!a@h JOIN #globenet alice :Alice");
        Assert.Equal(Seen(10, LastSeenBy.Left), Of("alice", "alice", 505));
    }

    [Fact]
    public void Without_an_account_the_nick_counts_until_the_connection_ends()
    {
        At(0, "< :bob!b@h JOIN #globenet * :Bob");
        At(10, "< :bob!b@h NICK robert", "< :robert!b@h PART #globenet");
        Assert.Equal(Seen(10, LastSeenBy.Left), Of("robert", null, 20));
        Assert.Null(Of("bob", null, 20));
        _absences.Hear(new IrcEvent.Disconnecting("", CloseCause.Lost), Start.AddMinutes(21));
        Assert.Null(Of("robert", null, 22));
    }

    [Fact]
    public void An_account_outlives_the_connection()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(10, "< :alice!a@h PART #globenet");
        _absences.Hear(new IrcEvent.Disconnecting("", CloseCause.Lost), Start.AddMinutes(21));
        Assert.Equal(Seen(10, LastSeenBy.Left), Of("whatever", "ALICE", 22));
    }

    [Fact]
    public void Nothing_is_known_after_seven_days_nor_after_it_is_to_be_forgotten()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(10, "< :alice!a@h PART #globenet");
        Assert.NotNull(Of("alice", "alice", 7 * 24 * 60));
        Assert.Null(Of("alice", "alice", (7 * 24 * 60) + 11));
        Assert.Equal(1, _absences.Forget("alice", "alice"));
        Assert.Null(Of("alice", "alice", 11));
        Assert.Equal(0, _absences.Forget("alice", "alice"));
    }

    [Fact]
    public void Seven_days_later_it_is_deleted_and_not_only_unlisted()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice");
        At(10, "< :alice!a@h PART #globenet");
        At(8 * 24 * 60, "< :bob!b@h JOIN #globenet bob :Bob");
        Assert.Null(Of("alice", "alice", 20));
        Assert.Equal(0, _absences.Forget("alice", "alice"));
    }

    [Fact]
    public void A_crowd_is_bounded_and_the_longest_unseen_are_forgotten()
    {
        for (var i = 0; i < Absences.Most + 1; i++)
        {
            _absences.Hear(new IrcEvent.MemberParted("#globenet", new("n" + i, new("n" + i, "n" + i))), Start.AddSeconds(i));
        }

        Assert.Null(Of("n0", null, 60));
        Assert.NotNull(Of("n1", null, 60));
        Assert.NotNull(Of("n" + Absences.Most, null, 60));
    }

    [Fact]
    public void What_is_said_in_private_or_played_back_is_no_presence()
    {
        At(0, "< :alice!a@h JOIN #globenet alice :Alice", "< :alice!a@h PRIVMSG globot :status");
        Assert.Null(Of("alice", "alice", 10));
    }

    [Theory]
    [InlineData("rfc1459", true)]
    [InlineData("ascii", false)]
    public void A_nick_is_the_same_as_the_network_says(string mapping, bool isSame)
    {
        var script = Script.InChannel("", $"CASEMAPPING={mapping}");
        script.Play("< :foo[!a@h JOIN #globenet", "< :foo[!a@h PART #globenet", "< :FOO{!a@h PRIVMSG globot :since");
        foreach (var happened in script.Happened)
        {
            _absences.Hear(happened, Start);
        }

        var asked = script.Happened.OfType<IrcEvent.Message>().Single();
        Assert.Equal(isSame ? Seen(0, LastSeenBy.Left) : null, Of(asked.Names.Fold(asked.Nick), null, 10));
    }

    private static LastSeen Seen(int minute, LastSeenBy by) => new(Start.AddMinutes(minute), by);

    private LastSeen? Of(string nick, string? account, int minute) => _absences.Of(nick, account, Start.AddMinutes(minute));

    private void At(int minute, params string[] lines)
    {
        _script.Play(lines);
        foreach (var happened in _script.Happened.Skip(_heard))
        {
            _absences.Hear(happened, Start.AddMinutes(minute));
        }

        _heard = _script.Happened.Count;
    }
}
