using ChatBot.Core.Commands;
using Xunit;

namespace ChatBot.Tests.Commands;

public class QuestionPaceTests
{
    private readonly QuestionPace _pace = new();

    [Fact]
    public void Of_all_whom_nobody_knows_one_in_five_seconds_is_asked_about()
    {
        var asked = Enumerable.Range(0, 600).Count(i => _pace.MayAsk(null, TimeSpan.FromSeconds(i / 10.0)));
        Assert.InRange(asked, 13, 16);
    }

    [Fact]
    public void Strangers_and_whoever_has_the_nick_of_another_use_up_nothing_of_the_others()
    {
        for (var i = 0; i < 600; i++)
        {
            _pace.MayAsk(null, TimeSpan.FromSeconds(i / 10.0));
            _pace.MayAsk("mag", TimeSpan.FromSeconds(i / 10.0));
        }

        Assert.True(_pace.MayAsk("lunar", TimeSpan.FromSeconds(60)));
    }
}
