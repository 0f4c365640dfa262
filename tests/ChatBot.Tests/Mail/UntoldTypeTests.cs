using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Notifications of a monitor by a site's own template, which leaves the type out: the state of a known check tells it.</summary>
public sealed class UntoldTypeTests
{
    [Theory]
    [InlineData("hal POP3 CRITICAL", "Host: hal\nService: POP3\nState: CRITICAL", "hal POP3 OK", "Host: hal\nService: POP3\nState: OK")]
    [InlineData("Alerte", "Machine : hal\nService : POP3\nÉtat : CRITICAL", "Alerte", "Machine : hal\nService : POP3\nÉtat : OK")]
    [InlineData("hal DOWN", "Host: hal\nState: DOWN", "hal UP", "Host: hal\nState: UP")]
    public async Task They_open_and_end_an_incident(string subject, string text, string endSubject, string endText)
    {
        await using var engine = await WithMonitorAsync("nagios@sud.globenet.org");
        await engine.TakeAsync(Of(1, subject, text));
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.StartsWith("[hal] ", Assert.Single(await engine.PublicAsync()), StringComparison.Ordinal);
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
        await engine.TakeAsync(Of(2, endSubject, endText));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
    }

    [Theory]
    [InlineData("ACK: hal POP3", "Host: hal\nService: POP3\nState: OK\nAuthor: marie")]
    [InlineData("downtime ended", "Host: hal\nService: POP3\nState: OK")]
    [InlineData("hal POP3 not OK", "Host: hal\nService: POP3\nState: OK")]
    [InlineData("hal", "Host: hal\nService: inconnu\nState: OK")]
    [InlineData("hal", "Host: inconnu\nService: POP3\nState: OK")]
    public async Task What_may_be_another_message_or_is_of_no_known_check_does_nothing(string subject, string text)
    {
        await using var engine = await WithMonitorAsync("nagios@sud.globenet.org");
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        await engine.TakeAsync(Of(1, subject, text));
        await engine.TakeAsync(Of(2, subject, text.Replace("OK", "CRITICAL", StringComparison.Ordinal)));
        Assert.Single(await engine.Incidents.OpenAsync(null, default));
    }

    [Fact]
    public async Task Who_is_no_monitor_opens_nothing_by_it()
    {
        await using var engine = await WithMonitorAsync("icinga@sud.globenet.org");
        await engine.TakeAsync(Of(1, "hal POP3", "Host: hal\nService: POP3\nState: CRITICAL"));
        Assert.Empty(await engine.Incidents.OpenAsync(null, default));
        await engine.TakeAsync(Of(2, "hal POP3 CRITICAL", "Host: hal\nService: POP3\nState: CRITICAL"));
        Assert.False(Assert.Single(await engine.Incidents.OpenAsync(null, default)).IsMonitored);
    }

    private static Task<Engine> WithMonitorAsync(string monitor) => Engine.StartAsync(settings => settings with
    {
        Inventory = new([new() { Name = "hal", Services = ["POP3"] }, new() { Name = "sud" }]),
        Mail = settings.Mail with { Trust = settings.Mail.Trust with { Monitors = [monitor] } },
    });

    private static string Of(int id, string subject, string text) =>
        $"From: nagios@sud.globenet.org\nTo: root@globenet.org\nMessage-Id: <untold{id}@sud>\nDate: Sun, 22 Nov 2026 20:00:0{id} +0000\nSubject: {subject}\n"
        + $"Content-Type: text/plain; charset=utf-8\n\n{text}\n";
}
