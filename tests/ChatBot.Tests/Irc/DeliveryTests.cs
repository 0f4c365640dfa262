using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class DeliveryTests
{
    private const string Labels = "message-tags batch labeled-response echo-message";

    [Fact]
    public void A_line_is_confirmed_by_the_pong_of_a_ping_written_after_it() => Script.InChannel().RunToEnd("""
        say 1 #globenet hello
        > PRIVMSG #globenet :hello
        > PING said-1
        < :irc PONG irc :alive
        < :irc PONG irc :said-1
        * Delivered { Id = 1 }
        """);

    [Fact]
    public void What_was_written_is_asked_after_before_the_goodbye_and_nothing_is_written_behind_it()
    {
        var script = Script.InChannel();
        for (var id = 1; id <= 7; id++)
        {
            script.Run($"say {id} #globenet {id}");
        }

        script.Forget();
        script.RunToEnd("""
            quit
            > PING said-2
            > QUIT :bye
            < :irc PONG irc said-2
            * Delivered { Id = 1 }
            * Delivered { Id = 2 }
            * Delivered { Id = 3 }
            * Delivered { Id = 4 }
            ~ 5
            lost
            * Disconnecting { Reason = lost, Cause = Lost }
            * Unconfirmed { Id = 5 }
            * Unconfirmed { Id = 6 }
            * Unconfirmed { Id = 7 }
            * LeftChannel { Channel = #globenet, Reason = disconnected }
            """);
    }

    [Fact]
    public void A_line_is_confirmed_by_its_labelled_echo() => Script.InChannel(Labels).RunToEnd("""
        say 1 #globenet hello
        > @label=1 PRIVMSG #globenet :hello
        say 2 #globenet world
        > @label=2 PRIVMSG #globenet :world
        < @label=2 :globot!b@h PRIVMSG #globenet :world
        * Delivered { Id = 2 }
        < @label=1;msgid=x :globot!b@h PRIVMSG #globenet :hello
        * Delivered { Id = 1 }
        """);

    [Fact]
    public void An_echo_without_label_confirms_the_oldest_line_with_this_text() => Script.InChannel(Labels).RunToEnd("""
        say 1 #globenet hello
        > @label=1 PRIVMSG #globenet :hello
        < :globot!b@h PRIVMSG #globenet :hello
        * Delivered { Id = 1 }
        """);

    [Fact]
    public void An_echo_that_does_not_come_is_asked_after() => Script.InChannel(Labels).RunToEnd("""
        say 1 #globenet hello
        > @label=1 PRIVMSG #globenet :hello
        ~ 6
        > PING said-1
        < :irc PONG irc said-1
        * Delivered { Id = 1 }
        """);

    [Fact]
    public void A_label_in_a_batch_refuses_its_line() => Script.InChannel(Labels).RunToEnd("""
        say 1 #globenet hello
        > @label=1 PRIVMSG #globenet :hello
        < @label=1 :irc BATCH +x labeled-response
        < @batch=x :irc FAIL PRIVMSG CANNOT_SEND #globenet :No
        * Refused { Id = 1, Reason = CANNOT_SEND No, IsOfText = False }
        * StandardReply { Kind = FAIL, Command = PRIVMSG, Code = CANNOT_SEND }
        """);

    [Theory]
    [InlineData(1, "Unconfirmed { Id = 2")]
    [InlineData(2, "Refused { Id = 2")]
    public void An_error_that_may_mean_a_reply_condemns_no_other_line(int errors, string fate)
    {
        var script = Script.InChannel();
        script.Play("reply 1 #globenet you ask", "say 2 #globenet alert");
        for (var i = 0; i < errors; i++)
        {
            script.Play("< :irc 404 globot #globenet :Cannot send to channel");
        }

        script.Forget();
        script.RunToEnd($"""
            < :irc PONG irc :said-1
            * {fate}
            """);
    }

    [Fact]
    public void A_reply_that_the_server_has_accepted_is_no_longer_suspected()
    {
        var script = Script.InChannel();
        script.Play("reply 1 #globenet you ask", "say 2 #globenet alert", "< :irc PONG irc :said-1");
        script.Forget();
        script.RunToEnd("""
            say 3 #globenet another
            > PRIVMSG #globenet :another
            ~ 1
            > PING said-2
            < :irc 404 globot #globenet :Cannot send to channel
            * Refused { Id = 3
            """);
    }

    [Theory]
    [InlineData("< :alice!a@h QUIT :gone")]
    [InlineData("< :alice!a@h NICK other")]
    [InlineData("< :mallory!m@h NICK alice")]
    [InlineData("< :alice!a@h ACCOUNT *")]
    public void An_answer_for_somebodys_eyes_is_not_said_to_who_has_the_nick_after(string passes)
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h PRIVMSG globot :incidents");
        script.Forget();
        script.Play("answer 1 alice first");
        for (var i = 2; i < 10; i++)
        {
            script.Play($"answer {i} alice secret");
        }

        script.Play(passes, "answer 10 alice secret", "reply 11 alice welcome", "~ 30");

        Assert.Equal(5, script.Written.Count(w => w.Line.StartsWith("PRIVMSG alice", StringComparison.Ordinal) && !w.Line.EndsWith("welcome", StringComparison.Ordinal)));
        Assert.Equal(6, script.Happened.Count(e => e is IrcEvent.Delivered));
        Assert.Equal(5, script.Happened.Count(e => e is IrcEvent.Unconfirmed));
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG alice :welcome");
    }

    [Fact]
    public void An_answer_to_what_was_said_on_another_connection_is_for_nobody()
    {
        var script = Script.InChannel();
        script.Play("< :alice!a@h PRIVMSG globot :incidents", "~ 5", "lost", "connect", "< :irc 001 globot :hi", "answer 1 alice secret");
        Assert.Single(script.Happened.OfType<IrcEvent.Unconfirmed>());
        Assert.DoesNotContain(script.Written, w => w.Line.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("404 globot #globenet :Cannot send to channel")]
    [InlineData("403 globot #globenet :No such channel")]
    [InlineData("477 globot #globenet :You need a registered nick")]
    public void An_error_refuses_the_line_it_names(string error) => Script.InChannel().RunToEnd($$"""
        say 1 #globenet hello
        > PRIVMSG #globenet :hello
        > PING said-1
        < :irc {{error}}
        * Refused { Id = 1, Reason = {{error[..3]}}
        < :irc PONG irc said-1
        """);

    [Fact]
    public void A_reply_needs_no_proof_and_no_room_among_the_relays() => Script.InChannel().RunToEnd("""
        say 1 #globenet relay
        > PRIVMSG #globenet :relay
        > PING said-1
        reply 2 alice answer
        > PRIVMSG alice :answer
        * Delivered { Id = 2 }
        < :irc PONG irc said-1
        * Delivered { Id = 1 }
        """);

    [Fact]
    public void A_private_line_to_nobody_is_refused() => Script.InChannel().RunToEnd("""
        say 7 gone hello
        > PRIVMSG gone :hello
        > PING said-1
        < :irc 401 globot gone :No such nick/channel
        * Refused { Id = 7, Reason = 401 No such nick/channel, IsOfText = False }
        """);

    [Fact]
    public void What_is_not_confirmed_when_the_connection_is_lost_is_reported() => Script.InChannel().RunToEnd("""
        say 1 #globenet hello
        > PRIVMSG #globenet :hello
        > PING said-1
        lost
        * Disconnecting
        * Unconfirmed { Id = 1 }
        * LeftChannel
        say 2 #globenet hello
        * Unconfirmed { Id = 2 }
        """);

    [Fact]
    public void A_long_text_goes_in_pieces_and_is_confirmed_by_the_last()
    {
        var script = Script.InChannel();
        script.Play("say 1 #globenet " + string.Join(' ', Enumerable.Repeat("mot", 200)));
        Assert.Equal(2, script.Written.Count(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)));
        script.Play("< :irc PONG irc said-1");
        Assert.Equal(new IrcEvent.Delivered(1), Assert.Single(script.Happened));
    }

    [Fact]
    public void No_line_is_cut_by_the_prefix_that_the_server_adds()
    {
        var script = Script.InChannel();
        script.Play("say 1 #globenet " + new string('x', 2000), "~ 10");

        var relayed = script.Written.Where(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal))
            .Select(w => $":globot!bot@bot.example.org {w.Line}\r\n".Length).ToArray();
        Assert.All(relayed, length => Assert.InRange(length, 1, 512));
        Assert.Equal(512, relayed[0]);
    }

    [Theory]
    [InlineData("a\r\nQUIT :injected", "a  QUIT :injected")]
    [InlineData("a\0b\x01" + "c\x1b[2Jd", "abc[2Jd")]
    [InlineData("a\u202eb\u200bc\u2028d", "abc d")]
    [InlineData("👩\u200d🚒 é", "👩\u200d🚒 é")]
    [InlineData("z\u0300\u0301\u0302\u0303\u0304\u0305", "z\u0300\u0301\u0302")]
    public void Text_cannot_command_nor_hide(string text, string written)
    {
        var script = Script.InChannel();
        script.Session.Say(1, "#globenet", text, SayKind.Privmsg, SayPriority.Relay, script.Now);
        Assert.Equal("PRIVMSG #globenet :" + written, script.Session.TakeLines()[0]);
    }

    [Theory]
    [InlineData("alice,#globenet")]
    [InlineData("alice bob")]
    [InlineData("a\r\nQUIT")]
    [InlineData("")]
    [InlineData(":x")]
    [InlineData("*")]
    public void A_target_that_is_not_one_name_is_refused(string target)
    {
        var script = Script.InChannel();
        script.Session.Say(1, target, "x", SayKind.Privmsg, SayPriority.Reply, script.Now);
        Assert.Empty(script.Session.TakeLines());
        Assert.IsType<IrcEvent.Refused>(Assert.Single(script.Session.TakeEvents()));
    }

    [Fact]
    public void Many_lines_go_at_a_pace_that_no_server_kills_for()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 60; i++)
        {
            script.Play($"say {i} #globenet line {i}");
        }

        for (var i = 0; i < 200; i++)
        {
            Confirm(script);
            script.Advance(0.5);
        }

        Assert.Equal(60, script.Happened.OfType<IrcEvent.Delivered>().Count());
        AssertGentle(script);
    }

    [Fact]
    public void Never_more_than_six_lines_can_be_repeated()
    {
        var script = Script.InChannel(options: Script.Options with { Pace = IrcPace.Off });
        for (var i = 0; i < 20; i++)
        {
            script.Play($"say {i} #globenet line {i}");
        }

        script.Advance(20);

        Assert.Equal(6, script.Written.Count(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_a_limit_everything_goes_as_fast_as_it_is_confirmed()
    {
        var script = Script.InChannel(options: Script.Options with { Pace = IrcPace.Off });
        for (var i = 0; i < 100; i++)
        {
            script.Play($"say {i} #globenet line {i}");
        }

        for (var i = 0; i < 60; i++)
        {
            Confirm(script);
        }

        Assert.Equal(100, script.Happened.OfType<IrcEvent.Delivered>().Count());
    }

    [Fact]
    public void Relays_go_before_replies_but_do_not_starve_them()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 20; i++)
        {
            script.Play($"say {i} #globenet relay");
        }

        script.Forget();
        for (var i = 20; i < 30; i++)
        {
            script.Play($"reply {i} alice reply");
        }

        for (var i = 0; i < 60; i++)
        {
            Confirm(script);
            script.Advance(0.5);
        }

        var said = script.Written.Where(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)).Select(w => w.Line[^5..]).Take(12);
        Assert.Equal(["reply", "relay", "relay", "relay", "reply", "relay", "relay", "relay"], said.Take(8));
    }

    [Fact]
    public void What_newcomers_are_to_read_makes_no_alert_late()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 40; i++)
        {
            script.Play($"say {i} new{i % 5} welcome");
        }

        for (var i = 40; i < 50; i++)
        {
            script.Play($"reply {i} asker{i} reply");
        }

        script.Forget();
        for (var i = 50; i < 53; i++)
        {
            script.Play($"say {i} #globenet alert");
        }

        for (var i = 0; i < 60; i++)
        {
            Confirm(script);
            script.Advance(0.5);
        }

        var said = script.Written.Where(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)).Select(w => w.Line.Split(':')[^1]).ToList();
        Assert.Equal(3, said.Take(4).Count(one => one == "alert"));
        Assert.Contains("welcome", said);
    }

    [Fact]
    public void A_full_queue_says_so()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 300; i++)
        {
            script.Play($"say {i} #globenet x");
        }

        Assert.InRange(script.Happened.OfType<IrcEvent.Unconfirmed>().Count(), 30, 50);
    }

    [Fact]
    public void A_kill_for_flooding_halves_the_pace()
    {
        var script = Script.InChannel();
        script.Play("< ERROR :Closing Link: globot (Excess Flood)");
        Assert.Equal(CloseCause.Flooded, script.Session.Disconnected("x", script.Now).Cause);
        script.Play("connect", "< :irc 001 globot :hi", "< :globot!b@h JOIN #globenet");
        script.Advance(30);
        script.Forget();
        for (var i = 0; i < 30; i++)
        {
            script.Play($"say {i} #globenet x");
        }

        for (var i = 0; i < 20; i++)
        {
            Confirm(script);
            script.Advance(1);
        }

        Assert.InRange(script.Written.Count, 8, 14);
    }

    [Fact]
    public void Too_fast_says_the_server_and_the_line_is_for_later() => Script.InChannel().RunToEnd("""
        say 1 alice hello
        > PRIVMSG alice :hello
        > PING said-1
        < :irc 439 globot alice :Target change too fast
        * Unconfirmed { Id = 1 }
        """);

    [Fact]
    public void What_the_server_drops_because_others_flood_the_channel_is_to_be_said_again_soon() => Script.InChannel().RunToEnd("""
        say 1 #globenet alert
        > PRIVMSG #globenet :alert
        > PING said-1
        < :irc NOTICE globot :*** Message to #globenet throttled due to flooding
        * Dropped { Id = 1 }
        < :irc PONG irc :said-1
        """);

    [Fact]
    public void While_a_server_drops_lines_answers_wait_for_alerts()
    {
        var script = Script.InChannel();
        script.Play("say 1 #globenet alert", "< :irc NOTICE globot :*** Message to #globenet throttled due to flooding", "< :irc PONG irc :said-1");
        script.Play([.. Enumerable.Range(2, 10).Select(i => $"reply {i} alice answer")]);
        var before = Said().Count;
        script.Play("say 12 #globenet alert", "~ 10");
        Assert.Equal("PRIVMSG #globenet :alert", Said()[before]);
        Assert.Contains("PRIVMSG alice :answer", Said().Skip(before));

        List<string> Said() => [.. script.Written.Select(w => w.Line).Where(line => line.StartsWith("PRIVMSG", StringComparison.Ordinal))];
    }

    [Fact]
    public void Where_an_answer_or_an_alert_was_dropped_the_alert_is_said_again() => Script.InChannel().RunToEnd("""
        reply 1 #globenet answer
        say 2 #globenet alert
        > PRIVMSG #globenet :answer
        * Delivered { Id = 1 }
        > PRIVMSG #globenet :alert
        > PING said-1
        < :irc NOTICE globot :*** Message to #globenet throttled due to flooding
        < :irc PONG irc :said-1
        * Dropped { Id = 2 }
        """);

    [Fact]
    public void Nobody_but_the_server_says_that_it_dropped_a_line() => Script.InChannel().RunToEnd("""
        say 1 #globenet alert
        > PRIVMSG #globenet :alert
        > PING said-1
        < :eve!e@eve.example NOTICE globot :*** Message to #globenet throttled due to flooding
        * Message { Target = eve
        < :irc PONG irc :said-1
        * Delivered { Id = 1 }
        """);

    private static void Confirm(Script script)
    {
        var barrier = script.Written.LastOrDefault(w => w.Line.StartsWith("PING said-", StringComparison.Ordinal)).Line;
        if (barrier is not null)
        {
            script.Play("< :irc PONG irc " + barrier[5..]);
        }
    }

    // The strictest default: a penalty of one a line that falls by one a second must stay below ten.
    private static void AssertGentle(Script script)
    {
        double penalty = 0;
        var last = TimeSpan.Zero;
        foreach (var (at, _) in script.Written)
        {
            penalty = Math.Max(0, penalty - (at - last).TotalSeconds) + 1;
            last = at;
            Assert.InRange(penalty, 0, 9.5);
        }
    }
}
