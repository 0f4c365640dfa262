using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Text;

public class CleanerTests
{
    [Theory]
    [InlineData("POP3 CRITICAL", "POP3 CRITICAL")]
    [InlineData("  deux   mots  ", "deux mots")]
    [InlineData("a\r\nQUIT :b", "a QUIT :b")]
    [InlineData("a\tb", "a b")]
    [InlineData("\u0001VERSION\u0001", "VERSION")]
    [InlineData("\u001b[2Jb", "[2Jb")]
    [InlineData("h\u200ba\u202el", "hal")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("é ou e\u0301", "é ou e\u0301")]
    [InlineData("a\u0085b\u000bc", "a bc")]
    [InlineData("a\ue000b\ufdd0c\U000e0001d", "abcd")]
    [InlineData("👩\u200d🚒 👩\u200d et a\u200db", "👩\u200d🚒 👩 et ab")]
    [InlineData("\u0301a", "a")]
    [InlineData("", "")]
    public void Nothing_invisible_survives(string text, string clean) => Assert.Equal(clean, Cleaner.Clean(text, 100));

    [Theory]
    [InlineData("  deux\u00a0 mots  ", "  deux\u00a0 mots  ")]
    [InlineData("a\r\nQUIT\t:b", "a  QUIT :b")]
    [InlineData("\u0001VERSION\u0001\u202e\ufdd0x", "VERSIONx")]
    [InlineData("🏳️\u200d🌈\u200d", "🏳️\u200d🌈")]
    public void A_line_keeps_its_spaces_and_is_cleaned_by_the_same_rules(string text, string clean) =>
        Assert.Equal(clean, Cleaner.CleanLine(text));

    [Fact]
    public void A_text_without_anything_to_clean_is_what_a_close_look_at_it_leaves()
    {
        // The bell, which goes, has every letter looked at.
        for (var letter = 1; letter < 0xd800; letter++)
        {
            var text = $"a{(char)letter}b";
            Assert.Equal(Cleaner.Clean(text + "\a", 100), Cleaner.Clean(text, 100));
            Assert.Equal(Cleaner.CleanLine(text + "\a"), Cleaner.CleanLine(text));
            Assert.Equal(Cleaner.CleanTyped(text + "\a", 100), Cleaner.CleanTyped(text, 100));
        }
    }

    [Fact]
    public void A_value_that_is_clean_is_a_clean_line() => Gen.String[0, 300].Sample(text =>
    {
        var clean = Cleaner.Clean(text, int.MaxValue);
        Assert.Equal(clean, Cleaner.CleanLine(clean));
    });

    [Fact]
    public void What_is_typed_loses_its_control_characters_and_no_other() =>
        Assert.Equal("h\u200bal b", Cleaner.CleanTyped(" h\u200b\u0002al\tb\u0001 ", 100));

    [Fact]
    public void What_is_typed_is_cut_between_characters() => Assert.Equal("ab", Cleaner.CleanTyped("ab😀", 3));

    [Fact]
    public void Marks_do_not_pile_up() =>
        Assert.Equal("e\u0301\u0301\u0301f", Cleaner.Clean("e" + new string('\u0301', 50) + "f", 100));

    [Fact]
    public void Long_text_is_cut_between_characters_with_a_sign() =>
        Assert.Equal("ab…", Cleaner.Clean("ab👩‍🚀👩‍🚀", 4));

    [Theory]
    [InlineData(40, 40, "")]
    [InlineData(41, 34, "… (+7)")]
    [InlineData(1000, 32, "… (+968)")]
    [InlineData(100_000, 30, "… (+99970)")]
    public void What_is_left_out_is_counted(int length, int shown, string end) =>
        Assert.Equal(new string('x', shown) + end, Cleaner.Shorten(new string('x', length), 40));

    [Theory]
    [InlineData(60, "… (+100)", "… (+128)")]
    [InlineData(60, "… (+ ≥ 100)", "… (+ ≥ 131)")]
    [InlineData(60, "… (+x)", "… (+33)")]
    [InlineData(600, "… (+100)", "… (+668)")]
    public void A_count_of_what_was_left_out_before_is_added(int length, string end, string shortened) =>
        Assert.EndsWith("x" + shortened, Cleaner.Shorten(new string('x', length) + end, 40), StringComparison.Ordinal);

    [Fact]
    public void What_is_shortened_stays_as_it_is() => Gen.Select(Gen.String[0, 300], Gen.Int[0, 60]).Sample((text, longest) =>
    {
        var shortened = Cleaner.Shorten(text, longest);
        Assert.True(longest < 20 || shortened.Length <= longest);
        Assert.Equal(shortened, longest < 20 ? shortened : Cleaner.Shorten(shortened, longest));
    });

    [Fact]
    public void Any_text_becomes_a_harmless_line() => Gen.String[0, 300].Sample(text =>
    {
        var clean = Cleaner.Clean(text, 50);
        Assert.True(clean.Length <= 50);
        Assert.DoesNotContain(clean, char.IsControl);
        Assert.Equal(clean, Cleaner.Clean(clean, 50));
    });
}
