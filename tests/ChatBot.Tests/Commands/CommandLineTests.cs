using ChatBot.Core.Commands;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("!status hal", "status", "hal")]
    [InlineData("!Status   hal\tpop3 ", "Status", "hal pop3")]
    [InlineData("!état hal", "état", "hal")]
    [InlineData("!status?", "status", "")]
    [InlineData("globot: status hal", "status", "hal")]
    [InlineData("globot : status hal", "status", "hal")]
    [InlineData("GloBot, status hal", "status", "hal")]
    [InlineData("@globot status hal", "status", "hal")]
    [InlineData("@globot: !status hal", "status", "hal")]
    [InlineData("\u0002!status\u0002 \u000304,12hal\u0003", "status", "hal")]
    [InlineData("!status \u0004ff0000hal\u000f", "status", "hal")]
    [InlineData("!ack 1 \u0001DCC SEND x\u0001", "ack", "1 DCC SEND x")]
    public void A_command_is_recognised(string text, string name, string words)
    {
        var line = CommandLine.InChannel(text, "!", "globot", CaseMapping.Rfc1459);
        Assert.NotNull(line);
        Assert.Equal(name, line.Name);
        Assert.Equal(words, string.Join(' ', line.Words));
    }

    [Theory]
    [InlineData(""), InlineData("!"), InlineData("!!!"), InlineData("!?"), InlineData("! status"), InlineData("!!ack 1")]
    [InlineData("！ack 1"), InlineData("\u200b!ack 1"), InlineData("1!ack"), InlineData("bonjour"), InlineData("!42")]
    [InlineData("globot"), InlineData("globot:"), InlineData("globot est lent"), InlineData("globots: status"), InlineData("@globot")]
    [InlineData("@globotstatus"), InlineData("status hal"), InlineData("le !status")]
    public void Talk_is_not_a_command(string text) => Assert.Null(CommandLine.InChannel(text, "!", "globot", CaseMapping.Rfc1459));

    [Theory]
    [InlineData("!ack! hal je regarde", true), InlineData("!ack hal je regarde !", false), InlineData("globot: ack! hal", true)]
    public void A_name_with_an_exclamation_mark_is_meant(string text, bool isMeant)
    {
        var line = CommandLine.InChannel(text, "!", "globot", CaseMapping.Rfc1459)!;
        Assert.Equal(("ack", isMeant), (line.Name, line.IsMeant));
        Assert.True(CommandLine.InPrivate("ack! hal", "!", "globot", CaseMapping.Rfc1459)!.IsMeant);
    }

    [Theory]
    [InlineData("status hal"), InlineData("!status hal"), InlineData("globot: status hal"), InlineData("  status hal")]
    public void In_private_the_prefix_may_be_left_out(string text) =>
        Assert.Equal(["hal"], CommandLine.InPrivate(text, "!", "globot", CaseMapping.Rfc1459)!.Words);

    [Theory]
    [InlineData(":)"), InlineData("!!!"), InlineData(""), InlineData("42")]
    public void In_private_too_a_command_begins_with_a_letter(string text) => Assert.Null(CommandLine.InPrivate(text, "!", "globot", CaseMapping.Rfc1459));

    [Fact]
    public void A_long_line_is_cut_and_never_inside_a_character()
    {
        var line = CommandLine.InChannel("!log " + string.Concat(Enumerable.Repeat("😀", 300)), "!", "globot", CaseMapping.Rfc1459)!;
        Assert.True(line.Arguments.Length <= CommandLine.MaxLength);
        Assert.False(char.IsHighSurrogate(line.Arguments[^1]));
    }
}
