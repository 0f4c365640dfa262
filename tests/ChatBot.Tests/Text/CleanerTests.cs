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
    [InlineData("", "")]
    public void Nothing_invisible_survives(string text, string clean) => Assert.Equal(clean, Cleaner.Clean(text, 100));

    [Fact]
    public void Marks_do_not_pile_up() =>
        Assert.Equal("e\u0301\u0301\u0301f", Cleaner.Clean("e" + new string('\u0301', 50) + "f", 100));

    [Fact]
    public void Long_text_is_cut_between_characters_with_a_sign() =>
        Assert.Equal("ab…", Cleaner.Clean("ab👩‍🚀👩‍🚀", 4));

    [Fact]
    public void Any_text_becomes_a_harmless_line() => Gen.String[0, 300].Sample(text =>
    {
        var clean = Cleaner.Clean(text, 50);
        Assert.True(clean.Length <= 50);
        Assert.DoesNotContain(clean, char.IsControl);
        Assert.Equal(clean, Cleaner.Clean(clean, 50));
    });
}
