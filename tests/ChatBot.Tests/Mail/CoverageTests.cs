using System.Text;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>The table of <c>docs/mail-formats.md</c> is made of the samples, so that it says neither more nor less than is tested.</summary>
public sealed class CoverageTests
{
    private const string Begin = "<!-- made of tests/ChatBot.Tests/Corpus by CoverageTests -->\n";
    private const string End = "<!-- end -->\n";

    private static string Document => Path.Combine(Path.GetDirectoryName(Repository.Config)!, "docs", "mail-formats.md");

    [Fact]
    public void The_table_of_programs_is_the_one_the_samples_make()
    {
        var text = File.ReadAllText(Document);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        var renewed = text[..start] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("RENEW_MAIL_FORMATS") == "1")
        {
            File.WriteAllText(Document, renewed);
        }
        else
        {
            Assert.True(renewed == text, "docs/mail-formats.md is out of date: run this test once with RENEW_MAIL_FORMATS=1 in the environment.");
        }
    }

    private static string Table()
    {
        var table = new StringBuilder(
            "| program | kinds | states | samples from real runs | written from the template | said in public | key | end |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var program in Sample.All.GroupBy(sample => sample.Text("source")!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var own = program.Count(IsOurs);
            var tracks = Tracks(program.Key);
            var open = program.Any(sample => sample.Strings("in_public").Any()) ? "machine, service, state" : "nothing";
            table.Append($"| {program.Key} | {Words(program, "kind")} | {Words(program, "state")} | {program.Count() - own} | {own} | {open} | {tracks.Key} | {tracks.End} |\n");
        }
        return table.ToString();
    }

    // What no format reads is a line.
    private static Tracked Tracks(string program) =>
        program == "unknown" ? Classifier.TracksOfUnknown : Classifier.Formats.FirstOrDefault(format => format.Source == program)?.Tracks ?? Tracked.Nothing;

    [Fact]
    public void Every_format_says_what_its_key_and_its_end_are_and_one_program_says_it_once()
    {
        Assert.All(Classifier.Formats, format => Assert.False(
            string.IsNullOrWhiteSpace(format.Tracks.Key) || string.IsNullOrWhiteSpace(format.Tracks.End), format.Source));
        Assert.All(Classifier.Formats.GroupBy(format => format.Source), program => Assert.Single(program.Select(format => format.Tracks).Distinct()));
    }

    private static bool IsOurs(Sample sample) => sample.Text("provenance")!.StartsWith("written for these tests", StringComparison.Ordinal);

    private static string Words(IEnumerable<Sample> samples, string key) =>
        string.Join(", ", samples.Select(sample => sample.Text(key)).OfType<string>().Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } words ? words : "–";
}
