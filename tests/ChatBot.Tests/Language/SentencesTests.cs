using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatBot.Commands;
using ChatBot.Core.Language;
using ChatBot.Hosting;
using ChatBot.Tests.Commands;
using Xunit;

namespace ChatBot.Tests.Language;

public partial class SentencesTests
{
    private static readonly Assembly[] Ours = [typeof(Sentences).Assembly, typeof(CommandList).Assembly, typeof(Bot).Assembly];

    private static readonly List<Template> All = [.. Found()];

    // The numbers that choose a form, a long name, and nothing.
    private static readonly string[] Facts = ["0", "1", "2", "100", new('x', 40), ""];

    [Fact]
    public void Every_sentence_is_found() => Assert.InRange(All.Count, 300, 1000);

    [Fact]
    public void Both_languages_use_all_places_of_the_type() => Assert.All(All, sentence =>
    {
        var places = Enumerable.Range(0, Places(sentence));
        Assert.Equal(places, Used(sentence.English));
        Assert.Equal(places, Used(sentence.French));
    });

    [Fact]
    public void With_any_fact_a_sentence_reads_well() => Assert.All(All, sentence =>
    {
        foreach (var locale in Enum.GetValues<Locale>())
        {
            foreach (var fact in Facts)
            {
                var line = Said(sentence, locale, fact);
                Assert.DoesNotMatch("[{}|]", line);
                if (fact.Length > 0)
                {
                    Assert.DoesNotContain("  ", line);
                    Assert.Equal(line.Trim(), line);
                }
            }
        }
    });

    [Fact]
    public void A_number_and_its_noun_agree() => Assert.All(All, sentence =>
    {
        Assert.DoesNotMatch(Plural(), Said(sentence, Locale.English, "1"));
        foreach (var singular in new[] { "0", "1" })
        {
            Assert.DoesNotMatch(Plural(), Said(sentence, Locale.French, singular));
        }
    });

    [Fact]
    public void French_is_written_as_French_is() => Assert.All(All, sentence =>
    {
        var line = Said(sentence, Locale.French, "x");
        Assert.DoesNotMatch(@"[^\s][;!?](?:\s|$)", line.Replace("prends!", "prends", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"[^\s]:(?:\s|$)", line);
        Assert.DoesNotMatch("[“”\"]", line);
        Assert.Equal(line.Count(letter => letter == '«'), line.Count(letter => letter == '»'));
        Assert.DoesNotMatch(@"«\S|\S»", line);
        Assert.DoesNotContain("clef", line, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void English_is_the_first_language_and_of_today() => Assert.All(All, sentence =>
    {
        var line = Said(sentence, Locale.English, "x");
        Assert.DoesNotMatch(@"[«»\p{IsLatin-1Supplement}-[·×]]", line);
        Assert.DoesNotMatch(@"\s[:;!?](?:\s|$)", line);
        Assert.DoesNotMatch(Archaic(), line);
    });

    private static IEnumerable<Template> Found()
    {
        var helps = SampleGroup.EveryCommand().SelectMany(command => new Template[] { command.Help.Arguments, command.Help.Summary });
        var values = Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => typeof(Template).IsAssignableFrom(field.FieldType) || typeof(IEnumerable).IsAssignableFrom(field.FieldType))
            .Select(field => field.GetValue(null));
        return helps.Concat(values.SelectMany(value => value switch
        {
            Template sentence => [sentence],
            IDictionary map => map.Values.OfType<Template>(),
            _ => [],
        }));
    }

    private static string Said(Template sentence, Locale locale, string fact) =>
        sentence.Fill(locale, [.. Enumerable.Repeat(fact, Places(sentence))]);

    private static int Places(Template sentence) => sentence.GetType().Name["Sentence".Length..] is { Length: > 0 } count ? int.Parse(count) : 0;

    private static IEnumerable<int> Used(string text) =>
        Place().Matches(text).Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order();

    [GeneratedRegex(@"\{(\d)(?::[^{}|]*\|[^{}|]*)?\}")]
    private static partial Regex Place();

    // “{0} changes”, whose number may be one.
    [GeneratedRegex(
        @"(?<![\w{}])[01] (?:other |autres |earlier )*(?:alert|alerte|incident|machine|check|contrôle|change|changement|message|file|fichier|package|paquet"
        + "|decision|décision|step|étape|second|seconde|recoverie|rétablissement|autre)s")]
    private static partial Regex Plural();

    [GeneratedRegex(@"\b(?:told|tells?|whence|lest|be it|in course|let go|taken by nobody|un?heard|hidden|covered|covers)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Archaic();
}
