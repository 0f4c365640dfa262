using ChatBot.Mail;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class FailedChecksTests
{
    [Fact]
    public void What_fails_too_often_in_a_name_is_not_looked_at_for_a_minute_and_what_is_right_does_not_count()
    {
        var time = new FakeTimeProvider();
        var checks = new FailedChecks(time);
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(checks.Begin("lunar@example.org"));
            checks.Succeed("lunar@example.org");
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i < FailedChecks.MostAMinute, checks.Begin(i % 2 == 0 ? "lunar@example.org" : "Lunar@example.org"));
        }

        Assert.True(checks.Begin("other@example.org"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(checks.Begin("lunar@example.org"));
    }
}
