using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Commands;

public sealed class WhyOfMachineTests
{
    [Theory, InlineData("!pourquoi hal ?", Locale.French), InlineData("!why hal", Locale.English), InlineData("!why is hal down", Locale.English)]
    public async Task It_is_about_the_gravest_that_is_open_and_names_the_others(string question, Locale locale)
    {
        await using var group = new SampleGroup(locale);
        await group.OpenAsync();
        await group.Engine.TakeAsync(Nagios.Problem("hal", "SMTP", "WARNING"));
        var answer = string.Join('\n', await group.InChannel(question));
        Assert.Contains(group.In("#42 : [hal] POP3 CRITICAL · ouvert aussi : SMTP WARNING #", "#42: [hal] POP3 CRITICAL · open too: SMTP WARNING #"), answer, StringComparison.Ordinal);
    }
}
