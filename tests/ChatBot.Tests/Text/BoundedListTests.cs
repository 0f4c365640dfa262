using System.Text.RegularExpressions;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>
/// Nothing above a bound is dropped without a word: every place that takes only some of a list stands in <c>bounded-lists.txt</c>, with why
/// nothing is lost there.
/// </summary>
public sealed partial class BoundedListTests
{
    [Fact]
    public void What_takes_only_some_of_a_list_says_why_nothing_is_lost()
    {
        var list = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "ChatBot.Tests", "Text", "bounded-lists.txt"));
        var code = Repository.Sources
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Count: TakeCall().Count(File.ReadAllText(file))))
            .Where(one => one.Count > 0)
            .Select(one => $"{one.Count} {one.File}")
            .ToList();
        var known = list.Select(line => line.Split(": ", 2)[0]).ToList();
        Assert.True(
            known.ToHashSet().SetEquals(code),
            $"""
            bounded-lists.txt says, by file name, how often each file calls Take, and why nothing is dropped silently. Does the line count the others?
            Missing: {string.Join(", ", code.Except(known))}
            No more true: {string.Join(", ", known.Except(code))}
            """);
        Assert.All(list, line => Assert.Matches(@": \w+(?: \S+){2,}$", line));
    }

    [GeneratedRegex(@"\.Take\((?!\))")]
    private static partial Regex TakeCall();
}
