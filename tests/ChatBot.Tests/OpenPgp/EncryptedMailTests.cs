using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

public sealed class EncryptedMailTests(GpgHome gpg) : IClassFixture<GpgHome>, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmtpPeer _server = new();
    private Engine? _engine;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_text_and_its_subject_are_for_the_key_alone()
    {
        await StartAsync(gpg.Expired, gpg.Reader.ToUpperInvariant());
        await CarryAsync();
        var mail = string.Join('\n', _server.Received.SkipWhile(line => line != "DATA").Skip(1).TakeWhile(line => line != "."));
        Assert.Contains("\nSubject: ...\n", mail, StringComparison.Ordinal);
        Assert.Contains("Content-Type: multipart/encrypted;", mail, StringComparison.Ordinal);
        Assert.Contains("protocol=\"application/pgp-encrypted\"", mail, StringComparison.Ordinal);
        Assert.Contains("Version: 1", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("sésame", mail, StringComparison.Ordinal);
        var armored = mail[mail.IndexOf("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal)..];
        var inner = gpg.Decrypted(armored[..(armored.IndexOf("-----END PGP MESSAGE-----", StringComparison.Ordinal) + 25)] + "\n").ReplaceLineEndings("\n");
        Assert.Contains("Subject: =?utf-8?", inner, StringComparison.Ordinal);
        Assert.Contains("protected-headers=v1", inner.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("format=flowed", inner, StringComparison.Ordinal);
        Assert.EndsWith("\n\nle mot de passe est s=C3=A9same\n", inner, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired"), InlineData("revoked"), InlineData("stranger"), InlineData("none"), InlineData("signing"), InlineData("unconfigured")]
    public async Task Without_a_usable_key_nothing_leaves_and_the_person_is_named_to_the_root_group(string which)
    {
        await StartAsync(which switch
        {
            "expired" => [gpg.Expired],
            "revoked" => [gpg.Revoked],
            "stranger" => [gpg.Stranger],
            "signing" => [gpg.Lunar, gpg.Rsa],
            "unconfigured" => [gpg.Reader],
            _ => [],
        });
        if (which == "unconfigured")
        {
            _engine!.Settings.Replace(_engine.Settings.Value.Settings with { OpenPgp = null });
        }

        await CarryAsync();
        Assert.DoesNotContain(_server.Received, line => line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.StartsWith("pas de mail pour Alice : il ne peut partir que chiffré", Assert.Single(await _engine!.RootAsync()), StringComparison.Ordinal);
        Assert.Empty(await _engine.PublicAsync());
        Assert.Equal(1, await _engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'mail' AND result = 'no-key' AND done_at IS NOT NULL"));
    }

    [Fact]
    public async Task Where_gpg_does_not_start_the_mail_waits()
    {
        await StartAsync(gpg.Reader);
        _engine!.Settings.Replace(_engine.Settings.Value.Settings with { OpenPgp = new OpenPgpSettings(gpg.Keys, "/nowhere/gpg") });
        await CarryAsync();
        Assert.DoesNotContain(_server.Received, line => line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal(1, await _engine.AskAsync("SELECT COUNT(*) FROM outbox WHERE kind = 'mail' AND result = 'gpg' AND done_at IS NULL"));
        Assert.Empty(await _engine.RootAsync());
    }

    private async Task StartAsync(params string[] keys)
    {
        Assert.SkipUnless(GpgHome.IsInstalled, GpgHome.Absent);
        var alice = new Person { Name = "Alice", Mail = ["alice@example.org"], Pgp = keys };
        _engine = await Engine.StartAsync(settings => settings with
        {
            Data = _folder.Path,
            People = new People([alice]),
            OpenPgp = new OpenPgpSettings(gpg.Keys, "gpg"),
            Mail = settings.Mail with { Smtp = new("localhost", _server.Port, "globot@globenet.org", "root@globenet.org") },
        });
        await _engine.Database.WriteAsync(
            transaction => OutboxStore.AddMailAsync(
                transaction, MailTarget.Of(alice), new OutgoingMail(new("Été à hal"), [new("le mot de passe est sésame")]) { IsEncrypted = true }, _engine.Time.GetUtcNow()),
            CancellationToken.None);
    }

    private Task<TimeSpan?> CarryAsync() => _engine!.Pump.CarryAsync(OutboxStore.MailKind, MailTarget.Of(new Person { Name = "Alice" }), CancellationToken.None);
}
