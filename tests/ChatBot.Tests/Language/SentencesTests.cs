using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatBot.Commands;
using ChatBot.Core.Language;
using ChatBot.Hosting;
using Xunit;

namespace ChatBot.Tests.Language;

public partial class SentencesTests
{
    private static readonly Assembly[] Ours = [typeof(Sentences).Assembly, typeof(CommandList).Assembly, typeof(Bot).Assembly];

    [Fact]
    public void Both_languages_use_all_places_of_the_type() => Assert.All(All(), sentence =>
    {
        var places = Enumerable.Range(0, Places(sentence));
        Assert.Equal(places, Used(sentence.English));
        Assert.Equal(places, Used(sentence.French));
    });

    [Fact]
    public void French_is_written_as_French_is() => Assert.All(All(), sentence =>
    {
        Assert.DoesNotMatch(@"\p{L}[:;](?:\s|$)", sentence.French);
        Assert.DoesNotContain('“', sentence.French);
        Assert.DoesNotContain('«', sentence.English);
    });

    private static List<Template> All()
    {
        var helps = CommandList.All.SelectMany(command => new Template[] { command.Help.Arguments, command.Help.Summary });
        var values = Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => typeof(Template).IsAssignableFrom(field.FieldType) || typeof(IEnumerable).IsAssignableFrom(field.FieldType))
            .Select(field => field.GetValue(null));
        return [.. helps, .. values.SelectMany(value => value switch
        {
            Template sentence => [sentence],
            IDictionary map => map.Values.OfType<Template>(),
            _ => [],
        })];
    }

    private static int Places(Template sentence) => sentence.GetType().Name["Sentence".Length..] is { Length: > 0 } count ? int.Parse(count) : 0;

    private static IEnumerable<int> Used(string text) =>
        Place().Matches(text).Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order();

    [GeneratedRegex(@"\{(\d)(?::[^{}|]*\|[^{}|]*)?\}")]
    private static partial Regex Place();
}
