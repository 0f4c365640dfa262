using System.Text;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Storage;
using ChatBot.Tests.Commands;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.OpenPgp;
using Xunit;

namespace ChatBot.Tests.MailedOrders;

/// <summary>The engine with people who have keys, a trouble on hal, and a real gpg; mails go in by the intake, answers out by the outbox.</summary>
internal sealed class DoorScene : IAsyncDisposable
{
    public const string Own = "globot@globenet.org";

    private readonly TemporaryFolder _folder = new();
    private readonly GpgHome _gpg;
    private int _mails;

    private DoorScene(GpgHome gpg, Engine engine, TemporaryFolder folder) => (_gpg, Engine, _folder) = (gpg, engine, folder);

    public Engine Engine { get; }

    /// <summary>The identifier of the mail that opened the incident.</summary>
    public string AlertId { get; private init; } = "";

    public static async Task<DoorScene> StartAsync(GpgHome gpg, MailDoorSettings? door = null, Locale locale = Locale.French)
    {
        var folder = new TemporaryFolder();
        var engine = await Engine.StartAsync(
            settings => settings with
            {
                Data = folder.Path,
                OpenPgp = new OpenPgpSettings(gpg.Keys, "gpg"),
                People = People(gpg),
                Mail = settings.Mail with { Smtp = new SmtpSettings("localhost", 25, Own, "root@globenet.org"), Door = door ?? new MailDoorSettings() },
            },
            locale);
        engine.Time.SetUtcNow(RealClock.Instance.GetUtcNow());
        SampleGroup.On(engine);
        var alert = Nagios.Problem("hal", "POP3");
        await engine.TakeAsync(alert);
        await engine.PassAsync(TimeSpan.FromSeconds(5));
        return new DoorScene(gpg, engine, folder) { AlertId = MailIds.Read(alert[alert.IndexOf("Message-Id", StringComparison.Ordinal)..])! };
    }

    private static People People(GpgHome gpg) => new(
    [
        Admin("lunar", gpg.Lunar), Admin("subkeyed", gpg.Subkeyed), Admin("expired", gpg.Expired), Admin("revoked", gpg.Revoked),
        Admin("subkey-expired", gpg.SubkeyExpired), Admin("rsa", gpg.Rsa), Admin("rsa-too", gpg.Rsa), Admin("keyless", null),
        Admin("reader", gpg.Reader) with { Roles = [] },
    ]);

    private static Person Admin(string name, string? key) => new()
    {
        Name = name,
        Roles = [Person.AdminRole],
        Pgp = key is null ? [] : [key],
        Mail = [name + "@example.org"],
    };

    /// <summary>What is asked for, with the line that names the bot.</summary>
    public static string Asking(params string[] lines) => string.Join('\n', [$"pour {Own}", .. lines]);

    /// <summary>A mail with this body.</summary>
    public byte[] Mail(string body, string from = "lunar", string head = "Content-Type: text/plain; charset=utf-8", string subject = "POP de hal", string to = Own) =>
        Encoding.UTF8.GetBytes($"""
        From: {from} <{from}@example.org>
        To: {to}
        Subject: {subject}
        Date: {Engine.Time.GetUtcNow():r}
        Message-ID: <{++_mails}@example.org>
        MIME-Version: 1.0
        {head}

        """.ReplaceLineEndings("\n") + "\n" + body);

    /// <summary>A PGP/MIME mail of these parts.</summary>
    public byte[] Mime(string part, string? signature = null, string from = "lunar", string before = "", string between = "", string after = "", string protocol = "application/pgp-signature")
    {
        var signed = part.ReplaceLineEndings("\r\n");
        // gpg gets a line with its end.
        signature ??= _gpg.Detached(signed[..^1], from);
        return Mail(
            $"{before}--b\n{part}\n--b\n{between}Content-Type: {protocol}; name=\"signature.asc\"\n\n{signature}\n--b--\n{after}",
            from,
            $"Content-Type: multipart/signed; micalg=pgp-sha512; protocol=\"{protocol}\"; boundary=\"b\"");
    }

    public static string Part(string text, string type = "text/plain; charset=utf-8") => $"Content-Type: {type}\n\n{text}\n";

    /// <summary>The mail arrives and is handled.</summary>
    public async Task ArriveAsync(params byte[][] mails)
    {
        await Engine.TakeAsync([.. mails.Select(mail => Engine.Mail(mail, closed: false))]);
        while (await Engine.Door.TurnAsync(CancellationToken.None))
        {
        }
    }

    public Task SendAsync(params string[] lines) => ArriveAsync(Mail(_gpg.Clear(Asking(lines))));

    /// <summary>The answers that wait for somebody.</summary>
    public async Task<List<OutgoingMail>> AnswersAsync(string person = "lunar") =>
        [.. (await Engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, person == MailTarget.RootAlias ? person : "person " + person, 100), CancellationToken.None))
            .Select(row => OutgoingMail.Read(row.Payload)).Where(mail => mail.IsReply)];

    /// <summary>The one answer as it leaves.</summary>
    public async Task<byte[]> SentAsync(string to)
    {
        var row = Assert.Single(await Engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.MailKind, "person lunar", 100), CancellationToken.None));
        using var message = ChatBot.Mail.MailComposer.Compose(row, OutgoingMail.Read(row.Payload), to, Engine.Settings.Value.Settings);
        using var bytes = new MemoryStream();
        await message.WriteToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>The texts of the answers to anybody.</summary>
    public async Task<List<string>> EveryAnswerAsync()
    {
        var texts = new List<string>();
        foreach (var person in Engine.Settings.Value.Settings.People.Persons)
        {
            texts.AddRange((await AnswersAsync(person.Name)).Select(TextOf));
        }

        return texts;
    }

    /// <summary>The text of the one answer there is.</summary>
    public async Task<string> AnswerAsync(string person = "lunar") => TextOf(Assert.Single(await AnswersAsync(person)));

    public static string TextOf(OutgoingMail mail) => string.Join('\n', mail.Paragraphs.Select(one => one.Value));

    public Task<long> AcknowledgedAsync() => Engine.AskAsync("SELECT COUNT(*) FROM incident WHERE acknowledged_by IS NOT NULL");

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _folder.Dispose();
    }
}
