using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Delivery;

public sealed class MailDigestTests
{
    [Theory, InlineData(4, 4, null), InlineData(5, 3, "- et 2 de plus")]
    public void Of_the_noisy_checks_three_are_named_and_the_others_counted(int noisy, int named, string? more)
    {
        var noise = Enumerable.Range(1, noisy).Select(i => new CheckNoise(Name.OfMachine("hal"), Name.OfService("S" + i), 9, 9, 2, TimeSpan.Zero, []))
            .Append(new CheckNoise(Name.OfMachine("sud"), null, 2, 2, 0, TimeSpan.Zero, []));
        var now = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        var mail = new MailDigest(new Phrasebook(Locale.French, TimeZoneInfo.Utc)).Of(new(new(now.AddDays(-1), now), [], new([], [], []), [], [], [.. noise], 1000))!;
        var lines = mail.Paragraphs.Select(one => one.Value).SkipWhile(line => line != "BRUIT").Skip(1).ToList();
        Assert.Equal(named, lines.Count(line => line == $"- [hal] S{lines.IndexOf(line) + 1} : 9 fois, dont 2 jamais prises"));
        Assert.Equal(more, lines.ElementAtOrDefault(named));
        Assert.Equal(named + (more is null ? 0 : 1), lines.Count);
    }
}
