using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>A number with a word of time behind it says how long, not which incident.</summary>
public sealed class DurationOrNumberTests : BilingualScenes
{
    [Theory, InlineData("!ack 42 heures nouveau disque"), InlineData("!prends 42 minutes : nouveau disque")]
    public Task Which_incident_is_asked_where_several_are_open(string text) => InBothAsync(async () =>
    {
        Assert.StartsWith(In("lequel ? ", "which one? "), Assert.Single(await Group.InChannel(text)), StringComparison.Ordinal);
        Assert.Equal(0, await Group.Engine.AskAsync("SELECT COUNT(*) FROM incident WHERE acknowledged_reason LIKE '%disque%'"));
    });

    [Theory, InlineData("!unack 42 minutes"), InlineData("!rends 42 heures"), InlineData("!close 42 minutes de coupure")]
    public Task What_takes_no_duration_does_nothing(string text) => InBothAsync(async () =>
        Assert.StartsWith(In("usage : ", "usage: "), Assert.Single(await Group.InChannel(text)), StringComparison.Ordinal));

    [Fact]
    public Task A_number_before_the_duration_is_the_incident() => InBothAsync(async () => Assert.StartsWith(
        In("[filer] DOWN pris par lunar « je redémarre » jusqu'à 16:17", "[filer] DOWN acknowledged by lunar “je redémarre” until 16:17"),
        (await Group.InChannel("!ack 43 2 heures je redémarre"))[0], StringComparison.Ordinal));
}
