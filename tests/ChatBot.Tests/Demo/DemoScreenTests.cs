using ChatBot.Core.Language;
using ChatBot.Demo;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Demo;

public sealed class DemoScreenTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 2, 3, 4, 5, 6, TimeSpan.Zero));

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_has_its_time_and_its_channel()
    {
        Screen(null).Say("globot", "#root", "un deux");

        Assert.Equal("04:05:06 #root     │ <globot> un deux\n", _output.ToString());
    }

    [Fact]
    public void What_is_said_in_private_says_to_whom()
    {
        Screen(null).Say("globot", "marie", "bonjour");

        Assert.Equal("04:05:06 en privé  │ <globot → marie> bonjour\n", _output.ToString());
    }

    [Fact]
    public void A_long_line_is_folded_between_words_under_its_beginning()
    {
        Screen(51).Say("globot", "#globenet", "un deux trois quatre cinq six");

        Assert.Equal(
            """
            04:05:06 #globenet │ <globot> un deux trois quatre
                               │ cinq six

            """.ReplaceLineEndings("\n"),
            _output.ToString());
    }

    [Fact]
    public void A_word_that_is_longer_than_a_line_is_left_whole() =>
        Assert.Equal(["a", "12345678901234567890", "b c"], DemoScreen.Fold("a 12345678901234567890 b c", 10));

    [Fact]
    public void No_line_begins_with_a_lone_sign() =>
        Assert.Equal(["un hal ;", "« je", "regarde »", "deux"], DemoScreen.Fold("un hal ; « je regarde » deux", 9));

    [Fact]
    public void What_the_demo_itself_says_is_grey_on_a_terminal_only()
    {
        Screen(80).Guide("essayez");
        Screen(null).Guide("essayez");

        Assert.Equal("\e[90m(essayez)\e[0m\n(essayez)\n", _output.ToString());
    }

    private DemoScreen Screen(int? width) => new(_output, width, Locale.French, _time);
}
