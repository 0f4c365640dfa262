using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Who waits for whom, and who is who, from the lines of a server to those of the bot.</summary>
public sealed class CommandsOnIrcTests
{
    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Where_whois_showed_an_account_who_has_none_is_not_told_that_nobody_has(Locale locale)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale, with: settings => settings with { OpenPgp = null });
        await bot.PlayAsync(":alice!u@h PRIVMSG #globenet :!ack 1 vu");
        await Eventually.Is(() => bot.Asked.Contains("alice"));
        await bot.NobodyAsync("alice");
        await bot.SaidAsync(bot.In("refusé ici à tout le monde", "refused here to everybody"));

        await bot.PlayAsync(":bob!u@h PRIVMSG #globenet :!ack 1 vu");
        await Eventually.Is(() => bot.Asked.Contains("bob"));
        await bot.PlayAsync(":irc 311 globot bob u h * :Bob", ":irc 330 globot bob bob :is logged in as", ":irc 318 globot bob :End");
        await bot.SaidAsync(bot.In("vous êtes identifié comme bob", "you are identified as bob"));

        await bot.PlayAsync(":carol!u@h PRIVMSG #globenet :!ack 1 vu");
        await Eventually.Is(() => bot.Asked.Contains("carol"));
        await bot.NobodyAsync("carol");
        await bot.SaidAsync(bot.In("le serveur ne dit pas qui vous êtes (si vous en êtes", "the server does not say who you are (if you are one"));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_question_about_one_person_that_hangs_delays_nobody_else_and_keeps_their_own_order(Locale locale)
    {
        await using var bot = await ScriptedBot.StartAsync(locale: locale);
        await bot.PlayAsync(
            ":alice!u@h PRIVMSG globot :whoami", ":alice!u@h PRIVMSG #globenet :!machines", ":bob!u@h PRIVMSG #globenet :!mutes");
        await bot.SaidAsync(bot.In("rien n'est muet", "nothing is muted"));
        await Eventually.Is(() => bot.Asked.Contains("alice"));
        await bot.PlayAsync(":bob!u@h PRIVMSG globot :whoami");
        await Eventually.Is(() => bot.Asked.Contains("bob"));
        await bot.NobodyAsync("bob");
        await bot.SaidAsync("bob ");
        Assert.DoesNotContain(bot.Said, line => line.StartsWith("alice", StringComparison.Ordinal) || line.Contains("no-log", StringComparison.Ordinal));

        await bot.NobodyAsync("alice");
        await bot.SaidAsync("no-log");
        var lines = bot.Said.ToList();
        var first = lines.FindIndex(line => line.StartsWith("alice ", StringComparison.Ordinal));
        Assert.InRange(first, 0, lines.FindIndex(line => line.Contains("no-log", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Locale.French, "rfc1459", true)]
    [InlineData(Locale.French, "ascii", false)]
    [InlineData(Locale.English, "rfc1459", true)]
    [InlineData(Locale.English, "ascii", false)]
    public async Task One_person_as_the_network_compares_nicks_waits_for_themselves(Locale locale, string mapping, bool isSame)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping, locale: locale);
        await bot.PlayAsync(":foo[!u@h PRIVMSG globot :whoami", ":foo{!u@h PRIVMSG #globenet :!machines", ":bob!u@h PRIVMSG #globenet :!mutes");
        await bot.SaidAsync(bot.In("rien n'est muet", "nothing is muted"));
        if (!isSame)
        {
            await bot.SaidAsync("no-log");
            return;
        }

        await Eventually.Is(() => bot.Asked.Contains("foo["));
        Assert.DoesNotContain(bot.Said, line => line.Contains("no-log", StringComparison.Ordinal));
        await bot.NobodyAsync("foo[");
        await bot.SaidAsync("no-log");
    }

    [Theory]
    [InlineData(Locale.French, "rfc1459", true)]
    [InlineData(Locale.French, "ascii", false)]
    [InlineData(Locale.English, "rfc1459", true)]
    [InlineData(Locale.English, "ascii", false)]
    public async Task And_has_one_pace(Locale locale, string mapping, bool isSame)
    {
        await using var bot = await ScriptedBot.StartAsync(
            mapping, settings => settings with { Irc = settings.Irc with { Pace = IrcPace.Auto } }, locale);
        string[] nicks = ["foo[", "foo{", "FOO[", "foo{", "foo["];
        await bot.PlayAsync([.. nicks.Select(nick => $":{nick}!u@h PRIVMSG #globenet :!mutes"), ":bob!u@h PRIVMSG #globenet :!machines"]);
        await bot.SaidAsync("no-log");
        Assert.Equal(isSame, bot.Said.Any(line => line.StartsWith("foo[ ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Locale.French, "rfc1459", "depuis votre départ")]
    [InlineData(Locale.French, "ascii", "j'ignore quand vous êtes parti·e")]
    [InlineData(Locale.English, "rfc1459", "since you left")]
    [InlineData(Locale.English, "ascii", "I do not know when you left")]
    public async Task And_was_away_under_either_spelling(Locale locale, string mapping, string since)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping, locale: locale);
        await bot.PlayAsync(":foo[!u@h JOIN #globenet", ":foo[!u@h PART #globenet", ":foo{!u@h PRIVMSG globot :since");
        await Eventually.Is(() => bot.Asked.Contains("foo{"));
        await bot.NobodyAsync("foo{");
        await bot.SaidAsync(since);
    }

    [Theory]
    [InlineData(Locale.French, "rfc1459", "venez d'abord sur un canal")]
    [InlineData(Locale.French, "ascii", "chatbot auth globot")]
    [InlineData(Locale.English, "rfc1459", "first join a channel")]
    [InlineData(Locale.English, "ascii", "chatbot auth globot")]
    public async Task And_proves_who_they_are_only_as_the_server_spells_them(Locale locale, string mapping, string answer)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping, locale: locale);
        await bot.PlayAsync(":foo[!u@h JOIN #globenet", ":foo{!u@h JOIN #globenet", ":foo[!u@h PRIVMSG globot :auth lunar");
        Assert.StartsWith("foo[ ", await bot.SaidAsync("chatbot auth globot"), StringComparison.Ordinal);

        await bot.PlayAsync(":foo{!u@h PRIVMSG globot :auth lunar");
        await Eventually.Is(() => bot.Said.Any(line => line.StartsWith("foo{ ", StringComparison.Ordinal) && line.Contains(answer, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_came_too_fast_is_named_in_private()
    {
        await using var bot = await ScriptedBot.StartAsync(with: settings => settings with { Irc = settings.Irc with { Pace = IrcPace.Auto } });
        await bot.PlayAsync([.. Enumerable.Repeat(":bob!u@h PRIVMSG #globenet :!muets", 7)]);
        Assert.Equal("bob trop vite pour moi : je n'ai pas lu « !muets » ; redites-le dans 3 secondes", await bot.SaidAsync("trop vite"));
    }

    [Theory]
    [InlineData(Locale.French, "zoe trop vite pour moi : je n'ai pas lu « muets » ; redites-le dans 4 secondes")]
    [InlineData(Locale.English, "zoe too fast for me: I did not read “mutes”; say it again in 4 seconds")]
    public async Task Whoever_is_not_answered_for_what_others_ask_hears_it_once_in_private(Locale locale, string refusal)
    {
        await using var bot = await ScriptedBot.StartAsync(with: settings => settings with { Irc = settings.Irc with { Pace = IrcPace.Auto } }, locale: locale);
        var question = "PRIVMSG globot :" + bot.In("muets", "mutes");
        string[] others = [.. Enumerable.Range(0, 3).SelectMany(i => Enumerable.Repeat($":n{i}!u{i}@h {question}", 4))];
        await bot.PlayAsync([.. others, .. Enumerable.Repeat($":zoe!z@h {question}", 4)]);
        Assert.Equal(refusal, await bot.SaidAsync("zoe t"));
        Assert.Single(bot.Said, line => line == refusal);
    }

    [Fact]
    public async Task Ever_new_nicks_leave_an_honest_member_their_answers_and_an_admin_their_rights()
    {
        var members = new People([new Person { Name = "lunar", Roles = [Person.AdminRole], Accounts = ["lunar"] }]);
        await using var bot = await ScriptedBot.StartAsync(with: settings => settings with
        {
            Irc = settings.Irc with { Pace = IrcPace.Auto },
            People = members,
        });
        for (var i = 0; i < 60; i++)
        {
            await bot.PlayAsync($":m{i}!m@evil PRIVMSG globot :whoami", $":k{i}!u{i % 30}@evil PRIVMSG #globenet :!whoami");
        }

        await bot.PlayAsync(":marie!u@home PRIVMSG globot :status", ":lunar!u@h PRIVMSG #globenet :!ack 7 je regarde");
        Assert.StartsWith("marie ", await bot.SaidAsync("marie "), StringComparison.Ordinal);
        await Eventually.Is(() => bot.Asked.Contains("lunar"));
        await bot.PlayAsync(":irc 311 globot lunar u h * :l", ":irc 330 globot lunar lunar :is logged in as", ":irc 318 globot lunar :End");
        await bot.SaidAsync("il n'y a pas d'incident #7");
        Assert.InRange(bot.Asked.Count, 1, 5);
    }

    [Fact]
    public async Task What_everybody_reads_alike_is_answered_in_private_without_a_question()
    {
        await using var bot = await ScriptedBot.StartAsync();
        await bot.PlayAsync(":alice!u@h PRIVMSG globot :machines");
        await bot.SaidAsync("no-log");
        Assert.Empty(bot.Asked);
    }

    [Fact]
    public async Task A_stranger_has_the_answer_that_everybody_has_while_questions_wait()
    {
        await using var bot = await ScriptedBot.StartAsync();
        await bot.PlayAsync(":zoe!u@h PRIVMSG globot :ack 1 vu", ":alice!u@h PRIVMSG globot :status no-log");
        await bot.SaidAsync("zoe ");
        Assert.Contains(bot.Said, line => line.StartsWith("alice ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_root_group_reads_is_for_those_who_are_in_its_channel_at_that_moment()
    {
        await using var bot = await ScriptedBot.StartAsync(with: InRoot, modes: "+ntk *");
        await bot.PlayAsync(":alice!u@h JOIN #globenet");
        // From outside, as a channel without +n lets anybody: nobody, whom the server is not even asked about.
        await bot.PlayAsync(":mallory!m@evil PRIVMSG #globenet :!since 7d");
        await bot.SaidAsync("mallory ");
        Assert.Empty(bot.Asked);

        // Who has left meanwhile hears nothing more.
        await bot.PlayAsync(":alice!u@h PRIVMSG #globenet :!since 7d");
        await Eventually.Is(() => bot.Asked.Contains("alice"));
        await bot.PlayAsync(":alice!u@h PART #globenet");
        await bot.NobodyAsync("alice");
        await bot.PlayAsync(":bob!u@h PRIVMSG globot :machines");
        await Eventually.Is(() => bot.Said.Any(line => line.StartsWith("bob ", StringComparison.Ordinal)));
        Assert.DoesNotContain(bot.Said, line => line.StartsWith("alice ", StringComparison.Ordinal));
    }

    private static BotSettings InRoot(BotSettings settings) => settings with
    {
        Irc = settings.Irc with { Channels = [new("#globenet", Audience.Root, Key: "k")] },
    };
}
