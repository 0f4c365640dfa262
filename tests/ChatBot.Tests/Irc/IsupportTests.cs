using System.Text;
using ChatBot.Core.Irc;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>What numeric 005 changes in what we do, and what a lie in it does not.</summary>
public sealed class IsupportTests
{
    [Theory]
    [InlineData("LINELEN=2048", 2048)]
    [InlineData("LINELEN=512", 512)]
    [InlineData("LINELEN=99999999999", 8192)]
    [InlineData("LINELEN=1000000000000000000000000", 512)]
    [InlineData("LINELEN=20", 512)]
    [InlineData("LINELEN=-5", 512)]
    [InlineData("LINELEN=abc", 512)]
    [InlineData("LINELEN", 512)]
    [InlineData("", 512)]
    public void A_line_is_as_long_as_the_server_takes_within_reason(string token, int length) =>
        Assert.Equal(length, Tokens(token).LineLength);

    [Theory]
    [InlineData("TARGMAX=PRIVMSG:3,JOIN:2,JOINX:9", 2)]
    [InlineData("TARGMAX=join:7", 7)]
    [InlineData("TARGMAX=JOIN:", 10)]
    [InlineData("TARGMAX=JOIN:0", 10)]
    [InlineData("TARGMAX=JOIN:-1", 10)]
    [InlineData("TARGMAX=JOIN:99999999999999", 10)]
    [InlineData("TARGMAX=:,,:::,JOIN", 10)]
    [InlineData("TARGMAX", 10)]
    [InlineData("", 10)]
    public void Targets_are_limited_where_the_server_says_so(string token, int most) =>
        Assert.Equal(most, Tokens(token).Targets("JOIN", 10));

    [Fact]
    public void A_server_that_vouches_for_our_pace_is_known() =>
        Assert.Equal([true, false], new[] { Tokens("SAFERATE"), Tokens("NETWORK=x") }.Select(t => t.HasSafeRate));

    [Fact]
    public void A_longer_line_carries_more_text()
    {
        var text = string.Join(' ', Enumerable.Repeat("ééé", 250));
        var script = Script.InChannel(isupport: "LINELEN=4096");
        script.RunToEnd($"""
            say 1 #globenet {text}
            > PRIVMSG #globenet :{text}
            ~ 1
            > PING said-1
            """);
        Assert.InRange(script.Session.SayBudget("#globenet"), 4000, 4096);
    }

    [Fact]
    public void A_line_with_our_name_before_it_is_never_longer_than_the_server_takes()
    {
        var script = Script.InChannel(isupport: "LINELEN=700");
        script.Play("say 1 #globenet " + string.Join(' ', Enumerable.Repeat("ééé", 500)));

        Assert.All(
            script.Written.Where(w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)),
            w => Assert.InRange(Encoding.UTF8.GetByteCount(":globot!bot@bot.example.org " + w.Line) + 2, 1, 700));
        Assert.Contains(script.Written, w => Encoding.UTF8.GetByteCount(w.Line) > 600);
    }

    [Fact]
    public void Channels_are_joined_by_as_many_lines_as_the_server_asks()
    {
        var script = new Script(new("globot", [.. Enumerable.Range(1, 5).Select(i => new IrcChannelOptions($"#c{i}"))]));
        script.Play("connect", "< :irc 001 globot :hi", "< :irc 005 globot TARGMAX=JOIN:2 :are supported");
        foreach (var channel in Enumerable.Range(1, 5))
        {
            script.Play($"< :irc 471 globot #c{channel} :full");
        }

        script.Forget();
        script.Advance(31);

        Assert.Equal(["JOIN #c1,#c2", "JOIN #c3,#c4", "JOIN #c5"], script.Written.Select(w => w.Line));
    }

    [Fact]
    public void No_lie_of_a_server_stops_us()
    {
        string[] names =
        [
            "NICKLEN", "LINELEN", "USERLEN", "HOSTLEN", "TARGMAX", "MODES", "PREFIX", "CHANMODES", "CASEMAPPING", "CHANTYPES", "STATUSMSG", "BOT",
            "CHANLIMIT", "-NICKLEN", "=",
        ];
        Gen.Select(Gen.Int[0, names.Length - 1].Select(i => names[i]), Gen.String[Gen.Char[' ', '~'], 0, 12])
            .Array[1, 10]
            .Sample(lies =>
            {
                var script = Script.InChannel(isupport: string.Join(' ', lies.Select(l => $"{l.Item1}={l.Item2.Replace(' ', '_')}")));
                script.Play("say 1 #globenet bonjour", "< PING :x");
                return script.Written.Any(w => w.Line == "PONG :x") && script.Session.SayBudget("#globenet") >= 100;
            }, iter: 500);
    }

    private static IsupportTokens Tokens(string token)
    {
        var tokens = new IsupportTokens();
        tokens.Read([token]);
        return tokens;
    }
}
