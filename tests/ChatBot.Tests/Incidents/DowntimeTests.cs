using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>During a downtime Nagios sends no recovery: the mail about its end is the only one that says that the check is well.</summary>
public sealed class DowntimeTests
{
    [Theory]
    [InlineData("DOWNTIMEEND", Locale.French), InlineData("DOWNTIMECANCELLED", Locale.French), InlineData("DOWNTIMEEND", Locale.English)]
    public async Task What_is_well_when_its_downtime_ends_is_over(string type, Locale locale)
    {
        await using var engine = await Engine.StartAsync(locale: locale);
        await HearAsync(engine, Nagios.Problem("hal", "POP3"));
        await HearAsync(engine, Nagios.Write("DOWNTIMESTART", "hal", "POP3", "CRITICAL"));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        await HearAsync(engine, Nagios.Write(type, "hal", "POP3", "OK"));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        Assert.Contains(await engine.PublicAsync(), line => line.StartsWith(engine.In("[hal] POP3 OK après ", "[hal] POP3 OK after "), StringComparison.Ordinal));
        Assert.Contains(await engine.PublicAsync(), line => line.Contains(engine.In("maintenance planifiée", "scheduled downtime"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DOWNTIMEEND", "CRITICAL"), InlineData("DOWNTIMESTART", "OK"), InlineData("DOWNTIMECANCELLED", "WARNING")]
    public async Task What_is_not_well_or_only_begins_ends_nothing(string type, string state)
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Problem("hal", "POP3"));
        await HearAsync(engine, Nagios.Write(type, "hal", "POP3", state));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    [Fact]
    public async Task The_end_of_another_checks_or_of_an_older_downtime_ends_nothing()
    {
        await using var engine = await Engine.StartAsync();
        await HearAsync(engine, Nagios.Problem("hal", "POP3"));
        await HearAsync(engine, Nagios.Write("DOWNTIMEEND", "hal", "IMAP", "OK"));
        await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow(), "CRITICAL"));
        await HearAsync(engine, Nagios.Written(engine.Time.GetUtcNow().AddMinutes(-10), "OK", type: "DOWNTIMEEND"));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    private static async Task HearAsync(Engine engine, string mail)
    {
        await engine.TakeAsync(mail);
        await engine.PassAsync(TimeSpan.FromSeconds(12));
    }
}
