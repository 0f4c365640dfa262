using ChatBot.Core.Irc;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Who waits for whom, and who is who, from the lines of a server to those of the bot.</summary>
public sealed class CommandsOnIrcTests
{
    [Fact]
    public async Task A_question_about_one_person_that_hangs_delays_nobody_else_and_keeps_their_own_order()
    {
        await using var bot = await ScriptedBot.StartAsync();
        await bot.PlayAsync(
            ":alice!u@h PRIVMSG globot :whoami", ":alice!u@h PRIVMSG #globenet :!machines", ":bob!u@h PRIVMSG #globenet :!mutes");
        await bot.SaidAsync("rien n'est muet");
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
    [InlineData("rfc1459", true)]
    [InlineData("ascii", false)]
    public async Task One_person_as_the_network_compares_nicks_waits_for_themselves(string mapping, bool isSame)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping);
        await bot.PlayAsync(":foo[!u@h PRIVMSG globot :whoami", ":foo{!u@h PRIVMSG #globenet :!machines", ":bob!u@h PRIVMSG #globenet :!mutes");
        await bot.SaidAsync("rien n'est muet");
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
    [InlineData("rfc1459", true)]
    [InlineData("ascii", false)]
    public async Task And_has_one_pace(string mapping, bool isSame)
    {
        await using var bot = await ScriptedBot.StartAsync(
            mapping, settings => settings with { Irc = settings.Irc with { Pace = IrcPace.Auto } });
        string[] nicks = ["foo[", "foo{", "FOO[", "foo{", "foo["];
        await bot.PlayAsync([.. nicks.Select(nick => $":{nick}!u@h PRIVMSG #globenet :!mutes"), ":bob!u@h PRIVMSG #globenet :!machines"]);
        await bot.SaidAsync("no-log");
        Assert.Equal(isSame, bot.Said.Any(line => line.StartsWith("foo[ ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("rfc1459", "depuis votre départ")]
    [InlineData("ascii", "faute de savoir depuis quand")]
    public async Task And_was_away_under_either_spelling(string mapping, string since)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping);
        await bot.PlayAsync(":foo[!u@h JOIN #globenet", ":foo[!u@h PART #globenet", ":foo{!u@h PRIVMSG globot :since");
        await Eventually.Is(() => bot.Asked.Contains("foo{"));
        await bot.NobodyAsync("foo{");
        await bot.SaidAsync(since);
    }

    [Theory]
    [InlineData("rfc1459", "venez d'abord sur un canal")]
    [InlineData("ascii", "chatbot auth globot")]
    public async Task And_proves_who_they_are_only_as_the_server_spells_them(string mapping, string answer)
    {
        await using var bot = await ScriptedBot.StartAsync(mapping);
        await bot.PlayAsync(":foo[!u@h JOIN #globenet", ":foo{!u@h JOIN #globenet", ":foo[!u@h PRIVMSG globot :auth lunar");
        await Eventually.Is(() => bot.Asked.Contains("foo["));
        await bot.NobodyAsync("foo[");
        Assert.StartsWith("foo[ ", await bot.SaidAsync("chatbot auth globot"), StringComparison.Ordinal);

        await bot.PlayAsync(":foo{!u@h PRIVMSG globot :auth lunar");
        await Eventually.Is(() => bot.Asked.Contains("foo{"));
        await bot.NobodyAsync("foo{");
        await Eventually.Is(() => bot.Said.Any(line => line.StartsWith("foo{ ", StringComparison.Ordinal) && line.Contains(answer, StringComparison.Ordinal)));
    }
}
