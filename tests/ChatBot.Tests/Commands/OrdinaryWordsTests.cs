using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>What is said to the bot as to a person.</summary>
public sealed class OrdinaryWordsTests
{
    [Theory]
    [InlineData("globot: état hal"), InlineData("globot état hal"), InlineData("globot, comment va hal ?"), InlineData("globot: hal ?"), InlineData("globot : how is hal?")]
    [InlineData("globot, hal est en panne ?"), InlineData("globot: qui s'occupe de hal ?"), InlineData("@globot hal"), InlineData("globot: bonjour, hal va bien ?")]
    public async Task A_machine_named_to_the_bot_gets_its_state(string text)
    {
        await using var group = new SampleGroup();
        Assert.StartsWith("hal (no-log) : 1 incident — POP3 CRITICAL", Assert.Single(await group.InChannel(text, SampleGroup.Stranger)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hal"), InlineData("hal ?"), InlineData("comment va hal ?"), InlineData("où en est hal"), InlineData("how is hal?")]
    public async Task And_in_a_query(string text)
    {
        await using var group = new SampleGroup();
        Assert.StartsWith("hal (no-log) : 1 incident — POP3 CRITICAL", Assert.Single(await group.InPrivate(text, SampleGroup.Stranger)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Locale.French, "globot: je prends 43", "pour le prendre : !prends 43 je regarde")]
    [InlineData(Locale.French, "globot, je m'en occupe", "pour le prendre : !prends 42 je regarde")]
    [InlineData(Locale.English, "globot: I'll take filer", "to acknowledge it: !ack filer looking")]
    public async Task Who_seems_to_take_an_incident_is_told_how_and_nothing_is_taken(Locale locale, string text, string answer)
    {
        await using var group = new SampleGroup(locale);
        Assert.Equal(answer, Assert.Single(await group.InChannel(text)));
        Assert.Contains(await group.InPrivate("incident 43"), line => line.Contains("DOWN", StringComparison.Ordinal));
        Assert.DoesNotContain(await group.InPrivate("incidents filer"), line => line.Contains("lunar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_understood_is_said_once_in_ten_minutes_to_each_person()
    {
        await using var group = new SampleGroup();
        const string Hint = "je n'ai pas compris ; essayez « !état sud » ou « !aide »";
        Assert.Equal(Hint, Assert.Single(await group.InChannel("globot: quoi de neuf ?", SampleGroup.Marie)));
        Assert.Empty(await group.InChannel("globot ?", SampleGroup.Marie));
        Assert.Equal(Hint, Assert.Single(await group.InChannel("globot ?", SampleGroup.Stranger)));
        group.Engine.Time.Advance(CommandDispatcher.Once);
        Assert.Equal(Hint, Assert.Single(await group.InChannel("globot", SampleGroup.Marie)));
    }

    [Theory]
    [InlineData("globot: merci"), InlineData("globot, merci beaucoup !"), InlineData("globot est lent"), InlineData("globot: thanks!"), InlineData("merci globot")]
    public async Task Thanks_and_talk_about_the_bot_are_left_alone(string text)
    {
        await using var group = new SampleGroup();
        Assert.Empty(await group.InChannel(text));
    }

    [Theory]
    [InlineData(Locale.French, "bonjour", "bonjour ! je réponds à « état », « incidents », « aide »")]
    [InlineData(Locale.English, "hello", "hello! I answer to “status”, “incidents”, “help”")]
    [InlineData(Locale.French, "merci", "de rien"), InlineData(Locale.English, "thanks!", "you are welcome")]
    [InlineData(Locale.English, "karma lunar", "I do not know that command: “help” says what I understand")]
    public async Task A_query_is_always_answered(Locale locale, string text, string answer)
    {
        await using var group = new SampleGroup(locale);
        Assert.Equal(answer, Assert.Single(await group.InPrivate(text)));
    }

    [Fact]
    public async Task A_refusal_says_what_one_can_do_and_again_in_short()
    {
        await using var group = new SampleGroup();
        Assert.Equal(
            "!prends est réservé aux admins : le serveur ne dit pas qui vous êtes (si vous en êtes : /msg NickServ IDENTIFY) ; sinon dites ici que"
            + " vous regardez, un admin le prendra",
            Assert.Single(await group.InChannel("!prends 42 je regarde", SampleGroup.Stranger)));
        Assert.Equal("!prends est réservé aux admins", Assert.Single(await group.InChannel("!prends 42 je regarde", SampleGroup.Stranger)));
        await using var english = new SampleGroup(Locale.English);
        Assert.EndsWith("; ask here, an admin will do it", Assert.Single(await english.InChannel("!mute hal", SampleGroup.Marie)), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task In_private_nobody_else_reads_what_one_says(Locale locale)
    {
        foreach (var asked in (string[])["prends 42 je regarde", "clos 42 réparé", "mute hal"])
        {
            await using var group = new SampleGroup(locale);
            Assert.EndsWith(
                group.In(" dites-le sur le canal, un admin le fera", " say so in the channel, an admin will do it"),
                Assert.Single(await group.InPrivate(asked, SampleGroup.Marie)), StringComparison.Ordinal);
        }
    }
}
