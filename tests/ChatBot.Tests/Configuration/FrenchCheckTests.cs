using System.Text.RegularExpressions;
using ChatBot.Configuration;
using Xunit;

namespace ChatBot.Tests.Configuration;

/// <summary>Whoever has a French LANG reads what is wrong in French, at the same places.</summary>
public sealed partial class FrenchCheckTests
{
    private static readonly Dictionary<string, string> French = new() { ["LANG"] = "fr_FR.UTF-8" };

    public static TheoryData<string> Names => BrokenConfigurationTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_mistake_is_said_in_French(string name)
    {
        var path = Path.Combine(Repository.TestData, name + ".toml");
        var english = ConfigurationFile.Load(path, new Dictionary<string, string>()).Mistakes;
        var french = ConfigurationFile.Load(path, French).Mistakes;

        Assert.Equal(english.Select(mistake => mistake.Place), french.Select(mistake => mistake.Place));
        Assert.All(french, mistake => Assert.DoesNotMatch(EnglishWords(), Keys().Replace(WithoutRoot(mistake.Text), "")));
        Assert.All(french, mistake => Assert.DoesNotMatch(EnglishColon(), mistake.Text));
    }

    [Fact]
    public void What_the_bot_would_do_is_said_in_French()
    {
        using StringWriter output = new(), errors = new();
        Assert.Equal(0, Check.Run(Path.Combine(Repository.Config, "chatbot.toml"), French, output, errors));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("chatbot.toml est correct. Le robot ferait ceci :", lines[0], StringComparison.Ordinal);
        Assert.Contains("  entrer sur #globenet-root : root", lines);
        Assert.All(lines, line => Assert.DoesNotMatch(EnglishWords(), WithoutRoot(line)));
    }

    // Its folders have names in any language.
    private static string WithoutRoot(string text) => text.Replace(Repository.Root, "", StringComparison.Ordinal);

    [Theory]
    [InlineData("LANG", "fr_FR.UTF-8", true)]
    [InlineData("LC_ALL", "fr", true)]
    [InlineData("LANG", "de_DE.UTF-8", false)]
    [InlineData("LANG", "", false)]
    public void The_environment_chooses(string name, string value, bool isFrench) =>
        Assert.Equal(isFrench, MessageLanguage.Of(new Dictionary<string, string> { [name] = value }).IsFrench);

    [Fact]
    public void The_first_variable_that_is_set_counts() =>
        Assert.False(MessageLanguage.Of(new Dictionary<string, string> { ["LC_ALL"] = "", ["LC_MESSAGES"] = "C", ["LANG"] = "fr_FR.UTF-8" }).IsFrench);

    [GeneratedRegex(@"\b(write|is|the|not|without|with|names|keep|leave|missing|did|would|and|or|of)\b")]
    private static partial Regex EnglishWords();

    // Keys are the same in both languages.
    [GeneratedRegex("`[^`]*`|celles-ci : .*")]
    private static partial Regex Keys();

    // “: ” and “; ” have a space before them in French.
    [GeneratedRegex(@"[\p{L}`""][;:] ")]
    private static partial Regex EnglishColon();
}
