using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using ChatBot.Commands;
using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.Language;

public partial class SentencesTests
{
    private static readonly PropertyInfo[] Properties = typeof(Sentences).GetProperties(BindingFlags.Public | BindingFlags.Static);

    [Theory]
    [InlineData(""), InlineData("fr")]
    public void The_list_and_the_file_hold_the_same_names(string culture)
    {
        var resources = new ResourceManager("ChatBot.Core.Language.Sentences", typeof(Sentences).Assembly);
        var keys = resources.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
        Assert.Equal(Properties.Select(property => property.Name).Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_languages_have_the_same_places() => Assert.All(All(), sentence =>
        Assert.Equal(Places(sentence.French), Places(sentence.English)));

    [Fact]
    public void French_is_written_as_French_is() => Assert.All(All(), sentence =>
    {
        Assert.DoesNotMatch(@"\p{L}[:;](?:\s|$)", sentence.French);
        Assert.DoesNotContain('“', sentence.French);
        Assert.DoesNotContain('«', sentence.English);
    });

    private static IEnumerable<Sentence> All()
    {
        var shared = Properties.Select(property => (Sentence)property.GetValue(null)!);
        var helps = CommandList.All.SelectMany(command => new[] { command.Help.Arguments, command.Help.Summary });
        var values = typeof(CommandList).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(field => field.GetValue(null));
        return [.. shared, .. helps, .. values.SelectMany(value => value switch
        {
            Sentence sentence => [sentence],
            IDictionary map => map.Values.OfType<Sentence>(),
            _ => [],
        })];
    }

    private static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
