using System.Reflection;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;
using ChatBot.Hosting;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>Who sends a mail chooses what the patterns read: no text may take long.</summary>
public sealed class PatternTests
{
    private const int Longest = 2000;

    public static TheoryData<string> Patterns => [.. All.Keys];

    private static IReadOnlyDictionary<string, Regex> All { get; } = new[] { typeof(Pattern).Assembly, typeof(Bot).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
        .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}", method => (Regex)method.Invoke(null, [])!);

    [Fact]
    public void Every_pattern_is_found() => Assert.Contains("NagiosSubject.Worded", All.Keys);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_has_the_time_out_of_all(string name) =>
        Assert.Equal(Pattern.TimeOut, All[name].MatchTimeout.TotalMilliseconds);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_text_made_of_what_a_pattern_looks_for_does_not_keep_it_busy(string name)
    {
        var pattern = All[name];
        string[] parts =
        [
            .. Regex.Split(pattern.ToString(), @"[\\^$.|?*+()\[\]{}]").Where(part => part.Length > 0).Distinct(),
            " ", "\t", "0", "a", "A", "é", "*", "/", "<", ">", "[", "(", "\"", ":", "-",
        ];
        var part = Gen.Int[0, parts.Length - 1].Select(at => parts[at]);
        Gen.Select(part.Array[0, 4], part.Array[1, 3], part.Array[0, 2]).Sample(
            (first, repeated, last) =>
            {
                var middle = string.Concat(repeated);
                var text = string.Concat(first) + string.Concat(Enumerable.Repeat(middle, Longest / middle.Length)) + string.Concat(last);
                _ = pattern.Count(text); // throws RegexMatchTimeoutException
            },
            iter: 300);
    }
}
