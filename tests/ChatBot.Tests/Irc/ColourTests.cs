using System.Text;
using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class ColourTests
{
    private const string Plain = "PRIVMSG #globenet :[hal] POP3 CRITICAL — #42";
    private const string Alert = "[hal] POP3 \uFDD0CRITICAL — #42";
    private const string Coloured = "PRIVMSG #globenet :\u0002[hal]\u000f POP3 \u000304\u0002\u0002CRITICAL\u000f — #42";

    private static IrcSessionOptions Wanted => Script.Options with { Channels = [new("#globenet") { Colours = true }] };

    [Theory]
    [InlineData("+nt", true)]
    [InlineData("+ntC", true)]
    [InlineData("+ntc", false)]
    [InlineData("+Snt", false)]
    public void States_have_colours_where_the_modes_allow_them(string modes, bool areColoured)
    {
        var script = Script.InChannel(options: Wanted);
        script.Play($"< :irc 324 globot #globenet {modes}", "say 1 #globenet " + Alert);
        Assert.Equal(areColoured ? Coloured : Plain, script.Written[0].Line);
    }

    [Fact]
    public void A_mode_that_changes_counts_for_the_next_line() => Script.InChannel(options: Wanted).RunToEnd($"""
        reply 1 #globenet {Alert}
        > {Plain}
        * Delivered
        < :irc 324 globot #globenet +nt
        * ChannelModes
        reply 2 #globenet {Alert}
        > {Coloured}
        * Delivered
        < :alice!a@h MODE #globenet +c
        * ChannelModes
        reply 3 #globenet {Alert}
        > {Plain}
        * Delivered
        < :alice!a@h MODE #globenet -c
        * ChannelModes
        notice 4 #globenet {Alert}
        > NOTICE #globenet :[hal] POP3 CRITICAL — #42
        * Delivered
        reply 5 alice {Alert}
        > PRIVMSG alice :[hal] POP3 CRITICAL — #42
        * Delivered
        """);

    [Fact]
    public void Nothing_has_colours_where_nobody_asked_for_them()
    {
        var script = Script.InChannel();
        script.Play("< :irc 324 globot #globenet +nt", "say 1 #globenet " + Alert);
        Assert.Equal(Plain, script.Written[0].Line);
    }

    [Theory]
    [InlineData("404 globot #globenet :Can't send colors to channel (you're extbanned)")]
    [InlineData("404 globot #globenet :Cannot send to channel (control codes are not permitted)")]
    [InlineData("408 globot #globenet :You cannot use control codes on this channel. Not sent: x")]
    public void What_is_refused_for_its_colours_goes_without_them_from_then_on(string error) =>
        Script.InChannel(options: Wanted).RunToEnd($"""
            < :irc 324 globot #globenet +nt
            * ChannelModes
            say 1 #globenet {Alert}
            > {Coloured}
            > PING said-1
            < :irc {error}
            * Unconfirmed {"{"} Id = 1 {"}"}
            < :irc PONG irc :said-1
            say 2 #globenet {Alert}
            > {Plain}
            > PING said-2
            < :irc {error}
            * Refused {"{"} Id = 2,
            < :irc PONG irc :said-2
            """);

    [Fact]
    public void An_echo_with_or_without_the_codes_is_that_of_the_line()
    {
        var script = Script.InChannel("echo-message", options: Wanted);
        script.Play(
            "< :irc 324 globot #globenet +nt", "say 1 #globenet " + Alert, "say 2 #globenet " + Alert,
            $"< :globot!b@h {Plain}", $"< :globot!b@h {Coloured}");
        Assert.Equal([1, 2], script.Happened.OfType<IrcEvent.Delivered>().Select(said => said.Id));
    }

    [Fact]
    public void The_codes_fit_into_the_line_that_others_get()
    {
        var script = Script.InChannel(options: Wanted);
        script.Play("< :irc 324 globot #globenet +nt");
        var line = "[hal] 90 alerts in 1 s: ";
        for (var n = 1; n <= StateColours.MostStates; n++)
        {
            line += $"POP3 \uFDD0DOWN #{n}, ";
        }

        line += new string('.', script.Session.SayBudget("#globenet") - Encoding.UTF8.GetByteCount(line));

        script.Play("say 1 #globenet " + line);

        var relayed = $":globot!bot@bot.example.org {Assert.Single(script.Written, w => w.Line.StartsWith("PRIVMSG", StringComparison.Ordinal)).Line}\r\n";
        Assert.Equal(512, relayed.Length);
    }
}
