using ChatBot.Core.Language;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>What people add, mistype or misplace is never a reason to say that all is well.</summary>
public sealed class ExtraWordsTests
{
    private const string Pop = "POP3 CRITICAL depuis 12 minutes, pris par lunar « je redémarre » #42";

    [Theory]
    [InlineData("!état hal ?"), InlineData("!ETAT HAL ?"), InlineData("!status hal please"), InlineData("!état hal?"), InlineData("!état « hal »")]
    [InlineData("!état \"hal\" !!"), InlineData("!état [hal] svp"), InlineData("!état la machine hal"), InlineData("!état hal 😀"), InlineData("!état hal !")]
    public async Task A_courtesy_or_a_sign_behind_a_machine_changes_nothing(string text)
    {
        await using var group = new SampleGroup();
        Assert.StartsWith("hal (no-log) : 1 incident — " + Pop, Assert.Single(await group.InChannel(text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Locale.French, "hal : je ne connais pas ce service (POP3, IMAP, SMTP) ; pour toute la machine — hal (no-log) : 1 incident — POP3 CRITICAL")]
    [InlineData(Locale.English, "hal: I do not know that service (POP3, IMAP, SMTP); the whole machine — hal (no-log): 1 incident — POP3 CRITICAL")]
    public async Task Of_an_unknown_service_the_whole_machine_is_told(Locale locale, string answer)
    {
        await using var group = new SampleGroup(locale);
        foreach (var text in new[] { "!état hal pop", "!status hal imaps ?", "!status pop3 hal xyz" })
        {
            Assert.StartsWith(answer, Assert.Single(await group.InChannel(text)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_machines_get_a_line_each()
    {
        await using var group = new SampleGroup();
        foreach (var text in new[] { "!état hal, sud", "!état hal,sud ?", "!état hal et sud" })
        {
            var lines = await group.InChannel(text);
            Assert.Equal(2, lines.Length);
            Assert.StartsWith("hal (no-log) : 1 incident", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("sud (mutualisé) : 2 incidents", lines[1], StringComparison.Ordinal);
        }

        Assert.StartsWith("machine inconnue ; peut-être sud ? — hal (no-log) : 1 incident", Assert.Single(await group.InChannel("!état hal, sudd")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_is_read_as_a_whole_and_not_written_to()
    {
        await using var group = new SampleGroup();
        var lines = await group.InChannel("!état no-log");
        Assert.Equal(["hal (no-log) : 1 incident — " + Pop, "le reste de no-log : rien d'ouvert, que je sache"], lines);
        Assert.Equal(["[hal] " + Pop], await group.InChannel("!incidents NOLOG ?"));
        Assert.Equal(await group.InChannel("!état"), await group.InChannel("!état tous"));
        Assert.Equal("un groupe ne sert qu'à lire : ici, nommez une machine", Assert.Single(await group.InChannel("!journal tous essai")));
        Assert.Equal("un groupe ne sert qu'à lire : ici, nommez une machine", Assert.Single(await group.InChannel("!muet no-log 2h")));
        Assert.Contains("quota du spool", Assert.Single(await group.InChannel("!journal no-log ?", SampleGroup.Stranger)), StringComparison.Ordinal);
        await using var english = new SampleGroup(Locale.English);
        Assert.Equal("the rest of no-log: nothing open that I know of", (await english.InChannel("!status no-log"))[^1]);
    }

    [Theory]
    [InlineData("!incidents hal smtp", "[hal] POP3 CRITICAL"), InlineData("!incidents sud hal", "[hal] POP3 CRITICAL"), InlineData("!incident 42 ?", "[hal] POP3")]
    [InlineData("!pourquoi hal ?", "#42 : [hal] POP3"), InlineData("!pourquoi hal pop", "#42 : [hal] POP3"), InlineData("!pourquoi hal smtp", "#42 : [hal] POP3")]
    [InlineData("!changements hal ?", "[hal] modifié"), InlineData("!journal hal ?", "quota du spool"), InlineData("!rends hal ?", "[hal] POP3 CRITICAL relâché")]
    [InlineData("!parle sud nrpe", "lequel ? sud"), InlineData("!bruit hal ?", "[hal] POP3"), InlineData("!depuis 1 heure ?", "depuis 13:17")]
    public async Task Nor_does_another_command_lose_anything_by_it(string text, string part)
    {
        await using var group = new SampleGroup();
        Assert.Contains(part, string.Join('\n', await group.InChannel(text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_words_around_a_machine_make_it_well()
    {
        await using var group = new SampleGroup();
        await group.OpenAsync();
        string[] words =
        [
            "?", "!", "svp", "please", "pop", "imaps", "SMTP", "IMAP", "le", "etat", "ok", "«", "»", "tous", "sql", "no-log", "mutualisé", "xyz", "42", "#42", "2h", "…",
            "é", "service", "web", "et", ",", "hal,", "all", "-", "POP",
        ];
        Gen.Select(Gen.Int[0, words.Length - 1].Array[0, 4], Gen.Int[0, words.Length - 1].Array[0, 4], Gen.Bool).Sample((before, after, isStatus) =>
        {
            var text = string.Join(' ', [isStatus ? "!état" : "!incidents", .. before.Select(at => words[at]), "hal", .. after.Select(at => words[at])]);
            Assert.Contains("POP3 CRITICAL", string.Join('\n', group.InChannel(text).Result), StringComparison.Ordinal);
        }, iter: 300, threads: 1);
    }
}
