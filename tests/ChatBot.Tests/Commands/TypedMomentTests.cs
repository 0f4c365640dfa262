using System.Globalization;
using ChatBot.Core.Commands;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Commands;

public class TypedMomentTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    // A Sunday, 14:17 in Paris.
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("samedi 23h", "2026-11-28 23:00", 2), InlineData("saturday 11pm", "2026-11-28 23:00", 2)]
    [InlineData("Samedi à 23 h 30", "2026-11-28 23:30", 5), InlineData("samedi soir 11h", "2026-11-28 23:00", 3)]
    [InlineData("samedi soir 1h", "2026-11-29 01:00", 3), InlineData("samedi prochain 23h", "2026-11-28 23:00", 3)]
    [InlineData("dimanche 15h", "2026-11-22 15:00", 2), InlineData("dimanche 14h", "2026-11-29 14:00", 2)]
    [InlineData("demain 14:00", "2026-11-23 14:00", 2), InlineData("tomorrow 14:00", "2026-11-23 14:00", 2)]
    [InlineData("tomorrow at 9am", "2026-11-23 09:00", 3), InlineData("demain matin 9h05", "2026-11-23 09:05", 3)]
    [InlineData("après-demain 8h", "2026-11-24 08:00", 2), InlineData("apres demain 8h", "2026-11-24 08:00", 3)]
    [InlineData("18h demain", "2026-11-23 18:00", 2), InlineData("à 18h le 12/12", "2026-12-12 18:00", 4)]
    [InlineData("2026-12-12 23:00", "2026-12-12 23:00", 2), InlineData("12/12 23h", "2026-12-12 23:00", 2)]
    [InlineData("12/12/2026, 23h", "2026-12-12 23:00", 2), InlineData("12/1 8h", "2027-01-12 08:00", 2)]
    [InlineData("12 décembre 23h", "2026-12-12 23:00", 3), InlineData("1er janvier 2027 0:30", "2027-01-01 00:30", 4)]
    [InlineData("december 12 11:30pm", "2026-12-12 23:30", 3), InlineData("29/2 8h", "2028-02-29 08:00", 2)]
    [InlineData("ce soir 22h", "2026-11-22 22:00", 3), InlineData("tonight 10", null, 0), InlineData("tonight 8:30", "2026-11-22 20:30", 2)]
    [InlineData("ce soir 1h", "2026-11-23 01:00", 3), InlineData("cette nuit 2h", "2026-11-23 02:00", 3), InlineData("tonight 2am", "2026-11-23 02:00", 2)]
    [InlineData("18h", "2026-11-22 18:00", 1), InlineData("9 h", "2026-11-23 09:00", 2), InlineData("14:17", "2026-11-23 14:17", 1)]
    [InlineData("midi", "2026-11-23 12:00", 1), InlineData("minuit", "2026-11-23 00:00", 1), InlineData("samedi minuit", "2026-11-29 00:00", 2)]
    [InlineData("dans 2h", "2026-11-22 16:17", 2), InlineData("in 2 hours", "2026-11-22 16:17", 3), InlineData("dans 1h30 hal", "2026-11-22 15:47", 2)]
    [InlineData("demain 2h hal", "2026-11-23 02:00", 2), InlineData("samedi 23h 2h hal", "2026-11-28 23:00", 2)]
    [InlineData("maintenant", "2026-11-22 14:17", 1)]
    [InlineData("2h samedi 23h", null, 0), InlineData("samedi", null, 0), InlineData("hal", null, 0), InlineData("", null, 0), InlineData("25h", null, 0)]
    [InlineData("31/2 8h", null, 0), InlineData("12/13 8h", null, 0), InlineData("9999-12-31 23:00", null, 0), InlineData("1830", null, 0)]
    [InlineData("dans la nuit", null, 0), InlineData("in", null, 0), InlineData("13pm", null, 0), InlineData("٢h", null, 0), InlineData("9:5", null, 0)]
    public void A_moment_is_read_as_people_type_it(string typed, string? shown, int used)
    {
        var moment = TypedMoment.Parse(typed.Split(' '), Now, Paris);
        Assert.Equal(shown, moment is { } it ? Shown(it.At) : null);
        Assert.Equal(used, moment?.Used ?? 0);
    }

    [Theory]
    [InlineData("lundi", "2026-11-23 09:00"), InlineData("dimanche", "2026-11-29 09:00"), InlineData("12/12", "2026-12-12 09:00")]
    [InlineData("demain soir", "2026-11-23 20:00"), InlineData("ce soir", "2026-11-22 20:00"), InlineData("tomorrow", "2026-11-23 09:00")]
    public void A_day_alone_has_the_hour_that_is_usual(string typed, string shown) =>
        Assert.Equal(shown, Shown(TypedMoment.Parse(typed.Split(' '), Now, Paris, new TimeOnly(9, 0))!.Value.At));

    [Theory]
    [InlineData("aujourd'hui 10h", "2026-11-22 10:00"), InlineData("2026-11-22 14:00", "2026-11-22 14:00"), InlineData("1/1/2020 8h", "2020-01-01 08:00")]
    public void A_day_that_is_named_may_be_past(string typed, string shown) =>
        Assert.Equal(shown, Shown(TypedMoment.Parse(typed.Split(' '), Now, Paris)!.Value.At));

    [Theory]
    [InlineData("hier", "2026-11-21 00:00"), InlineData("yesterday", "2026-11-21 00:00"), InlineData("hier soir", "2026-11-21 18:00")]
    [InlineData("hier 18h", "2026-11-21 18:00"), InlineData("18h hier", "2026-11-21 18:00"), InlineData("yesterday at 6:30pm", "2026-11-21 18:30")]
    [InlineData("hier soir 23h", "2026-11-21 23:00"), InlineData("avant-hier", "2026-11-20 00:00"), InlineData("avant hier 9h", "2026-11-20 09:00")]
    [InlineData("lundi", "2026-11-16 00:00"), InlineData("monday", "2026-11-16 00:00"), InlineData("lundi dernier", "2026-11-16 00:00")]
    [InlineData("dimanche", "2026-11-15 00:00"), InlineData("last friday", "2026-11-20 00:00"), InlineData("vendredi soir", "2026-11-20 18:00")]
    [InlineData("vendredi 18h", "2026-11-20 18:00"), InlineData("samedi 23 h 30", "2026-11-21 23:30")]
    [InlineData("ce matin", "2026-11-22 06:00"), InlineData("aujourd'hui", "2026-11-22 00:00"), InlineData("cette nuit", "2026-11-21 22:00")]
    [InlineData("cette nuit 2h", "2026-11-22 02:00"), InlineData("last night", "2026-11-21 22:00"), InlineData("last week", "2026-11-15 00:00")]
    [InlineData("la semaine dernière", null), InlineData("semaine dernière", "2026-11-15 00:00")]
    [InlineData("20/11", "2026-11-20 00:00"), InlineData("20 novembre 18h", "2026-11-20 18:00"), InlineData("12/12", "2025-12-12 00:00")]
    [InlineData("2026-11-20", "2026-11-20 00:00"), InlineData("20/11/2026 8:15", "2026-11-20 08:15"), InlineData("29/2", null)]
    [InlineData("14:00", "2026-11-22 14:00"), InlineData("15:00", "2026-11-21 15:00"), InlineData("à 14:00", "2026-11-22 14:00")]
    [InlineData("demain", null), InlineData("ce soir", null), InlineData("2027-01-01", null), InlineData("hier demain", null), InlineData("lundi mardi", null)]
    [InlineData("hier 8h 9h", null), InlineData("hal", null), InlineData("", null), InlineData("dernier", null), InlineData("last", null), InlineData("à", null)]
    public void A_moment_that_is_over_is_the_last_such(string typed, string? shown) =>
        Assert.Equal(shown, TypedPast.Read(typed.Split(' '), Now, Paris) is { } at ? Shown(at) : null);

    [Fact]
    public void What_is_read_as_over_is_never_to_come() => Gen.String[Gen.Char["hierlunda 0123456789:/h"], 0, 20].Sample(
        typed => Assert.False(TypedPast.Read(typed.Split(' '), Now, Paris) > Now));

    [Fact]
    public void What_was_a_moment_ago_is_meant_where_there_is_grace() =>
        Assert.Equal("2026-11-22 14:15", Shown(TypedMoment.Parse(["14:15"], Now, Paris, grace: TimeSpan.FromMinutes(10))!.Value.At));

    [Theory]
    [InlineData("2026-03-28T20:00Z", "2h30", "2026-03-29T01:30Z")] // 02:30 is skipped: an hour later, 03:30.
    [InlineData("2027-03-27T20:00Z", "demain 2h", "2027-03-28T01:00Z")]
    [InlineData("2026-10-24T20:00Z", "2h30", "2026-10-25T00:30Z")] // 02:30 comes twice: the first.
    [InlineData("2026-10-25T00:45Z", "2h30", "2026-10-25T01:30Z")] // The first is over.
    [InlineData("2026-10-24T20:00Z", "3h", "2026-10-25T02:00Z")]
    [InlineData("2026-10-24T20:00Z", "dans 6h", "2026-10-25T02:00Z")]
    public void The_clock_is_put_forward_and_back(string now, string typed, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
        TypedMoment.Parse(typed.Split(' '), DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), Paris)!.Value.At);

    [Fact]
    public void A_written_moment_comes_back() => Gen.Select(Gen.Int[0, 60 * 24 * 600], Gen.Int[1, 60 * 24 * 400], Gen.Int[0, 3]).Sample((start, after, way) =>
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(start);
        var at = now.AddMinutes(after);
        var local = TimeZoneInfo.ConvertTime(at, Paris);
        if (Paris.IsAmbiguousTime(local))
        {
            return true;
        }

        var day = local.ToString(way % 2 == 0 ? "yyyy-MM-dd" : "d/M/yyyy", CultureInfo.InvariantCulture);
        var hour = local.ToString(way < 2 ? "HH:mm" : "H'h'mm", CultureInfo.InvariantCulture);
        return TypedMoment.Parse([day, hour], now, Paris) == new TypedMoment(at, 2) && TypedMoment.Parse([hour, day], now, Paris) == new TypedMoment(at, 2);
    });

    [Fact]
    public void Whatever_is_typed_is_no_mistake_of_ours_and_lies_ahead_unless_its_day_is_named()
    {
        string[] words =
        [
            "samedi", "sunday", "demain", "ce", "cette", "soir", "night", "matin", "le", "à", "at", "12/12", "29/2", "31/12", "12", "mars", "may", "h",
            "2h", "23h30", "24h", "24:01", "11pm", "12am", "99:99", "dans", "in", "3", "99999d", "99999d99999h", "midi", "minuit", "prochain", "#", "", "é", "\ud800",
            new string('9', 500), "0/0", "//", "-", ":", "now", "\0",
        ];
        var ofToday = new[] { "ce", "cette" };
        Gen.Select(Gen.Int[0, words.Length - 1].Array[0, 12], Gen.Long[0, 150L * 365 * 24 * 3600], Gen.Bool).Sample((picked, second, alone) =>
        {
            var typed = picked.Select(index => words[index]).ToArray();
            var now = DateTimeOffset.UnixEpoch.AddYears(10).AddSeconds(second);
            return TypedMoment.Parse(typed, now, Paris, alone ? new TimeOnly(9, 0) : null) is not { } moment
                || (moment.Used >= 1 && moment.Used <= typed.Length && (moment.At > now || typed.Intersect(ofToday).Any() || typed[0] is "now" or "dans" or "in"));
        });
    }

    private static string Shown(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Paris).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
