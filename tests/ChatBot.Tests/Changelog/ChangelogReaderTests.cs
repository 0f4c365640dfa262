using System.Globalization;
using System.Text;
using ChatBot.Core.Changelog;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>What people write by hand in changelogs; <c>testdata/handwritten.txt</c> has each style with what is read of it.</summary>
public sealed class ChangelogReaderTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly Dictionary<string, (string[] Lines, string[] Read)> All = Load();

    // Pieces of every style, so that chance puts together what nearly is one.
    private static readonly string[] Pieces =
    [
        "2026-11-29 14:05 +0100: lunar", "  text", "2005-11-03 - Name <a@b>", "  * x: y", "hal (1) s; urgency=low", " -- N <a@b>  Sun, 22 Nov 2026 21:07:57 +0100",
        "3 nov. 2005", "Nov 3", "31/02/2026", "9999-99-99", "2026-11-29T", "2026-11-29 24:00", "2026-11-29 14:05 +9900", "[2026-11-29", "- [ ] a - [x] b", "", "====",
        "[chatbot 999999999999999999999999]", "[chatbot ]", "x [chatbot -1]", "1. ", "-", "* ", "2026-11-29 :", "<@>", "2026-11-29 <@>", "2026-11-29 (", "(a)", "2026-11-29 par :",
    ];

    private static readonly Gen<string> AnyLine = Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]),
        Gen.Char.Array[0, 60].Select(letters => new string(letters)),
        Gen.Char["0123456789-/.:+ TZhnov<>@[]()*#="].Array[0, 40].Select(letters => new string(letters)));

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void There_are_forty_samples_at_least() => Assert.InRange(All.Count, 40, 200);

    [Theory, MemberData(nameof(Names))]
    public void A_sample_is_read(string name)
    {
        var (lines, expected) = All[name];
        Assert.Equal(expected, ChangelogReader.Read(lines, Paris).Entries.Select(Shown));
        foreach (var text in new[] { string.Join('\n', lines), string.Join("\r\n", lines) + "\r\n" })
        {
            Assert.Equal(expected, ChangelogReader.Read(Encoding.UTF8.GetBytes(text), Paris).Entries.Select(Shown));
            Assert.Equal(expected, ChangelogReader.Read(Encoding.Latin1.GetBytes(text), Paris).Entries.Select(Shown));
            Assert.Equal(expected, ChangelogReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Paris).Entries.Select(Shown));
        }
    }

    [Fact]
    public void Windows_1252_is_read_where_it_is_no_utf_8()
    {
        byte[] bytes = [.. "2026-11-22 : coût d\u2019un c\u0153ur, 3 \u20ac\n"u8, .. "2026-11-23 : co\u00fbt"u8, .. "\n2026-11-24 : "u8, 0x63, 0x9C, 0x75, 0x72, 0x92, 0x20, 0x80, 0x20, 0xFB];
        Assert.Equal(["coût d\u2019un c\u0153ur, 3 \u20ac", "coût", "c\u0153ur\u2019 \u20ac û"], ChangelogReader.Read(bytes, Paris).Entries.Select(entry => entry.Text.Value));
    }

    [Fact]
    public void Lines_of_one_file_may_be_in_both_encodings()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("2026-11-22 : désactivé\n"), .. Encoding.Latin1.GetBytes("2026-11-23 : réactivé\n")];
        Assert.Equal(["désactivé", "réactivé"], ChangelogReader.Read(bytes, Paris).Entries.Select(entry => entry.Text.Value));
    }

    [Fact]
    public void All_samples_in_one_file_are_the_same_entries()
    {
        // Each date is its own: what one sample leaves open ends with the next one's first line, or with the empty line between.
        var dated = All.Values.Where(sample => !sample.Read[0].Contains("| ? |", StringComparison.Ordinal)).ToList();
        var lines = dated.SelectMany(sample => sample.Lines.Append("")).ToList();
        Assert.Equal(
            dated.SelectMany(sample => sample.Read.Select(Unnumbered)),
            ChangelogReader.Read(lines, Paris).Entries.Select(entry => Unnumbered(Shown(entry))));
    }

    [Theory]
    [InlineData("2026-11-20 : a|2026-11-22 : b|2026-11-21 : c|2026-11-23 : d", "3<2")]
    [InlineData("2026-11-20 : a|2026-11-25 : b|2026-11-21 : c|2026-11-22 : d|2026-11-26 : e", "3<2")]
    [InlineData("2026-11-23 : a|2026-11-22 : b|2026-11-24 : c|2026-11-20 : d|2026-11-19 : e", "3>2")]
    [InlineData("2026-11-22 14:05: a|2026-11-22 : b|2026-11-22 09:00 : c|2026-11-22 08:00 : d|2026-11-23 : e", "4<3")]
    [InlineData("2026-11-20 : a|2026-11-20 : b|2026-11-21 : c", "")]
    [InlineData("2026-11-20 : a", "")]
    [InlineData("", "")]
    public void What_is_out_of_order_is_reported_once(string lines, string faults) => Assert.Equal(
        faults, string.Join(' ', ChangelogReader.Read(lines.Split('|'), Paris).Faults.Select(fault => $"{fault.Line}{(fault.IsOlder ? '<' : '>')}{fault.Before}")));

    [Fact]
    public void Whatever_a_file_holds_it_is_read_within_bounds() =>
        AnyLine.List[0, 40].Sample(
            lines =>
            {
                var read = ChangelogReader.Read(lines, Paris);
                Assert.Equal(0, read.Unread);
                Assert.True(read.Entries.Count <= lines.Count);
                Assert.All(read.Entries, entry =>
                {
                    Assert.InRange(entry.Line, 1, lines.Count);
                    Assert.True(entry.Text.Value.Length <= WrittenEntry.LongestText && entry.By.Value.Length <= WrittenEntry.LongestName);
                    Assert.Equal(entry.Precision == WrittenPrecision.Unknown, entry.At is null);
                    Assert.DoesNotContain(entry.Text.Value, char.IsControl);
                });
                Assert.True(ChangelogBox.In(string.Join(' ', lines)).Count <= ChangelogBox.Most);
                var bytes = ChangelogReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)), Paris);
                Assert.True(bytes.Entries.Count <= string.Join('\n', lines).Count(letter => letter == '\n') + 1);
            },
            iter: 2000);

    [Theory]
    [InlineData("["), InlineData("(a)"), InlineData("- "), InlineData("2026-11-29 "), InlineData("<@"), InlineData("[ ] "), InlineData("~~"), InlineData("1."), InlineData("Nov ")]
    public void Hostile_lines_cost_no_more_than_their_length(string piece)
    {
        // Were it the square, half a megabyte would take hours.
        var line = string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length));
        var read = ChangelogReader.Read([line, "  " + line, line], Paris);
        Assert.All(read.Entries, entry => Assert.True(entry.Text.Value.Length <= WrittenEntry.LongestText));
        Assert.True(ChangelogBox.In(line).Count <= ChangelogBox.Most);
    }

    [Fact]
    public void What_is_beyond_the_bound_is_counted()
    {
        var read = ChangelogReader.Read([.. Enumerable.Repeat("2026-11-22 : x", ChangelogReader.MostLines + 7)], Paris);
        Assert.Equal((ChangelogReader.MostLines, 7), (read.Entries.Count, read.Unread));
    }

    [Theory]
    [InlineData("- [ ] doubler le DNS avant le 20/11", "doubler le DNS avant le 20/11")]
    [InlineData("postfix refait - [ ] doubler le DNS - [ ] prévenir zou", "doubler le DNS;prévenir zou")]
    [InlineData("[x] doubler le DNS", "+doubler le DNS")]
    [InlineData("- [X] a; - [ ] b", "+a;b")]
    [InlineData("~~- [ ] doubler le DNS~~", "+doubler le DNS")]
    [InlineData("- [-] doubler le DNS", "+doubler le DNS")]
    [InlineData("tableau a[ ] vidé", "")]
    [InlineData("if [ -f x ]; then", "")]
    [InlineData("- [ ] ", "")]
    [InlineData("- [ ]x", "")]
    [InlineData("", "")]
    public void Boxes_are_found_anywhere_in_a_line(string text, string boxes) =>
        Assert.Equal(boxes, string.Join(';', ChangelogBox.In(text).Select(box => (box.IsDone ? "+" : "") + box.Text.Value)));

    [Theory]
    [InlineData("doubler le DNS", "doubler le DNS avant le 20/11", 0)]
    [InlineData("Doublér  le dns !", "x|doubler le DNS", 1)]
    [InlineData("doubler le DNS", "doubler le DNS de hal|doubler le DNS de sud", null)]
    [InlineData("doubler le DNS", "doubler le DNS de hal|doubler le DNS|doubler le DNS de sud", 1)]
    [InlineData("doubler", "doubler le DNS", null)]
    [InlineData("doubler le DNS", "doubler le DNSSEC", null)]
    public void A_ticked_box_means_the_same_text_or_the_only_one_that_begins_so(string done, string open, int? meant) => Assert.Equal(
        meant,
        ChangelogBox.Meant(ChangelogBox.In("[x] " + done)[0].Key, [.. open.Split('|').Select(text => ChangelogBox.In("[ ] " + text)[0].Key)]));

    private static string Shown(WrittenEntry entry)
    {
        var time = entry.At?.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture) ?? "?";
        var day = entry.Precision == WrittenPrecision.Day ? TimeZoneInfo.ConvertTime(entry.At!.Value, Paris).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time;
        return $"{entry.Line} | {entry.By.Value} | {day} | {entry.Text.Value}{(entry.Number is { } number ? $" | {number}" : "")}";
    }

    private static string Unnumbered(string shown) => shown[shown.IndexOf('|', StringComparison.Ordinal)..];

    private static Dictionary<string, (string[] Lines, string[] Read)> Load() => File
        .ReadAllText(Path.Combine(AppContext.BaseDirectory, "Changelog", "testdata", "handwritten.txt")).TrimEnd()
        .Split("=== ", StringSplitOptions.RemoveEmptyEntries)
        .Select(sample => sample.TrimEnd().Split('\n'))
        .ToDictionary(
            lines => lines[0],
            lines => (lines[1..Array.FindIndex(lines, line => line.TrimEnd() == "---")], lines[(Array.FindIndex(lines, line => line.TrimEnd() == "---") + 1)..]));
}
