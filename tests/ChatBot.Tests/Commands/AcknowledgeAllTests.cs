using ChatBot.Core.Language;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary><c>!ack all</c>: what is open and nobody has, of one machine or of all.</summary>
public sealed class AcknowledgeAllTests : BilingualScenes
{
    [Theory, MemberData(nameof(Both))]
    public async Task All_that_nobody_has_is_taken_and_what_somebody_has_stays_theirs(Locale locale)
    {
        Speak(locale);
        Assert.Equal(3, (await Group.InPrivate("ack all 2h looking")).Length);
        Assert.Equal(
            [("39", "looking"), ("41", null), ("42", "je redémarre"), ("43", "looking"), ("44", "looking")],
            (await Group.Engine.Incidents.OpenAsync(null, CancellationToken.None)).OrderBy(one => one.Number)
                .Select(one => (one.NumberText.Value, one.Number == 41 ? null : one.Acknowledgement?.Reason.Text.Value)));
        Assert.Equal([In("tout ce qui est ouvert est déjà pris", "all that is open is acknowledged already")], await Group.InChannel("!prends tout je regarde"));
    }

    [Theory]
    [InlineData("ack all sud looking"), InlineData("prends tout sud looking"), InlineData("prends tout sur sud : looking"), InlineData("ack everything on sud, looking")]
    [InlineData("ack all sud ssh 24h looking"), InlineData("ack 24h all of sud looking")]
    public Task Of_one_machine_what_nobody_has_there_is_taken(string typed) => InBothAsync(async () =>
    {
        Assert.StartsWith(
            In("[sud] SSH WARNING pris par lunar « looking » jusqu'à demain 14:17 — #44", "[sud] SSH WARNING acknowledged by lunar “looking” until tomorrow 14:17 — #44"),
            Assert.Single(await Group.InPrivate(typed)), StringComparison.Ordinal);
        Assert.Equal(
            [In("sud : tout ce qui est ouvert est déjà pris", "sud: all that is open is acknowledged already")], await Group.InChannel("!ack all sud looking"));
        Assert.Contains(In("pris par personne #43", "nobody has it #43"), string.Join('\n', await Group.InPrivate("incidents filer")), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("!ack all", "il manque la raison : !ack all je regarde", "the reason is missing: !ack all looking")]
    [InlineData("!prends tout hal", "il manque la raison : !prends tout hal je regarde", "the reason is missing: !prends tout hal looking")]
    [InlineData("!ack all filler looking", "machine inconnue ; peut-être filer ?", "unknown machine; maybe filer?")]
    [InlineData("!ack all no-log looking", "un groupe ne sert qu'à lire", "a group is good for reading only")]
    [InlineData("!ack all hal pop looking", "[hal] je ne connais pas ce service", "[hal] I do not know that service")]
    [InlineData("!ack all sql looking", "sql : aucun incident ouvert", "sql: no open incident")]
    [InlineData("!ack all looking -2h", "je ne comprends pas cette durée", "I do not understand that time")]
    public Task What_may_mean_less_takes_nothing(string typed, string french, string english) => InBothAsync(async () =>
    {
        Assert.StartsWith(In(french, english), Assert.Single(await Group.InChannel(typed)), StringComparison.Ordinal);
        Assert.Null((await Group.Engine.Incidents.FindAsync(43, CancellationToken.None))!.Acknowledgement);
    });

    [Theory, MemberData(nameof(Both))]
    public async Task Only_an_admin_takes_all(Locale locale)
    {
        Speak(locale);
        await Group.InChannel("!ack all looking", SampleGroup.Marie);
        Assert.Null((await Group.Engine.Incidents.FindAsync(43, CancellationToken.None))!.Acknowledgement);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Above_twenty_the_gravest_are_taken_and_the_others_counted(Locale locale)
    {
        Speak(locale);
        await Group.OpenAsync();
        foreach (var i in Enumerable.Range(1, 25))
        {
            await SampleStore.TakeAsync(Group.Engine, Nagios.Problem("sql", $"DB{i}", i <= 5 ? "WARNING" : "CRITICAL"));
        }

        var first = await Group.InPrivate("ack all sql looking");
        Assert.Equal(In("encore 5, moins graves, que personne n'a : ack tout sql <raison>", "5 more, less grave, that nobody has: ack all sql <reason>"), first[0]);
        Assert.StartsWith(In("[sql] 20 incidents pris par lunar", "[sql] 20 incidents acknowledged by lunar"), first[1], StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", first[1], StringComparison.Ordinal);
        Assert.StartsWith(In("[sql] 5 incidents pris", "[sql] 5 incidents ack"), Assert.Single(await Group.InPrivate("ack all sql looking")), StringComparison.Ordinal);
    }
}
