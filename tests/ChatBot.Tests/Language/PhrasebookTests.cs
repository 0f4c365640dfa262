using ChatBot.Core.Language;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Language;

public class PhrasebookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.CreateCustomTimeZone("Paris", TimeSpan.FromHours(1), null, null);

    private readonly Phrasebook _french = new(Locale.French, Paris);
    private readonly Phrasebook _english = new(Locale.English, Paris);

    [Theory]
    [InlineData(0, "0 seconde", "0 seconds")]
    [InlineData(1, "1 seconde", "1 second")]
    [InlineData(30, "30 secondes", "30 seconds")]
    [InlineData(90, "1 minute", "1 minute")]
    [InlineData(720, "12 minutes", "12 minutes")]
    [InlineData(5400, "1 heure et 30 minutes", "1 hour and 30 minutes")]
    [InlineData(90000, "1 jour et 1 heure", "1 day and 1 hour")]
    [InlineData(864000, "10 jours", "10 days")]
    [InlineData(-5, "0 seconde", "0 seconds")]
    public void A_duration_is_read_by_people(int seconds, string french, string english)
    {
        Assert.Equal(french, _french.Duration(TimeSpan.FromSeconds(seconds)).Value);
        Assert.Equal(english, _english.Duration(TimeSpan.FromSeconds(seconds)).Value);
    }

    [Theory]
    [InlineData(2, "à l'instant", "just now")]
    [InlineData(185, "il y a 3 minutes", "3 minutes ago")]
    [InlineData(7300, "il y a 2 heures", "2 hours ago")]
    [InlineData(-60, "à l'instant", "just now")]
    public void A_moment_is_said_by_its_age(int seconds, string french, string english)
    {
        Assert.Equal(french, _french.Ago(Now.AddSeconds(-seconds), Now).Value);
        Assert.Equal(english, _english.Ago(Now.AddSeconds(-seconds), Now).Value);
    }

    [Fact]
    public void A_time_is_said_in_the_zone_of_the_group_with_the_day_where_it_is_another()
    {
        Assert.Equal("00:35", _french.Time(Now.AddMinutes(5), Now).Value);
        Assert.Equal("22/11 23:59", _french.Time(Now.AddMinutes(-31), Now).Value);
        Assert.Equal("22 Nov 23:59", _english.Time(Now.AddMinutes(-31), Now).Value);
    }

    [Fact]
    public void A_sentence_with_a_private_fact_is_not_for_the_public()
    {
        var line = _french.Say(Sentences.ChangeChangelog, PublicText.Declared("[hal]"), new RootText("relais"));
        Assert.Null(line.For(Audience.Public));
        Assert.Equal("[hal] · « relais »", line.For(Audience.Root));
    }

    [Fact]
    public void A_remark_is_as_public_as_the_place_where_it_was_made()
    {
        Line aloud = new Remark(new RootText("je redémarre"), Audience.Public);
        Line apart = new Remark(new RootText("je redémarre"), Audience.Root);
        Assert.Equal("je redémarre", aloud.For(Audience.Public));
        Assert.Null(apart.For(Audience.Public));
        Assert.Equal("je redémarre", apart.For(Audience.Root));
    }

    [Fact]
    public void Parts_are_joined_for_each_audience_apart()
    {
        var line = Line.Join(" · ", [PublicText.Declared("a"), new RootText("b"), PublicText.Declared("c")]);
        Assert.Equal("a · c", line.For(Audience.Public));
        Assert.Equal("a · b · c", line.For(Audience.Root));
    }
}
