using ChatBot.Core.Commands;
using Xunit;

namespace ChatBot.Tests.Commands;

public class AckArgumentsTests
{
    [Theory]
    [InlineData("42 je redémarre", 42, 1440, "je redémarre")]
    [InlineData("#42 2h je redémarre", 42, 120, "je redémarre")]
    [InlineData("42 2 h je redémarre", 42, 120, "je redémarre")]
    [InlineData("2h 42 je redémarre", 42, 120, "je redémarre")]
    [InlineData("42 je redémarre 30m", 42, 30, "je redémarre")]
    [InlineData("42 je redémarre 2 heures", 42, 120, "je redémarre")]
    [InlineData("42 je redémarre 1h30", 42, 90, "je redémarre")]
    [InlineData("42 1j vacances", 42, 1440, "vacances")]
    [InlineData("42 1d12h vacances", 42, 2160, "vacances")]
    [InlineData("42 je redémarre dans 2h", 42, 1440, "je redémarre dans 2h")]
    [InlineData("42 en panne depuis 3 jours", 42, 1440, "en panne depuis 3 jours")]
    [InlineData("42 j arrive", 42, 1440, "j arrive")]
    [InlineData("42 2h", 42, 120, "")]
    [InlineData("42 le RAID 5", 42, 1440, "le RAID 5")]
    public void Number_time_and_reason_come_in_any_sensible_order(string typed, long number, int minutes, string reason)
    {
        var arguments = AckArguments.Parse(typed.Split(' '));
        Assert.Equal(number, arguments.Number);
        Assert.Equal(TimeSpan.FromMinutes(minutes), arguments.Lasts);
        Assert.Equal(reason, string.Join(' ', arguments.Rest));
    }

    [Theory]
    [InlineData("42 0m raison"), InlineData("42 31j raison"), InlineData("42 99999h raison")]
    public void Too_short_and_too_long_are_told_apart_from_the_reason(string typed) =>
        Assert.False(AckArguments.Parse(typed.Split(' ')).LastsIsAllowed);

    [Theory]
    [InlineData("2"), InlineData("h"), InlineData("h2"), InlineData("2x"), InlineData("30m2h"), InlineData("1j30"), InlineData("-2h")]
    [InlineData("2.5h"), InlineData("123456h"), InlineData(""), InlineData("٢h")]
    public void Other_words_are_no_duration(string typed) => Assert.Null(TypedDuration.Parse(typed));
}
