using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class HeartbeatTests
{
    private const string Alive = "< :irc NOTICE globot :still here";

    private static readonly string[] Listed =
    [
        "< :irc 311 globot globot bot bot.example.org * :globot", "< :irc 319 globot globot :#elsewhere @#globenet",
        "< :irc 318 globot globot :End",
    ];

    private static readonly string[] Missing =
        ["< :irc 311 globot globot bot bot.example.org * :globot", "< :irc 319 globot globot :##globenet #globenet2", "< :irc 318 globot globot :End"];

    [Fact]
    public void A_channel_that_has_lost_us_is_joined_again_and_reported_once()
    {
        var script = Asked();
        script.Play(Listed);
        ToNextQuestion(script);
        script.Play(Missing);
        script.RunToEnd("""
            > NAMES #globenet
            < :irc 353 globot = #globenet :@alice bob
            < :irc 366 globot #globenet :End
            * LeftChannel { Channel = #globenet, Reason = the server no longer has us there }
            ~ 6
            > JOIN #globenet
            < :globot!bot@bot.example.org JOIN #globenet
            * Joined
            > MODE #globenet
            """);
    }

    [Theory]
    [InlineData("404", 61)]
    [InlineData("442", 61)]
    [InlineData("401", 0)]
    public void A_refusal_of_what_is_said_there_brings_the_question_forward(string numeric, int seconds)
    {
        var script = Asked();
        script.Play(Listed);
        script.Forget();
        var since = script.Now;
        script.Play($"< :irc {numeric} globot #globenet :Cannot send to channel");
        for (var i = 0; i < 20; i++)
        {
            script.Play(Alive, "~ 30");
        }

        var asked = script.Written.First(w => w.Line == "WHOIS globot").At - since;
        Assert.InRange(asked.TotalSeconds, seconds == 0 ? 200 : 30, seconds == 0 ? 400 : seconds);
    }

    [Fact]
    public void What_waits_to_be_said_does_not_delay_the_question()
    {
        var script = Script.InChannel();
        for (var i = 0; i < 500; i++)
        {
            script.Play($"say {i} #globenet x", Alive, "~ 1", "< :irc 404 globot #globenet :Cannot send to channel");
        }

        Assert.Contains(script.Written, w => w.Line == "WHOIS globot");
    }

    [Theory]
    [InlineData("@#globenet")]
    [InlineData("#other #globenet")]
    [InlineData("?@+#GLOBENET")]
    [InlineData("&#globenet", "CHANTYPES=#& PREFIX=(qaohv)~&@%+")]
    public void A_listed_channel_is_well_under_any_mark(string list, string isupport = "CASEMAPPING=rfc1459")
    {
        var script = Asked(isupport);
        script.Play("< :irc 311 globot globot b h * :globot", "< :irc 319 globot globot :#one #two", $"< :irc 319 globot globot :{list}");
        script.RunToEnd("< :irc 318 globot globot :End");

        Assert.Empty(script.Happened);
    }

    [Theory]
    [InlineData("< :irc 319 globot globot :#elsewhere")]
    [InlineData("< :irc 319 globot globot :##globenet #globenet2 x#globenet")]
    [InlineData("< :irc NOTICE globot :no list at all")]
    public void A_server_that_has_never_shown_us_anywhere_does_not_make_us_leave(string list)
    {
        var script = Asked();
        for (var round = 0; round < 5; round++)
        {
            script.Play("< :irc 311 globot globot b h * :globot", list, "< :irc 318 globot globot :End", "~ 5");
            script.Play("< :irc 353 globot = #globenet :alice", "< :irc 366 globot #globenet :End");
            ToNextQuestion(script);
        }

        Assert.True(script.Session.IsReady);
        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("JOIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("< :alice!a@h PRIVMSG #globenet :hello")]
    [InlineData("< :alice!a@h JOIN #globenet")]
    [InlineData("< :globot!bot@bot.example.org PRIVMSG #globenet :our echo")]
    [InlineData("< :irc 353 globot = #globenet :+globot")]
    [InlineData("< :irc 353 globot = #globenet :@globot!bot@bot.example.org alice")]
    public void A_person_who_speaks_in_a_channel_is_in_it(string sign)
    {
        var script = Asked();
        script.Play(Listed);
        ToNextQuestion(script);
        script.Play(Missing);
        script.Play(sign, "< :irc 366 globot #globenet :End", "~ 60");

        Assert.True(script.Session.IsReady);
        Assert.DoesNotContain(script.Happened, e => e is IrcEvent.LeftChannel);
    }

    [Fact]
    public void A_channel_joined_after_the_question_is_not_in_doubt()
    {
        var script = Asked();
        script.Play("< :op!o@h KICK #globenet globot :out", "~ 6", "< :globot!bot@bot.example.org JOIN #globenet");
        script.Play(Missing);
        script.Play("~ 20");

        Assert.DoesNotContain(script.Written, w => w.Line.StartsWith("NAMES", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData()]
    [InlineData("< :irc 401 globot globot :No such nick", "< :irc 318 globot globot :End")]
    [InlineData("< :irc 263 globot WHOIS :Try again")]
    [InlineData("< :alice!a@h 311 globot globot b h * :globot", "< :alice!a@h 318 globot globot :End")]
    public void No_answer_proves_nothing_and_is_asked_for_again(params string[] steps)
    {
        var script = Asked();
        script.Play(steps);
        ToNextQuestion(script);

        Assert.True(script.Session.IsReady);
    }

    [Fact]
    public void A_server_that_keeps_losing_us_does_not_make_us_join_for_ever()
    {
        var script = Asked();
        var joins = 0;
        for (var round = 0; round < 40; round++)
        {
            script.Play(round % 2 == 0 ? Listed : Missing);
            script.Play("~ 5", "< :irc 366 globot #globenet :End", "~ 25", Alive);
            if (!script.Session.IsReady && script.Written.Exists(w => w.Line == "JOIN #globenet"))
            {
                joins++;
                script.Play("< :globot!bot@bot.example.org JOIN #globenet");
            }
            script.Forget();
            ToNextQuestion(script);
        }

        Assert.InRange(joins, 1, 20);
    }

    private static Script Asked(string isupport = "CASEMAPPING=rfc1459")
    {
        var script = Script.InChannel(isupport: isupport);
        ToNextQuestion(script);
        return script;
    }

    private static void ToNextQuestion(Script script)
    {
        for (var i = 0; i < 24 && !script.Written.Exists(w => w.Line == "WHOIS globot"); i++)
        {
            script.Play("~ 15", Alive);
        }

        Assert.Contains(script.Written, w => w.Line == "WHOIS globot");
        script.Forget();
    }
}
