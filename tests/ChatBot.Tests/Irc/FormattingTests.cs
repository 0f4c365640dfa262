using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class FormattingTests
{
    private static readonly Gen<string> Words =
        Gen.OneOf(Gen.String, Gen.Int[0, 11].Select(i => Pieces[i]).Array[0, 60].Select(string.Concat));

    private static readonly Gen<(string Text, FormattedText Formatted)> Part =
        Gen.Select(Words, Gen.Int[0, 3], Gen.Enum<IrcColour>()).Select((text, kind, colour) => (text, kind switch
        {
            0 => IrcFormatting.Plain(text),
            1 => IrcFormatting.InBold(text),
            2 => IrcFormatting.InColour(colour, text),
            _ => IrcFormatting.InColour(colour, text, isBold: true),
        }));

    private static (string Coded, string Plain)[] Inserted =>
    [
        ("", "5"), ("", ",5"), ("", "é 😀"), ("\u0002", "5"), ("\u001d", "f"), ("\u001f", "a"), ("\u001e", ","), ("\u0011", ""), ("\u0016", "x"),
        ("\u000f", "1"), ("\u000304,01", "2"), ("\u0003", "x"), ("\u00034", "x"), ("\u000304", "5"), ("\u000304", ",x"), ("\u0004ff0000,00FF00", "a"),
        ("\u0004", "ghi"), ("\u0004ff00aa", "b"),
    ];

    private static string[] Pieces => ["a", " ", "5", ",5", "é", "😀", "👩‍🚒", "e\u0301", "mot mot", "\u0003", "\u0002", "\u000f"];

    [Fact]
    public void A_text_is_the_same_again_once_the_codes_in_it_are_stripped() =>
        Gen.Int[0, Inserted.Length - 1].Select(i => Inserted[i]).Array[0, 40].Sample(all =>
            Assert.Equal(string.Concat(all.Select(a => a.Plain)), IrcFormatting.Strip(string.Concat(all.Select(a => a.Coded + a.Plain)))));

    [Fact]
    public void What_is_formatted_reads_as_the_clean_text_without_its_codes() =>
        Part.Array[0, 6].Sample(parts =>
            Assert.Equal(
                string.Concat(parts.Select(p => Cleaner.CleanLine(p.Text))),
                IrcFormatting.Strip(Join(parts.Select(p => p.Formatted)).ToString())));

    [Fact]
    public void A_cut_changes_neither_the_words_nor_the_format_of_any_character() =>
        Gen.Select(Part.Array[0, 6], Gen.Int[16, 80]).Sample((parts, budget) =>
        {
            var whole = Join(parts.Select(p => p.Formatted));

            var pieces = LineSplitter.Split(whole, budget);

            Assert.All(pieces, p => Assert.InRange(Encoding.UTF8.GetByteCount(p.ToString()), 0, budget));
            Assert.All(pieces, p => Assert.True(pieces.Count == 1 || IrcFormatting.Strip(p.ToString()).Length > 0));
            Assert.Equal(Seen(whole).Where(s => s[^1] != ' '), pieces.SelectMany(Seen).Where(s => s[^1] != ' '));
        });

    [Fact]
    public void A_bold_sentence_is_bold_on_every_line() =>
        Assert.Equal(
            ["\u0002un deux trois\u000f", "\u0002quatre\u000f cinq"],
            LineSplitter.Split(IrcFormatting.InBold("un deux trois quatre") + " cinq", 17).Select(p => p.ToString()));

    [Fact]
    public void A_cut_at_the_end_of_a_part_leaves_no_line_of_codes_alone()
    {
        Assert.Equal(["\u0002abcdefghijklmn\u000f", "fin"], Cut(IrcFormatting.InBold("abcdefghijklmn") + " fin"));
        Assert.Equal(["\u0002abcdefghijklmn\u000f"], Cut(IrcFormatting.InBold("abcdefghijklmn ")));
        Assert.Equal(["\u0002 abcdefghijklm\u000f", "\u0002nop\u000f"], Cut(IrcFormatting.InBold(" abcdefghijklmnop")));
        Assert.Equal(["\u0002👨\u200d👩\u200d\u000f", "\u0002👧\u200d👦\u000f"], Cut(IrcFormatting.InBold("👨\u200d👩\u200d👧\u200d👦")));
    }

    [Fact]
    public void Only_deliberate_codes_reach_the_line()
    {
        Assert.Equal(
            "PRIVMSG #x :\u000304\u0002\u0002,1  rouge\u000f",
            IrcCommand.Privmsg("#x", IrcFormatting.InColour(IrcColour.Red, ",1\r\n\u0002rouge")).Line);
        Assert.Equal("NOTICE #x :\u0002a\u000fb", IrcCommand.Notice("#x", IrcFormatting.InBold("a\u0001") + "b\u0003").Line);
        Assert.Equal("PRIVMSG #x :ab", IrcCommand.Privmsg("#x", "a\u0002b").Line);
    }

    [Fact]
    public void A_colour_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IrcFormatting.InColour((IrcColour)99, "x"));

    private static string[] Cut(FormattedText text) => [.. LineSplitter.Split(text, 16).Select(p => p.ToString())];

    private static FormattedText Join(IEnumerable<FormattedText> parts) => parts.Aggregate(default(FormattedText), (all, one) => all + one);

    private static List<string> Seen(FormattedText text)
    {
        var seen = new List<string>();
        var format = "";
        var coded = text.ToString();
        for (var i = 0; i < coded.Length; i++)
        {
            if (coded[i] == '\u000f')
            {
                format = "";
            }
            else if (coded[i] == '\u0002')
            {
                format = format.EndsWith('\u0002') ? format[..^1] : format + '\u0002';
            }
            else if (coded[i] == '\u0003')
            {
                (format, i) = (format + coded[i..(i + 3)], i + 2);
            }
            else
            {
                seen.Add(format + coded[i]);
            }
        }
        return seen;
    }
}
