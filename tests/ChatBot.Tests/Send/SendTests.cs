using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Posix;
using ChatBot.Send;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Send;

/// <summary>From the call of <c>chatbot send</c> to the lines in the channels.</summary>
public sealed class SendTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();
    private Engine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
        _errors.Dispose();
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_alert_opens_an_incident_and_its_end_closes_it(Locale locale)
    {
        _engine.Speak(locale);
        await SendAsync("--machine", "hal.globenet.org", "--service", "backup", "--kind", "alert", "disk", "/dev/sdb1", "full");
        Assert.Equal(["[hal] backup CRITICAL — #1"], await _engine.PublicAsync());
        Assert.Equal([_engine.In(
            "[hal] backup CRITICAL : disk /dev/sdb1 full — #1 · !prends 1 <raison>", "[hal] backup CRITICAL: disk /dev/sdb1 full — #1 · !ack 1 <reason>")], await _engine.RootAsync());

        await SendAsync("--machine", "hal", "--service", "backup", "--kind", "ok", "done");
        Assert.StartsWith("[hal] backup OK", (await _engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Empty(await _engine.Incidents.OpenAsync(null, CancellationToken.None));
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task An_alert_without_a_service_does_not_say_that_the_machine_is_down(Locale locale)
    {
        _engine.Speak(locale);
        await SendAsync("--machine", "hal", "--kind", "alert", "rsync failed");
        Assert.Equal(["[hal] script CRITICAL — #1"], await _engine.PublicAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_note_is_read_by_root_unless_its_author_gives_it_to_everybody(Locale locale)
    {
        _engine.Speak(locale);
        await SendAsync("--machine", "hal", "secret plan");
        Assert.Empty(await _engine.PublicAsync());
        Assert.Equal([_engine.In("[hal] send : secret plan", "[hal] send: secret plan")], await _engine.RootAsync());

        await SendAsync("--machine", "hal", "--audience", "public", "reboot in five minutes");
        Assert.Equal([_engine.In("[hal] send : reboot in five minutes", "[hal] send: reboot in five minutes")], await _engine.PublicAsync());
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task The_same_key_counts_once_for_each_kind_and_machine(Locale locale)
    {
        _engine.Speak(locale);
        for (var call = 0; call < 3; call++)
        {
            await SendAsync("--machine", "hal", "--key", "2026-11-29", "night");
            await SendAsync("--machine", "sql", "--key", "2026-11-29", "night");
        }

        Assert.Equal([_engine.In("[hal] send : night", "[hal] send: night"), _engine.In("[sql] send : night", "[sql] send: night")], await _engine.RootAsync());
        await SendAsync("--machine", "hal", "night");
        await SendAsync("--machine", "hal", "night");
        Assert.Equal(4, (await _engine.RootAsync()).Count);
    }

    [Theory]
    [InlineData("--machine", "evil\nhost", "x")]
    [InlineData("--machine", "http://evil.example", "x")]
    [InlineData("--machine", "hal", "--service", "call 0612345678", "x")]
    [InlineData("--machine", "hal", "--service", "a name that is much longer than forty characters", "x")]
    [InlineData("--machine", "hal", "--service", "root@example.org", "x")]
    [InlineData("--machine", "hal", "--kind", "panic", "x")]
    [InlineData("--machine", "hal", "--kind", "alert", "--audience", "public", "x")]
    [InlineData("--machine", "hal", "--key", "", "x")]
    [InlineData("--machine", "hal", "--kind", "alert", "--state", "OK", "x")]
    [InlineData("--machine", "hal", "--kind", "alert", "--state", "BROKEN", "x")]
    [InlineData("--machine", "hal", "--kind", "ok", "--state", "WARNING", "x")]
    [InlineData("--machine", "hal", "--state", "WARNING", "x")]
    [InlineData("--machine", "hal")]
    public async Task Wrong_usage_is_told_and_nothing_is_kept(params string[] arguments)
    {
        Assert.NotEqual(ExitCode.Done, await CallAsync(arguments));
        Assert.False(Directory.Exists(SendIntake.Spool(_folder["data"])));
    }

    [Fact]
    public async Task Words_are_cleaned_and_bounded()
    {
        await SendAsync("--machine", "hal", "--kind", "alert", "a\r\nQUIT :b\u0001\u202e" + new string('x', 100_000));
        var line = Assert.Single(await _engine.RootAsync());
        Assert.DoesNotContain(line, char.IsControl);
        Assert.True(line.Length < SentReport.LongestText);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_file_that_is_no_report_is_left_and_stops_nothing(Locale locale)
    {
        _engine.Speak(locale);
        var intake = Intake();
        byte[][] files = ["{"u8.ToArray(), [], "{\"machine\":\"hal\"}"u8.ToArray(), "{\"machine\":\"a b@c\",\"kind\":\"note\",\"text\":\"x\"}"u8.ToArray()];
        var good = new SentReport("hal", null, "note", null, false, "good", _engine.Time.GetUtcNow());
        await TakeAsync(intake, [.. files, good.Write()]);
        Assert.Equal([_engine.In("[hal] send : good", "[hal] send: good")], await _engine.RootAsync());
    }

    [Fact]
    public async Task What_cannot_be_kept_is_tried_again_by_whoever_sent_it()
    {
        await File.WriteAllTextAsync(_folder["data"], "in the way");
        Assert.Equal(ExitCode.TryAgain, await CallAsync("--machine", "hal", "x"));
        Assert.Contains("try again", _errors.ToString(), StringComparison.Ordinal);
    }

    private SendIntake Intake() => new(_engine.Database, _engine.Sink, _engine.Settings, NullLogger<SendIntake>.Instance);

    private Task<IntakeResult> TakeAsync(SendIntake intake, byte[][] files) => intake.TakeAsync(
        [.. files.Select((bytes, i) => new IncomingMail($"{Guid.NewGuid():N}-{i}", bytes, _engine.Time.GetUtcNow(), new MailSourceFacts("send", true)))],
        CancellationToken.None);

    private async Task SendAsync(params string[] arguments)
    {
        Assert.Equal(ExitCode.Done, await CallAsync(arguments));
        var folder = Path.Combine(SendIntake.Spool(_folder["data"]), "new");
        var files = Directory.GetFiles(folder).Select(File.ReadAllBytes).ToArray();
        Assert.Single(files);
        Directory.Delete(SendIntake.Spool(_folder["data"]), recursive: true);
        Assert.IsType<IntakeResult.Stored>(await TakeAsync(Intake(), files));
        await _engine.PassAsync(TimeSpan.FromSeconds(20));
    }

    private Task<int> CallAsync(params string[] arguments)
    {
        var config = new System.CommandLine.Option<string?>("--config");
        var command = new SendCommand((english, _) => english, _errors, _engine.Time).Of(config, _ => _folder["data"]);
        return command.Parse(arguments).InvokeAsync(new() { Error = _errors, Output = TextWriter.Null });
    }
}
