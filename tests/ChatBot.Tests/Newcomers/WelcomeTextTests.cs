using System.Text;
using ChatBot.Core.Newcomers;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class WelcomeTextTests
{
    [Theory]
    [InlineData("# Bienvenue\n\nBonjour {nick}, ici {channel} !", "Bonjour marie, ici #globenet !")]
    [InlineData("Le [site](https://globenet.org/a_b) et <https://lists.globenet.org/>",
        "Le site : https://globenet.org/a_b et https://lists.globenet.org/")]
    [InlineData("[https://globenet.org](https://globenet.org)", "https://globenet.org")]
    [InlineData("[wiki](https://fr.wikipedia.org/wiki/IRC_(x) \"titre\").", "wiki : https://fr.wikipedia.org/wiki/IRC_(x).")]
    [InlineData("- un\n* deux\n  + trois", "– un|– deux|– trois")]
    [InlineData("Dis **{prefix}help** ou `{prefix}aide`\r\n", "Dis !help ou !aide")]
    [InlineData("#globenet est à tous", "#globenet est à tous")]
    [InlineData("<!-- {nick}\nest le nom -->\nun\n---\n```\ndeux\n===", "un|deux")]
    [InlineData("a\u0003\u202Eb\u0001", "ab")]
    [InlineData("1\n2\n3\n4\n5\n6", "1|2|3|4|5")]
    [InlineData("", "")]
    public void The_file_becomes_lines(string markdown, string expected) =>
        Assert.Equal(expected, string.Join('|', WelcomeText.Lines(markdown, "marie", "#globenet", "!")));

    [Fact]
    public void A_nick_is_a_name_and_no_markdown() =>
        Assert.Equal("[a](b) {prefix} **", WelcomeText.Lines("{nick} **", "[a](b) {prefix} **", "", "!")[0].Value);

    [Fact]
    public void A_long_line_is_continued_between_words()
    {
        var words = string.Join(' ', Enumerable.Repeat("été", 100));
        var lines = WelcomeText.Lines(words, "n", "c", "!");

        Assert.Equal(2, lines.Count);
        Assert.Equal(words, string.Join(' ', lines));
    }

    [Fact]
    public void No_line_is_too_long_or_too_many_whatever_the_file() =>
        Gen.Select(Gen.String, Gen.Int[0, 500]).Sample((text, times) =>
        {
            var lines = WelcomeText.Lines(string.Concat(Enumerable.Repeat(text + "é😀", times)), text, text, "!");
            return lines.Count <= WelcomeText.MostLines
                && lines.All(line => Encoding.UTF8.GetByteCount(line.Value) is > 0 and <= WelcomeText.MostBytes);
        }, iter: 100);
}
