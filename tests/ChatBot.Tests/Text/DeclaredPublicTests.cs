using System.Text.RegularExpressions;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>Every place that makes a text public. One more is for a reviewer to see: it stands in <c>declared-public.txt</c>.</summary>
public sealed partial class DeclaredPublicTests
{
    [Fact]
    public void What_declares_a_text_public_is_on_the_list()
    {
        var list = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "ChatBot.Tests", "Text", "declared-public.txt"));
        var code = Callers(DeclaredCall()).Select(one => $"{one.Count} {one.File}").ToList();
        Assert.True(
            list.SequenceEqual(code),
            $"""
            declared-public.txt lists, by file name, how often each file makes a text public. May everybody read it? Then correct the list.
            Missing: {string.Join(", ", code.Except(list))}
            No more true: {string.Join(", ", list.Except(code))}
            """);
    }

    [Fact]
    public void The_store_alone_reads_back_what_was_public() =>
        Assert.All(Callers(FromStoreCall()), one => Assert.StartsWith("src/ChatBot/Storage/", one.File, StringComparison.Ordinal));

    [Fact]
    public void Formats_declare_a_field_in_one_way()
    {
        Assert.All(Callers(FieldCall()), one => Assert.StartsWith("src/ChatBot.Core/Mail/", one.File, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Callers(DeclaredCall()),
            one => one.File.StartsWith("src/ChatBot.Core/Mail/", StringComparison.Ordinal) && one.File != "src/ChatBot.Core/Mail/Field.cs");
    }

    private static List<(string File, int Count)> Callers(Regex call)
    {
        var callers = Repository.Sources
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Count: call.Count(File.ReadAllText(file))))
            .Where(one => one.Count > 0)
            .ToList();
        Assert.NotEmpty(callers);
        return callers;
    }

    [GeneratedRegex(@"PublicText\.(?:Declared|Composed)\b")]
    private static partial Regex DeclaredCall();

    [GeneratedRegex(@"\b(?:PublicText|Line)\.FromStore\b")]
    private static partial Regex FromStoreCall();

    [GeneratedRegex(@"\bField\.Public\b")]
    private static partial Regex FieldCall();
}
