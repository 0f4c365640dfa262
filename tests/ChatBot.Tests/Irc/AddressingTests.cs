using ChatBot.Core.Irc;
using Xunit;

namespace ChatBot.Tests.Irc;

/// <summary>An answer in a channel names the asker where it does not stand below the question.</summary>
public sealed class AddressingTests
{
    private const string Question = "< :marie!m@h PRIVMSG #globenet :!status hal";

    [Fact]
    public void An_answer_below_its_question_names_nobody_however_many_lines_it_has() => Channel().RunToEnd($"""
        {Question}
        respond 1 marie hal: 3 incidents
        > PRIVMSG #globenet :hal: 3 incidents
        respond 2 marie and the rest
        > PRIVMSG #globenet :and the rest
        ~ 2
        respond 3 marie in time
        > PRIVMSG #globenet :in time
        """);

    [Fact]
    public void A_late_one_names_the_asker() => Channel().RunToEnd($"""
        {Question}
        ~ 2.1
        respond 1 marie hal: 3 incidents
        > PRIVMSG #globenet :marie: hal: 3 incidents
        """);

    [Theory]
    [InlineData("< :vincent!v@h PRIVMSG #globenet :hello"), InlineData("< :other!o@h NOTICE #globenet :done"), InlineData("< :vincent!v@h PRIVMSG #globenet :\u0001ACTION waves\u0001")]
    public void So_does_one_behind_other_words(string other) => Channel().RunToEnd($"""
        {Question}
        {other}
        respond 1 marie hal: 3 incidents
        > PRIVMSG #globenet :marie: hal: 3 incidents
        """);

    [Fact]
    public void Or_behind_a_line_of_ours_that_answers_something_else() => Channel().RunToEnd($"""
        {Question}
        < :vincent!v@h PRIVMSG #globenet :!incidents
        respond 1 marie hal: 3 incidents
        > PRIVMSG #globenet :marie: hal: 3 incidents
        respond 2 vincent nothing open
        > PRIVMSG #globenet :vincent: nothing open
        respond 3 marie and the rest
        > PRIVMSG #globenet :marie: and the rest
        """);

    [Fact]
    public void Or_behind_an_alert() => Channel().Ignoring<IrcEvent.Delivered>().RunToEnd($"""
        {Question}
        say 1 #globenet [hal] POP3 CRITICAL
        > PRIVMSG #globenet :[hal] POP3 CRITICAL
        > PING said-1
        < :irc PONG irc :said-1
        respond 2 marie hal: 3 incidents
        > PRIVMSG #globenet :marie: hal: 3 incidents
        """);

    [Fact]
    public void Words_in_private_put_nothing_between() => Channel().RunToEnd($"""
        {Question}
        < :vincent!v@h PRIVMSG globot :hello
        respond 1 marie hal: 3 incidents
        > PRIVMSG #globenet :hal: 3 incidents
        """);

    [Fact]
    public void A_long_answer_names_the_asker_once_and_each_line_still_fits()
    {
        var script = Channel();
        script.Run($"{Question}\n~ 3\nrespond 1 marie {string.Join(' ', Enumerable.Repeat("POP3", 200))}");
        script.Advance(20);
        var lines = script.Written.Select(one => one.Line).Where(line => line.Contains("PRIVMSG #globenet", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 2, 4);
        Assert.StartsWith("PRIVMSG #globenet :marie: POP3", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("PRIVMSG #globenet :POP3", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 510));
    }

    private static Script Channel() => Script.InChannel().Ignoring<IrcEvent.Message>().Ignoring<IrcEvent.Action>().Ignoring<IrcEvent.Delivered>();
}
