using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Incidents;

public sealed class FlapHistoryTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    // base/flapping.c, by hand: 20 changes weigh 0.75 to 1.25, in all 20; the newest alone 1.25 of 20.
    [Theory]
    [InlineData(1, 6.25)]
    [InlineData(2, 12.37)]
    [InlineData(20, 100)]
    public void A_change_weighs_the_more_the_newer_it_is(int changes, double percent) =>
        Assert.Equal(percent, Changed(changes, TimeSpan.FromSeconds(1)).Percent, 0.01);

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Six_changes_at_once_are_too_many(int changes, bool isFlapping) =>
        Assert.Equal(isFlapping, Changed(changes, TimeSpan.FromSeconds(10)).IsFlapping);

    [Fact]
    public void Changes_far_apart_are_not_too_many_however_long_they_go_on() =>
        Assert.False(Changed(500, TimeSpan.FromMinutes(30)).IsFlapping);

    [Fact]
    public void Every_end_comes_within_half_an_hour_after_the_last_change() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 4000]).Sample((changes, seconds) =>
        {
            var history = Changed(changes, TimeSpan.FromSeconds(seconds));
            Assert.Equal(FlapHistory.Length, history.States.Length);
            if (history.IsFlapping)
            {
                Assert.InRange(history.EndsAt!.Value - history.LastAt, TimeSpan.Zero, FlapHistory.Longest);
            }
            else
            {
                Assert.Null(history.EndsAt);
            }
        });

    [Fact]
    public void A_clock_that_was_put_back_does_no_harm() =>
        Assert.Equal(FlapHistory.Length, Changed(3, TimeSpan.FromMinutes(-90)).States.Length);

    private static FlapHistory Changed(int changes, TimeSpan apart)
    {
        var history = FlapHistory.Of(CheckState.Ok, At);
        for (var i = 1; i <= changes; i++)
        {
            history = history.With(i % 2 == 1 ? CheckState.Critical : CheckState.Ok, At + (i * apart));
        }

        return history;
    }
}
