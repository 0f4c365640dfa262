using System.Globalization;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class PaceTests
{
    private static readonly string[] Happenings =
    [
        "pong", "< :op!o@h KICK #globenet globot :out", "< :globot!bot@bot.example.org JOIN #globenet",
        "< :globot!bot@bot.example.org JOIN #elsewhere", "< :irc 263 globot WHO :Try again", "~ 6",
    ];

    private static readonly Gen<string> AnyStep = Gen.OneOf(
        Gen.Select(Gen.Int[1, 1500], Gen.Bool, (length, isReply) => (isReply ? "reply # alice " : "say # #globenet ") + new string('é', length / 2)),
        Gen.Select(Gen.Int[0, 9], nick => "ask nick" + nick),
        Gen.Select(Gen.Int[0, 30], tenths => string.Create(CultureInfo.InvariantCulture, $"~ {tenths / 10.0}")),
        Gen.Int[0, Happenings.Length - 1].Select(i => Happenings[i]));

    [Fact]
    public void Whatever_we_have_to_say_no_server_kills_us_for_it() =>
        Gen.Select(AnyStep.List[0, 120], Gen.Bool).Sample(
            (steps, labels) =>
            {
                var script = Script.InChannel(labels ? "message-tags batch labeled-response echo-message" : "", "WHOX MONITOR=9");
                for (var i = 0; i < steps.Count; i++)
                {
                    if (steps[i] != "pong")
                    {
                        script.Play(steps[i].Replace(" # ", $" {i} ", StringComparison.Ordinal));
                    }
                    else if (script.Written.LastOrDefault(w => w.Line.StartsWith("PING said-", StringComparison.Ordinal)).Line is { } ping)
                    {
                        script.Play("< :irc PONG irc " + ping[5..]);
                    }
                }

                script.Advance(30);
                Assert.All(FloodRule.All, rule => Assert.Null(rule.Kills(script.Written)));
            },
            iter: 1000);

    [Fact]
    public void The_rules_do_kill()
    {
        var lines = Enumerable.Range(0, 100).Select(i => (TimeSpan.Zero, new string('x', 100)));
        Assert.Equal(
            ["InspIRCd 3.15 with fakelag, measured", "InspIRCd 3.15 without fakelag, measured", "ircd-hybrid 8.2.43, measured", "solanum, by its reference.conf"],
            FloodRule.All.Where(rule => rule.Kills(lines) is not null).Select(rule => rule.Name));
        // What was measured: 58 short lines survived on hybrid.
        Assert.Null(FloodRule.All[3].Kills(Enumerable.Range(0, 58).Select(i => (TimeSpan.Zero, new string('x', 42)))));
    }

    [Fact]
    public void Long_lines_wait_for_their_bytes()
    {
        var script = Script.InChannel();
        script.Play("reply 1 #globenet " + new string('x', 5000));
        Assert.Equal(4, script.Written.Count);
    }

    [Theory]
    [InlineData("< :irc 439 globot alice :Target change too fast")]
    [InlineData("< :irc 707 globot alice :Targets changing too fast, message dropped")]
    [InlineData("< :irc 263 globot WHO :This command could not be completed because it has been used recently")]
    [InlineData("< :irc 480 globot #globenet :Cannot join channel (+j) - throttle exceeded")]
    public void Too_fast_halves_the_rate_for_a_minute(string told)
    {
        var script = Script.InChannel();
        script.Play(told);
        Assert.InRange(ToAlice(script, 20), 10, 13);
        Assert.InRange(ToAlice(script, 20), 19, 24);
    }

    [Fact]
    public void A_server_that_promises_a_safe_rate_is_not_spared()
    {
        var script = Script.InChannel(isupport: "SAFERATE");
        Assert.Equal(40, ToAlice(script, 0));
        script.Play("< :irc 005 globot -SAFERATE :are supported");
        Assert.InRange(ToAlice(script, 0), 1, 5);
    }

    [Fact]
    public void An_hour_of_calm_after_a_kill_gives_a_step_back()
    {
        var script = Script.InChannel();
        Kill(script);
        Kill(script);
        Assert.InRange(ToAlice(script, 20), 3, 7);
        Calm(script, minutes: 60);
        Assert.InRange(ToAlice(script, 20), 8, 13);
        Calm(script, minutes: 60);
        Assert.InRange(ToAlice(script, 20), 17, 24);
    }

    [Fact]
    public void A_server_that_kills_after_each_step_back_is_provoked_ever_more_rarely()
    {
        var script = Script.InChannel();
        var hours = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            Kill(script);
            var since = script.Now;
            while (script.Session.SayPace("alice")!.Interval > TimeSpan.FromSeconds(1.2))
            {
                Calm(script, minutes: 1);
            }

            hours.Add(Math.Round((script.Now - since).TotalHours));
        }
        Assert.Equal([1, 2, 4, 8, 16, 24, 24, 24], hours);

        Calm(script, minutes: 25 * 60);
        Kill(script);
        Calm(script, minutes: 60);
        Assert.InRange(ToAlice(script, 20), 17, 24);
    }

    [Fact]
    public void A_flood_of_pings_is_answered_and_silences_us_for_some_seconds_only()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 600; i++)
        {
            script.Play("< PING :x", "~ 0.1");
        }

        Assert.InRange(script.Written.Count(w => w.Line == "PONG :x"), 500, 700);
        script.Play("say 1 #globenet alert");
        script.Advance(15);
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG #globenet :alert");
    }

    [Fact]
    public void An_answer_that_is_a_minute_late_is_not_given()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 100; i++)
        {
            script.Play($"reply {i} alice x");
        }

        Calm(script, minutes: 2);
        var (said, dropped) = (script.Happened.Count(e => e is IrcEvent.Delivered), script.Happened.Count(e => e is IrcEvent.Unconfirmed));
        Assert.InRange(said, 45, 62);
        Assert.Equal(100, said + dropped);
    }

    [Fact]
    public void How_long_a_line_would_wait_is_told()
    {
        var script = Script.InChannel();
        Assert.Equal(TimeSpan.Zero, Wait(5));
        Assert.InRange(Wait(6).TotalSeconds, 1.0, 1.2);
        for (var i = 0; i < 20; i++)
        {
            script.Play($"say {i} #globenet x");
        }

        Assert.InRange(Wait(1).TotalSeconds, 15, 20);

        TimeSpan Wait(int lines) => script.Session.SayPace("#globenet")!.Wait(lines, script.Now);
    }

    [Fact]
    public void Root_channels_come_first_and_leave_the_others_each_fourth_line()
    {
        var script = Script.InChannel(options: Script.Options with { Channels = [new("#globenet"), new("#root", Audience.Root)] });
        script.Play("< :globot!bot@bot.example.org JOIN #root", "< :irc.example.org 366 globot #root :End", "< :irc.example.org 324 globot #root +k x");
        script.Advance(20);
        script.Play([.. Enumerable.Range(1, 10).Select(i => $"say {i} #globenet public"), .. Enumerable.Range(11, 5).Select(i => $"say {i} #root root")]);
        script.Forget();
        for (var i = 0; i < 40; i++)
        {
            script.Advance(1);
            Pong(script);
        }

        Assert.Equal(
            ["root", "root", "root", "public", "root", "root", "public"],
            script.Written.Where(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)).Select(w => w.Line.Split(':')[1]).Take(7));
    }

    [Fact]
    public void Of_the_last_lines_that_the_pace_allows_a_proof_takes_none_until_a_second_has_brought_it_more()
    {
        var script = Script.InChannel();
        script.RunToEnd("""
            say 1 #globenet one
            say 2 #globenet two
            say 3 #globenet three
            > PRIVMSG #globenet :one
            > PING said-1
            > PRIVMSG #globenet :two
            > PRIVMSG #globenet :three
            < :irc PONG irc :said-1
            * Delivered { Id = 1 }
            ~ 0.9
            ~ 0.2
            > PING said-2
            < :irc PONG irc :said-2
            * Delivered { Id = 2 }
            * Delivered { Id = 3 }
            """);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(2.2)]
    public void Whoever_makes_us_ask_who_they_are_an_alert_is_said_in_ten_seconds(double pause)
    {
        var script = Script.InChannel();
        for (var i = 0; i < 120; i++)
        {
            script.Play($"ask m{i % 7}", $"reply {1000 + i} m{i % 7} x", string.Create(CultureInfo.InvariantCulture, $"~ {pause}"));
            Pong(script);
            if (i % 20 == 19)
            {
                script.Play($"say {i} #globenet alert{i}");
                script.Advance(9);
                Pong(script);
                script.Advance(1);
                Assert.Contains(script.Written, w => w.Line == $"PRIVMSG #globenet :alert{i}");
            }
        }

        // Nor are the questions silenced.
        Assert.Contains(script.Written.TakeLast(20), w => w.Line.StartsWith("WHOIS m", StringComparison.Ordinal));
    }

    [Fact]
    public void An_alert_waits_for_one_question_at_most_and_questions_have_their_turn_behind_many_alerts()
    {
        var script = Script.InChannel();
        script.Play("ask a", "ask b", "ask c", "ask d", "say 1 #globenet first");
        for (var i = 2; i < 12; i++)
        {
            script.Play($"say {i} #globenet alert");
        }

        for (var i = 0; i < 40; i++)
        {
            script.Play("~ 0.5");
            Pong(script);
        }

        var lines = script.Written.Select(w => w.Line).Where(line => !line.StartsWith("PING", StringComparison.Ordinal)).ToList();
        var first = lines.FindIndex(line => line.EndsWith(":first", StringComparison.Ordinal));
        Assert.InRange(first, 0, 1);
        Assert.Equal(4, lines.Count(line => line.StartsWith("WHOIS", StringComparison.Ordinal)));
        var last = lines.FindLastIndex(line => line.EndsWith(":alert", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Enumerable.Range(first, last - first),
            i => lines[i].StartsWith("WHOIS", StringComparison.Ordinal) && lines[i + 1].StartsWith("WHOIS", StringComparison.Ordinal));
    }

    [Fact]
    public void Nor_does_a_server_that_finds_us_too_fast_delay_an_alert_behind_answers()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 60; i++)
        {
            script.Play($"ask m{i % 7}", $"reply {i} m{i} x");
        }

        script.Play("< :irc 439 globot m1 :Target change too fast", "~ 5", "say 1000 #globenet alert");
        script.Advance(10);
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG #globenet :alert");
    }

    [Fact]
    public void What_people_make_us_answer_takes_no_room_from_what_is_announced()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 300; i++)
        {
            script.Play($"reply {i} m{i} x");
        }

        script.Play("say 1000 #globenet alert");
        script.Advance(10);
        Assert.Contains(script.Written, w => w.Line == "PRIVMSG #globenet :alert");
    }

    private static void Pong(Script script)
    {
        if (script.Written.LastOrDefault(w => w.Line.StartsWith("PING ", StringComparison.Ordinal)).Line is { } ping)
        {
            script.Play("< :irc PONG irc " + ping[5..]);
        }
    }

    private static void Kill(Script script)
    {
        script.Play("< ERROR :Closing Link: globot (Excess Flood)", "lost", "connect", "< :irc 001 globot :hi");
        Calm(script, minutes: 1);
    }

    private static int ToAlice(Script script, double seconds)
    {
        script.Forget();
        script.Play("< PING :x");
        for (var i = 0; i < 40; i++)
        {
            script.Play($"reply {i} alice x");
        }

        script.Advance(seconds);
        var said = script.Written.Count(w => w.Line.StartsWith("PRIVMSG alice", StringComparison.Ordinal));
        Calm(script, minutes: 3);
        return said;
    }

    private static void Calm(Script script, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            script.Play("< PING :x");
            script.Advance(60);
        }
    }
}
