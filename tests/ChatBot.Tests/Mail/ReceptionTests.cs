using ChatBot.Core.Language;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>While a mailbox cannot be read, or mails cannot be stored, no answer is an all-clear, and the root group hears of it.</summary>
public sealed class ReceptionTests
{
    [Theory]
    [InlineData("!état", Locale.French), InlineData("!état web", Locale.French), InlineData("!état no-log", Locale.French)]
    [InlineData("!état hal pop3", Locale.French), InlineData("!état web, hal", Locale.French)]
    [InlineData("!incidents", Locale.French), InlineData("!incidents web", Locale.French), InlineData("globot: web va bien ?", Locale.French)]
    [InlineData("!depuis 2h", Locale.French), InlineData("!status", Locale.English), InlineData("!status web", Locale.English)]
    [InlineData("!incidents", Locale.English), InlineData("globot: is web ok?", Locale.English), InlineData("!since 2h", Locale.English)]
    public async Task No_answer_is_an_all_clear_while_not_all_mail_is_read(string question, Locale locale)
    {
        await using var group = new SampleGroup(locale);
        await group.OpenAsync();
        Assert.DoesNotContain(Caveat(group), string.Join('\n', await group.InChannel(question)), StringComparison.Ordinal);
        group.Engine.IsListening = false;
        Assert.EndsWith(
            group.In("depuis 14:17 : il peut manquer des alertes", "since 14:17: alerts may be missing"),
            (await group.InChannel(question, SampleGroup.Stranger))[^1], StringComparison.Ordinal);
        group.Engine.IsListening = true;
        Assert.DoesNotContain(Caveat(group), string.Join('\n', await group.InChannel(question)), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_root_group_hears_that_mail_is_not_read_and_that_it_is_again(Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        engine.IsListening = false;
        await engine.LiveAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await engine.RootAsync());
        await engine.LiveAsync(TimeSpan.FromMinutes(55));
        engine.IsListening = true;
        await engine.LiveAsync(TimeSpan.FromMinutes(60));
        Assert.Equal(
            [
                engine.In(
                    "je n'arrive pas à lire tous les mails depuis 20:01 (5 minutes) : il peut manquer des alertes ; le log du bot dit pourquoi",
                    "I have not been able to read all mail since 20:01 (5 minutes): alerts may be missing; the bot's log says why"),
                engine.In(
                    "je lis de nouveau tous les mails, après 1 heure : ce qui attendait est en train d'être lu",
                    "I can read all mail again, after 1 hour: what waited is being read"),
            ],
            await engine.RootAsync());
        Assert.Empty(await engine.PublicAsync());
    }

    private static string Caveat(SampleGroup group) => group.In("il peut manquer des alertes", "alerts may be missing");
}
