using ChatBot.Core.Changelog;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Changelog;

public sealed class ChangelogFormatTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-11-29T13:05:00Z", "2026-11-29 14:05 +0100: lunar\n  vu (n°42) [chatbot 17]", "2026-11-29T14:05+01:00 lunar: vu (n°42) [chatbot 17]")]
    [InlineData("Europe/Paris", "2026-07-01T22:30:00Z", "2026-07-02 00:30 +0200: lunar\n  vu (n°42) [chatbot 17]", "2026-07-02T00:30+02:00 lunar: vu (n°42) [chatbot 17]")]
    [InlineData("America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31 20:30 -0330: lunar\n  vu (n°42) [chatbot 17]", "2025-12-31T20:30-03:30 lunar: vu (n°42) [chatbot 17]")]
    public void Both_styles_say_when_by_the_zone_of_the_group(string zone, string at, string entry, string line)
    {
        var written = new ChangelogEntry(
            Name.OfMachine("hal"), DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), PublicText.Declared("lunar"), new Remark(new RootText("vu (n°42)"), Audience.Root));
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.Equal(entry, ChangelogFormat.Write(written, 17, ChangelogStyle.Entry, there));
        Assert.Equal(line, ChangelogFormat.Write(written, 17, ChangelogStyle.Line, there));
    }
}
