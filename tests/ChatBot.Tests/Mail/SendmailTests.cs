using ChatBot.Core.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class SendmailTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Engine? _engine;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task The_program_gets_the_envelope_as_arguments_and_the_mail_as_its_input()
    {
        await StartAsync("exit 0");
        await AddAsync(new OutgoingMail(new("Été; rm -rf $(HOME)"), [new("Une ligne."), new("."), new("deux")]));
        Assert.Null(await CarryAsync());
        Assert.Equal(["-i", "-f", "rebonds@globenet.org", "--", "root@globenet.org"], await File.ReadAllLinesAsync(_folder["arguments"]));
        var mail = await File.ReadAllTextAsync(_folder["input"]);
        Assert.Contains("\nTo: root@globenet.org\n", mail, StringComparison.Ordinal);
        Assert.EndsWith("\n\nUne ligne.\n.\ndeux\n", mail, StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync());
    }

    [Theory]
    [InlineData("exit 75", "exit-75")]
    [InlineData("exit 69", "exit-69")]
    [InlineData("kill -9 $$", "exit-137")]
    public async Task What_the_program_does_not_take_now_is_tried_again(string end, string reason)
    {
        await StartAsync(end);
        await AddAsync(new OutgoingMail(new("un"), [new("texte")]));
        Assert.InRange((await CarryAsync())!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Equal(reason, Assert.Single(await WaitingAsync()).Result);
    }

    [Fact]
    public async Task What_the_program_refuses_is_set_aside_after_the_third_time()
    {
        await StartAsync("exit 67");
        await AddAsync(new OutgoingMail(new("un"), [new("texte")]));
        Assert.Equal(TimeSpan.FromMinutes(1), await CarryAsync());
        _engine!.Time.Advance(TimeSpan.FromMinutes(1));
        await CarryAsync();
        _engine.Time.Advance(TimeSpan.FromMinutes(10));
        await CarryAsync();
        Assert.Empty(await WaitingAsync());
        Assert.Equal(["l'envoi 1 pour root-alias a été refusé trois fois (exit-67) : il est mis de côté"], await _engine.RootAsync());
    }

    [Fact]
    public async Task Where_the_program_is_gone_the_mail_waits()
    {
        await StartAsync("exit 0");
        File.Delete(_folder["sendmail"]);
        await AddAsync(new OutgoingMail(new("un"), [new("texte")]));
        Assert.NotNull(await CarryAsync());
        Assert.Equal("no-program", Assert.Single(await WaitingAsync()).Result);
    }

    private async Task StartAsync(string end)
    {
        var program = _folder.Write("sendmail", $"#!/bin/sh\nfor one; do printf '%s\\n' \"$one\"; done > {_folder["arguments"]}\ncat > {_folder["input"]}\n{end}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _engine = await Engine.StartAsync(settings => settings with
        {
            Mail = settings.Mail with
            {
                Smtp = new("", 25, "globot@globenet.org", "root@globenet.org") { Sendmail = program, EnvelopeFrom = "rebonds@globenet.org" },
            },
        });
    }

    private Task<TimeSpan?> CarryAsync() => _engine!.Pump.CarryAsync(OutboxStore.MailKind, MailTarget.RootAlias, CancellationToken.None);

    private Task<long> AddAsync(OutgoingMail mail) => _engine!.Database.WriteAsync(
        transaction => OutboxStore.AddMailAsync(transaction, MailTarget.RootAlias, mail, _engine.Time.GetUtcNow()), CancellationToken.None);

    private Task<IReadOnlyList<OutboxRow>> WaitingAsync() => _engine!.Database.ReadAsync(
        transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, MailTarget.RootAlias, 10), CancellationToken.None);
}
