using ChatBot.Core.Irc;
using ChatBot.Core.People;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class IdentityTests
{
    private const string Tags = "message-tags account-tag";

    [Theory]
    [InlineData("@account=alice :a!a@h", "alice")]
    [InlineData("@time=x;account=alice;msgid=1 :a!a@h", "alice")]
    [InlineData(":alice!a@h", null)]
    [InlineData("@account= :alice!a@h", null)]
    [InlineData("@account :alice!a@h", null)]
    [InlineData("@account=* :alice!a@h", null)]
    [InlineData("@+account=alice :a!a@h", null)]
    [InlineData("@account=mallory;account=alice :a!a@h", null)]
    [InlineData("@account=alice;account=alice :a!a@h", null)]
    [InlineData("@account=al\\ice :a!a@h", null)]
    [InlineData("@account=alice\\s :a!a@h", null)]
    [InlineData("@account=ALICE\u200b :a!a@h", null)]
    public void An_account_is_what_the_tag_of_this_line_says_without_doubt(string start, string? account)
    {
        var script = Script.InChannel(Tags);
        script.Play($"< {start} PRIVMSG #globenet :!ack 1");

        Assert.Equal(account, Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened)).Account);
    }

    [Theory]
    [InlineData("sark[", true)]
    [InlineData("SARK[", true)]
    [InlineData("sark{", false)] // one account where services compare by rfc1459, two where they do not
    [InlineData("\u017Fark[", false)] // long s
    [InlineData("sar\u212A[", false)] // Kelvin sign
    [InlineData("s\u0430rk[", false)] // Cyrillic a
    [InlineData("sark[\u200B", false)]
    [InlineData(" sark[", false)]
    public void An_account_that_only_looks_like_an_admins_is_somebody_elses(string account, bool isAdmin)
    {
        var people = new People([new Person { Name = "sark", Roles = [Person.AdminRole], Accounts = ["sark["] }]);
        Assert.Equal(isAdmin, people.WithAccount(account) is { IsAdmin: true });
    }

    [Fact]
    public void A_tag_that_no_capability_vouches_for_is_nothing()
    {
        var script = Script.InChannel("message-tags");
        script.Play("< @account=alice :a!a@h PRIVMSG #globenet :!ack 1");

        Assert.Null(Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened)).Account);
    }

    [Theory]
    [InlineData("DEL :account-tag")]
    [InlineData("ACK :-account-tag")]
    public void A_capability_taken_back_locks(string taken)
    {
        var script = Script.InChannel(Tags);
        script.RunToEnd($$"""
            < :irc CAP globot {{taken}}
            ask alice
            * AccountAnswer { Id = 1, Account = , CertFp =  }
            """);
    }

    [Theory]
    [InlineData(":irc.example.org PRIVMSG #globenet :!ack 1")]
    [InlineData(":irc.example.org!x@evil PRIVMSG #globenet :!ack 1")]
    [InlineData("PRIVMSG #globenet :!ack 1")]
    [InlineData(":globot!b@h PRIVMSG #globenet :!ack 1")]
    [InlineData(":a!a@h PRIVMSG #globenet")]
    [InlineData(":a!a@h PRIVMSG #elsewhere :!ack 1")]
    [InlineData(":a!a@h PRIVMSG #globenet :\u0001PING 1 2\u0001")]
    [InlineData(":a!a@h TAGMSG #globenet")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001ACTION\u0001")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001PING 12345678901234567890123456789012345678901234567890123456789012345\u0001")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001PING\u0001")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001TIME\u0001")]
    [InlineData(":a!a@h INVITE bob #globenet")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001DCC SEND x 1 2 3\u0001")]
    [InlineData(":a!a@h PRIVMSG globot :\u0001FINGER")]
    [InlineData(":NickServ!x@evil NOTICE globot :\u0001VERSION\u0001")]
    public void What_is_not_somebody_speaking_to_us_is_silence(string line)
    {
        var script = Script.InChannel(Tags);
        script.Play("< " + line, "~ 10");

        Assert.Empty(script.Happened);
        Assert.Empty(script.Written);
    }

    [Fact]
    public void An_action_is_never_a_command()
    {
        var script = Script.InChannel();
        script.Play("< :a!a@h PRIVMSG #globenet :\u0001ACTION !ack 1\u0001");

        Assert.Equal(new IrcEvent.Action("#globenet", "a", "!ack 1", IsPrivate: false), Assert.Single(script.Happened));
    }

    [Fact]
    public void A_question_by_whox_takes_only_its_own_answer() => Script.InChannel(isupport: "WHOX").RunToEnd("""
        < :irc 330 globot mallory admin :is logged in as
        < :irc 354 globot 100 m h mallory admin
        ask mallory
        > WHO mallory %tuhna,100
        < :irc 330 globot mallory admin :is logged in as
        < :irc 354 globot 101 m h mallory admin
        < :irc 354 globot 100 m h other admin
        < :irc 354 globot 100 mallory admin
        < :irc 354 globot 100 m h mallory 0
        < :irc 315 globot mallory :End
        * AccountAnswer { Id = 1, Account = , CertFp =  }
        ask alice
        ~ 1.1
        > WHO alice %tuhna,101
        < :irc 354 globot 100 a h alice admin
        < :irc 354 globot 101 a h alice alice
        < :irc 315 globot alice :End
        * AccountAnswer { Id = 2, Account = alice, CertFp =  }
        """);

    [Fact]
    public void A_question_by_whois_learns_account_and_certificate() => Script.InChannel().RunToEnd("""
        ask alice
        > WHOIS alice
        < :irc 311 globot ALICE a h * :Alice
        < :irc 330 globot alice alice :is logged in as
        < :irc 276 globot alice :has client certificate fingerprint AB12cd
        < :irc 330 globot bob mallory :is logged in as
        < :irc 318 globot alice :End
        * AccountAnswer { Id = 1, Account = alice, CertFp = ab12cd }
        """);

    [Fact]
    public void Where_lines_carry_accounts_a_question_only_learns_a_certificate() => Script.InChannel(Tags, "WHOX").RunToEnd("""
        ask alice
        > WHOIS alice
        < :irc 311 globot alice a h * :Alice
        < :irc 330 globot alice alice :is logged in as
        < :irc 276 globot alice :has client certificate fingerprint ab12
        < :irc 318 globot alice :End
        * AccountAnswer { Id = 1, Account = , CertFp = ab12 }
        """);

    [Theory]
    [InlineData("< :irc 330 globot alice bob :is", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 330 globot alice * :is", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 330 globot alice", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 330 globot alice :alice and more", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 330 globot alice :is logged in as alice", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 330 globot alice ALICE :is", "< :irc 318 globot alice :End")]
    [InlineData("< :irc 311 globot alice m evil * :A", "< :irc 318 globot alice :End")]
    [InlineData("< :alice!a@h QUIT :bye", "< :irc 318 globot alice :End")]
    [InlineData("< :alice!a@h QUIT :a.example b.example", "< :alice!a@h JOIN #globenet", "< :irc 318 globot alice :End")]
    [InlineData("< :alice!a@h NICK bob", "< :irc 318 globot alice :End")]
    [InlineData("< :bob!a@h NICK alice", "< :irc 318 globot alice :End")]
    [InlineData("< :alice!a@h ACCOUNT *", "< :irc 318 globot alice :End")]
    [InlineData("< :alice!a@h ACCOUNT admin", "< :irc 318 globot alice :End")]
    [InlineData("~ 6", "< :irc 318 globot alice :End")]
    [InlineData("< :irc CAP globot NEW :account-tag", "< :irc CAP globot ACK :account-tag", "< :irc CAP globot DEL :account-tag", "< :irc 318 globot alice :End")]
    [InlineData("lost")]
    public void Doubt_is_nobody(params string[] steps)
    {
        var script = Script.InChannel();
        script.Play(
            "< :alice!a@h PRIVMSG #globenet :!ack 1", "ask alice", "< :irc 311 globot alice a h * :Alice",
            "< :irc 330 globot alice alice :is logged in as");
        script.Play(steps);

        Assert.Equal(new IrcEvent.AccountAnswer(1, null, null), Assert.Single(script.Happened.OfType<IrcEvent.AccountAnswer>()));
    }

    [Theory]
    [InlineData("< :irc 330 globot alice alice :is")]
    [InlineData("< :irc 311 globot alice a h * :Alice", "< :mallory!m@h 330 globot alice alice :is")]
    [InlineData("< :irc 311 globot alice m evil * :Alice", "< :irc 330 globot alice alice :is")]
    [InlineData("< :mallory!m@evil 311 globot alice a h * :Alice", "< :irc 330 globot alice alice :is")]
    [InlineData("< :irc 401 globot alice :No such nick")]
    public void Only_the_servers_word_about_the_very_speaker_counts(params string[] numerics)
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h PRIVMSG globot :ack 1", "ask alice");
        script.Play(numerics);
        script.Play("< :irc 318 globot alice :End");

        Assert.Null(Assert.Single(script.Happened.OfType<IrcEvent.AccountAnswer>()).Account);
    }

    [Fact]
    public void Who_takes_a_nick_after_the_command_was_given_does_not_answer_for_it() => Script.InChannel().RunToEnd("""
        < :mallory!m@h PRIVMSG #globenet :!ack 1
        * Message
        < :mallory!m@h QUIT :hub.example leaf.example
        < :mallory!m@h JOIN #globenet
        * MemberJoined
        ~ 20
        ask mallory
        * AccountAnswer { Id = 1, Account = , CertFp =  }
        < :mallory!m@h PRIVMSG #globenet :!ack 1
        * Message
        ask mallory
        > WHOIS mallory
        """);

    [Fact]
    public void A_command_that_waited_too_long_or_came_by_another_connection_is_nobodys()
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h PRIVMSG #globenet :!ack 1", "~ 31", "ask alice");
        script.Play("< :alice!a@h PRIVMSG #globenet :!ack 1", "lost", "connect", "~ 1", "< :irc 001 globot :hi", "ask alice");

        Assert.Equal(2, script.Happened.Count(e => e is IrcEvent.AccountAnswer { Account: null }));
        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("WHO", StringComparison.Ordinal));
    }

    [Fact]
    public void A_late_answer_is_not_the_next_questions() => Script.InChannel().RunToEnd("""
        ask alice
        > WHOIS alice
        ~ 6
        * AccountAnswer { Id = 1, Account = , CertFp =  }
        < :alice!a@h PRIVMSG #globenet :!ack 1
        * Message
        ask alice
        > WHOIS alice
        < :irc 311 globot alice a h * :Alice
        < :irc 330 globot alice admin :is logged in as
        < :irc 318 globot alice :End
        < :irc 311 globot alice a h * :Alice
        < :irc 318 globot alice :End
        * AccountAnswer { Id = 2, Account = , CertFp =  }
        """);

    [Fact]
    public void Two_questions_about_one_nick_have_an_answer_each() => Script.InChannel(isupport: "CASEMAPPING=rfc1459").RunToEnd("""
        ask a[ice
        > WHOIS a[ice
        ask A{ICE
        ~ 1.1
        > WHOIS A{ICE
        < :irc 311 globot a[ice a h * :Alice
        < :irc 330 globot a[ice alice :is logged in as
        < :irc 318 globot a[ice :End
        * AccountAnswer { Id = 1, Account = alice, CertFp =  }
        < :irc 311 globot a[ice a h * :Alice
        < :irc 330 globot a[ice alice :is logged in as
        < :irc 318 globot a[ice :End
        * AccountAnswer { Id = 2, Account = , CertFp =  }
        """);

    [Fact]
    public void Where_the_server_tells_nicks_apart_only_by_letters_so_do_answers() => Script.InChannel(isupport: "CASEMAPPING=ascii").RunToEnd("""
        ask a[ice
        > WHOIS a[ice
        < :irc 311 globot a{ice a h * :Alice
        < :irc 330 globot a{ice admin :is logged in as
        < :irc 318 globot a{ice :End
        < :irc 318 globot A[ICE :End
        * AccountAnswer { Id = 1, Account = , CertFp =  }
        """);

    [Fact]
    public void A_line_without_user_and_host_is_nobodys()
    {
        var script = Script.InChannel();
        script.Play("< :alice@h PRIVMSG globot :ack 1", "ask alice");

        Assert.Contains(script.Happened, e => e is IrcEvent.AccountAnswer { Account: null });
        Assert.Empty(script.Written);
    }

    [Fact]
    public void What_is_said_before_we_are_in_is_not_heard()
    {
        var script = new Script();
        script.Play("connect", "< :irc CAP * LS :message-tags account-tag", "< :irc CAP * ACK :message-tags account-tag");
        script.Play("< @account=alice :alice!a@h PRIVMSG globot :ack 1", "< :irc 001 globot :hi");
        script.Play("< @account=alice :alice!a@h PRIVMSG #globenet :!ack 1");

        Assert.DoesNotContain(script.Happened, e => e is IrcEvent.Message);
    }

    [Fact]
    public void A_line_from_before_the_capability_has_no_account()
    {
        var script = Script.InChannel();
        script.Play(
            "< :irc CAP globot NEW :account-tag message-tags", "< @account=alice :alice!a@h PRIVMSG #globenet :!ack 1",
            "< :irc CAP globot ACK :account-tag message-tags", "< @account=alice :alice!a@h PRIVMSG #globenet :!ack 2");

        Assert.Equal([null, "alice"], script.Happened.OfType<IrcEvent.Message>().Select(m => m.Account));
    }

    [Fact]
    public void A_word_to_the_operators_of_a_channel_is_of_that_channel()
    {
        var script = Script.InChannel(Tags, "STATUSMSG=@+");
        script.Play("< @account=alice :a!a@h PRIVMSG @#globenet :!ack 1", "< @account=alice :a!a@h PRIVMSG @#elsewhere :!ack 1");

        Assert.Equal("#globenet", Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened)).Target);
    }

    [Fact]
    public void Playback_is_marked_and_a_repeated_line_is_heard_once()
    {
        var script = Script.InChannel("message-tags batch server-time");
        script.Play(
            "< :irc BATCH +h chathistory #globenet",
            "< @batch=h;time=2026-01-02T03:04:05.678Z;msgid=m1 :a!a@h PRIVMSG #globenet :!ack 1",
            "< :irc BATCH -h",
            "< @msgid=m1 :a!a@h PRIVMSG #globenet :!ack 1");

        var message = Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened));
        Assert.True(message.IsHistory);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), message.Time);
    }

    [Theory]
    [InlineData("2001-01-01T12:00:40Z", false)] // the server's clock is decades wrong, and the line is of now
    [InlineData("2001-01-01T12:00:11Z", false)]
    [InlineData("2001-01-01T12:00:09Z", true)]
    [InlineData("2000-12-31T12:00:00Z", true)]
    [InlineData("2026-11-23T12:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", true)]
    public void An_old_line_is_playback_by_the_servers_own_clock(string time, bool isHistory)
    {
        var script = Timed("@time=2001-01-01T12:00:00Z ");
        script.Play("~ 40", $"< @time={time} :a!a@h PRIVMSG globot :ack 1");

        Assert.Equal(isHistory, Assert.Single(script.Happened.OfType<IrcEvent.Message>()).IsHistory);
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_us_deaf_only_until_the_server_speaks_of_itself()
    {
        var script = Timed("@time=2026-01-01T12:00:00Z ");
        script.Play(
            "< @time=2026-01-01T11:00:00Z :a!a@h PRIVMSG globot :ack 1", "< @time=2026-01-01T11:00:01Z :irc PONG irc alive",
            "< @time=2026-01-01T11:00:02Z :a!a@h PRIVMSG globot :ack 1");

        Assert.Equal([true, false], script.Happened.OfType<IrcEvent.Message>().Select(m => m.IsHistory));
    }

    [Fact]
    public void Where_only_peoples_lines_have_times_they_are_playback_until_our_own_join_has_one()
    {
        var script = Timed("");
        script.Play(
            "< @time=2026-01-01T12:00:00Z :a!a@h PRIVMSG globot :ack 1", "< :a!a@h PRIVMSG globot :ack 1",
            "< @time=2026-01-01T12:00:00Z :b!b@h JOIN #globenet", "< @time=2026-01-01T12:00:00Z :a!a@h PRIVMSG globot :ack 1",
            "< @time=2026-01-01T12:00:00Z :globot!b@h JOIN #globenet", "< @time=2026-01-01T12:00:00Z :a!a@h PRIVMSG globot :ack 1");

        Assert.Equal([true, false, true, false], script.Happened.OfType<IrcEvent.Message>().Select(m => m.IsHistory));
    }

    private static Script Timed(string tags)
    {
        var script = new Script();
        script.Play("connect", "< :irc CAP * LS :server-time message-tags", "< :irc CAP * ACK :server-time message-tags");
        script.Play($"< {tags}:irc 001 globot :Welcome");
        return script;
    }

    [Theory]
    [InlineData("@time=rubbish;bot")]
    [InlineData("@time=99999-99-99T99:99:99Z;bot")]
    public void A_bot_tag_is_seen_and_an_absurd_time_is_none(string tags)
    {
        var script = Script.InChannel("message-tags server-time");
        script.Play($"< {tags} :a!a@h PRIVMSG globot :hi");

        var message = Assert.IsType<IrcEvent.Message>(Assert.Single(script.Happened));
        Assert.True(message.IsBot);
        Assert.True(message.IsPrivate);
        Assert.Equal("a", message.Target);
        Assert.Null(message.Time);
    }
}
