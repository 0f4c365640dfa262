using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>Nobody believes in another end than the one that is kept: what was not understood is asked back, and nothing is done.</summary>
public sealed class TimeSlipTests
{
    [Theory]
    [InlineData("!prends 42 jusqu'à hier je regarde"), InlineData("!prends 42 jusqu'au 31/02 je regarde"), InlineData("!prends 42 dans 2h")]
    [InlineData("!muet hal jusqu'à hier bruit"), InlineData("!muet hal pop3 toujours"), InlineData("!muet hal pop3 jusqu'au 31/02"), InlineData("!mute hal until christmas")]
    [InlineData("!mute hal forever"), InlineData("!mute hal pop3 until 13pm noise"), InlineData("!ack 42 until yesterday looking")]
    [InlineData("!intervention hal demain 23h 2h jusqu'à hier noyau")]
    public async Task An_end_that_was_not_understood_is_asked_back(string typed)
    {
        await using var group = new SampleGroup();
        Assert.StartsWith("je ne comprends pas cette durée, rien n'est fait", Assert.Single(await group.InChannel(typed)), StringComparison.Ordinal);
        Assert.Equal(0, await group.Engine.AskAsync("SELECT COUNT(*) FROM mute WHERE machine = 'hal'"));
    }

    [Theory]
    [InlineData("!prends 42 43 99 je regarde"), InlineData("!prends 42 à 43 je regarde"), InlineData("!prends 42-43 je regarde"), InlineData("!ack 1..1000 raison")]
    [InlineData("!ack 42 to 43 looking"), InlineData("!rends 42 à 43"), InlineData("!rends 42 43 99"), InlineData("!clos! 42 à 43 réparé")]
    public async Task So_is_a_number(string typed)
    {
        await using var group = new SampleGroup();
        Assert.StartsWith(
            "je ne comprends pas ces numéros, rien n'est fait ; par exemple !", Assert.Single(await group.InChannel(typed)), StringComparison.Ordinal);
    }
}
