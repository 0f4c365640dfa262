using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.OpenPgp;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>The engine with somebody called lunar in the channel, and with a real gpg.</summary>
internal sealed class ProofScene : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Engine _engine;
    private readonly Task _running;
    private readonly Script _script = Script.InChannel();

    private ProofScene(Engine engine)
    {
        _engine = engine;
        _engine.Time.SetUtcNow(RealClock.Instance.GetUtcNow());
        _running = engine.Proofs.RunAsync(_stop.Token);
        Happen("< :lunar!l@h JOIN #globenet");
    }

    public Engine Engine => _engine;

    public static async Task<ProofScene> StartAsync(GpgHome gpg, Locale locale, string program = "gpg") => new(await Engine.StartAsync(
        settings => settings with { OpenPgp = new OpenPgpSettings(gpg.Keys, program), People = People(gpg) }, locale));

    public static People People(GpgHome gpg) => new(
    [
        new Person { Name = "lunar", Roles = [Person.AdminRole], Pgp = [gpg.Lunar] },
        new Person { Name = "subkeyed", Roles = [Person.AdminRole], Pgp = [gpg.Subkeyed] },
        new Person { Name = "rsa", Roles = [Person.AdminRole], Pgp = [gpg.Rsa] },
        new Person { Name = "expired", Roles = [Person.AdminRole], Pgp = [gpg.Expired] },
        new Person { Name = "revoked", Roles = [Person.AdminRole], Pgp = [gpg.Revoked] },
        new Person { Name = "keyless", Roles = [Person.AdminRole] },
    ]);

    /// <summary>The server shows something, line by line as in a <see cref="Script"/>.</summary>
    public void Happen(params ReadOnlySpan<string> lines)
    {
        _script.Play(lines);
        foreach (var happened in _script.Happened)
        {
            Assert.False(_engine.Proofs.Hear(happened));
        }

        _script.Happened.Clear();
    }

    /// <summary>Somebody else gets the nick, as far as anybody knows.</summary>
    public void LeaveAndReturn(string reason = "bye") => Happen($"< :lunar!l@h QUIT :{reason}", "< :lunar!l@h JOIN #globenet");

    public Challenge Ask(string name = "lunar") =>
        Assert.IsType<Asked.Given>(_engine.Proofs.Ask(OpenPgpLogin.StayOf(Said("auth")), name)).Challenge;

    /// <summary>Whether a private message was a line of a paste.</summary>
    public bool Whisper(string text, string nick = "lunar") => _engine.Proofs.Hear(Said(text, nick));

    /// <summary>A private message of somebody, as the session hears it.</summary>
    public IrcEvent.Message Said(string text, string nick = "lunar")
    {
        _script.Play($"< :{nick}!l@h PRIVMSG globot :{text}");
        var said = _script.Happened.OfType<IrcEvent.Message>().Single();
        _script.Happened.Clear();
        return said;
    }

    /// <summary>Pastes as clients do, which send no empty line.</summary>
    public void Paste(string text, string nick = "lunar")
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(Whisper(line, nick), line);
        }
    }

    public Task MailAsync(string body, string head = "") => MailAsync(Encoding.UTF8.GetBytes($"""
        From: Somebody <somebody@example.net>
        To: root@globenet.org
        Subject: auth
        Date: Sun, 22 Nov 2026 21:10:55 +0000
        {head}
        """.TrimEnd() + "\n\n" + body));

    public Task MailAsync(byte[] mail) => _engine.TakeAsync(_engine.Mail(mail, closed: false));

    /// <summary>What is told next.</summary>
    public async Task<string> ToldAsync()
    {
        string? told = null;
        await Eventually.Is(() => _engine.Told.TryDequeue(out told));
        return told!;
    }

    /// <param name="french">The reason, where the group speaks French.</param>
    /// <param name="english">The same in English.</param>
    public async Task RefusedAsync(string french, string english) => Assert.Equal(
        Engine.In($"lunar: votre signature ne prouve rien : {french}", $"lunar: your signature proves nothing: {english}"), await ToldAsync());

    public Task RefusedAsWrongTextAsync() => RefusedAsync(
        "elle signe autre chose que ma phrase exacte", "it signs a different text: sign exactly my sentence, nothing else");

    public async Task ProvedAsync(string person = "lunar")
    {
        Assert.StartsWith(
            Engine.In(
                $"lunar: {person}, votre signature est valide : je vous reconnais jusqu'à ",
                $"lunar: {person}, your signature is valid: I recognise you until "),
            await ToldAsync(), StringComparison.Ordinal);
        Assert.Equal(person, Who()?.Name);
    }

    /// <summary>Whom a message of this nick would be from.</summary>
    public Person? Who(string nick = "lunar") => _engine.Proofs.Holding(Said("qui suis-je ?", nick))?.Of(_engine.Settings.Value.Settings.People);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        await _engine.DisposeAsync();
    }
}
