using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary><c>!incident</c> of a machine, of several numbers, and of what is neither.</summary>
public sealed class SeveralIncidentsTests : BilingualScenes
{
    [Theory, InlineData("!incident hal"), InlineData("!incident de hal ?"), InlineData("!incident hal pop3"), InlineData("!incident HAL.globenet.org")]
    public Task A_machine_gets_what_is_open_of_it(string text) => InBothAsync(async () => Assert.StartsWith(
        In("[hal] POP3 CRITICAL depuis 12 minutes, pris par lunar", "[hal] POP3 CRITICAL for 12 minutes, ack by lunar"), (await Group.InChannel(text))[0], StringComparison.Ordinal));

    [Fact]
    public Task A_machine_without_incidents_is_said_to_have_none_and_an_unknown_one_to_be_unknown() => InBothAsync(async () =>
    {
        Assert.StartsWith(In("sql : aucun incident ouvert", "sql: no open incident"), (await Group.InChannel("!incident sql"))[0], StringComparison.Ordinal);
        Assert.Equal(In("machine inconnue ; peut-être filer ?", "unknown machine; maybe filer?"), Assert.Single(await Group.InChannel("!incident filler")));
    });

    [Theory, InlineData("incident 40 42"), InlineData("incident 40,42"), InlineData("incident #40 et #42"), InlineData("incident 40 42 40")]
    public Task Each_number_has_its_story(string text) => InBothAsync(async () =>
    {
        var lines = await Group.InPrivate(text);
        Assert.StartsWith("[hal] IMAP OK — ", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, line => line.StartsWith("[hal] POP3 CRITICAL ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(In("#42 : 14:05 ouvert", "#42: 14:05 opened"), StringComparison.Ordinal));
    });

    [Fact]
    public Task Of_many_numbers_the_first_are_shown_and_the_others_counted() => InBothAsync(async () =>
    {
        var lines = await Group.InPrivate("incident 43 99 42 41 40");
        Assert.StartsWith("[filer] DOWN ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("99", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[hal] POP3 ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("[sud] ", StringComparison.Ordinal));
        Assert.Equal(In("et 2 autres : à demander à part", "and 2 more: ask for them by themselves"), lines[^1]);
    });

    [Theory, InlineData("!incident 1-3"), InlineData("!incident 99999999999999999999")]
    public Task What_is_no_number_and_no_name_gets_the_usage(string text) => InBothAsync(async () =>
        Assert.Equal(In("usage : !incident 42 ou machine", "usage: !incident 42 or machine"), Assert.Single(await Group.InChannel(text))));
}
