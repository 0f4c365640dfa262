using System.Security.Cryptography;
using System.Threading.Channels;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Net;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.OpenPgp;

/// <summary>
/// Gives out challenges, has signatures verified one after the other, and knows which proofs are valid. A caller that asks about a proof does
/// so from any thread; events come from one, in order.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="keyring">Verifies.</param>
/// <param name="me">What the bot is called at this moment.</param>
/// <param name="tell">Says something to a nick in private.</param>
/// <param name="time">The time.</param>
/// <param name="logger">Never sees a name or a nick.</param>
public sealed partial class OpenPgpLogin(
    CurrentSettings settings, Keyring keyring, Func<string?> me, Action<string, PublicText> tell, TimeProvider time,
    ILogger<OpenPgpLogin> logger) : IAdminProofs, IMailedProofs
{
    private const int MostWaiting = 16;

    private readonly Lock _lock = new();
    private readonly ProofBook _book = new();
    private readonly Channel<Evidence?> _waiting = Channel.CreateBounded<Evidence?>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private volatile bool _mustLoad = true;

    /// <summary>Whether nobody on the way can say something in another one's name.</summary>
    public static bool IsTrusted(IrcSettings irc) => irc.Tls || irc.Servers.All(server => HostPort.IsLoopbackHost(server.Host));

    public bool AreOffered => settings.Value.Settings is { OpenPgp: not null, People.HaveKeys: true } now && IsTrusted(now.Irc);

    public Asked Ask(Stay? stay, string name)
    {
        var now = settings.Value.Settings;
        if (now.OpenPgp is null || !now.People.HaveKeys)
        {
            return new Asked.Refused(AskRefusal.NotConfigured);
        }

        if (!IsTrusted(now.Irc))
        {
            return new Asked.Refused(AskRefusal.InClear);
        }

        if (stay is null)
        {
            return new Asked.Refused(AskRefusal.NotInSight);
        }

        if (!Challenge.IsOrdinary(stay.Nick))
        {
            return new Asked.Refused(AskRefusal.StrangeNick);
        }

        if (Challenge.Plain(name) is not { } person)
        {
            return new Asked.Refused(AskRefusal.StrangeName);
        }

        var at = time.GetUtcNow();
        lock (_lock)
        {
            return _book.Ask(stay, at, () => Challenge.Of(
                me() ?? now.Irc.Nick, now.Irc.Servers[0].Host, person, stay.Nick, at,
                RandomNumberGenerator.GetHexString(Challenge.NonceDigits, lowercase: true)));
        }
    }

    /// <summary>Takes what happened, before anybody acts upon it; never waits.</summary>
    /// <returns>True for a message that is a line of a pasted signature, and nothing else.</returns>
    public bool Hear(IrcEvent happened)
    {
        if (happened is IrcEvent.Message message)
        {
            return message is { IsPrivate: true, IsNotice: false, IsHistory: false } && StayOf(message) is { } stay && Paste(stay, message.Text);
        }

        IReadOnlyList<(Proof, ProofEnd)> ended;
        lock (_lock)
        {
            ended = ProofEnds.In(_book, happened);
        }

        Tell(ended, (happened as IrcEvent.MemberRenamed)?.Who.Nick);
        return false;
    }

    /// <summary>The valid proof of who said something.</summary>
    public Proof? Holding(IrcEvent.Message message)
    {
        if (StayOf(message) is not { } stay)
        {
            return null;
        }

        lock (_lock)
        {
            return _book.Holding(stay, time.GetUtcNow());
        }
    }

    /// <summary>
    /// The stay of who said something; null where another spelling of the nick is in sight, as a server may consider two nicks the same by
    /// its own word only.
    /// </summary>
    public static Stay? StayOf(IrcEvent.Message message) => message.Member is { Stay: var stay } && stay.Nick == message.Nick ? stay : null;

    /// <summary>Whether a proof that was valid when a message arrived is still valid.</summary>
    public bool Holds(Proof proof)
    {
        lock (_lock)
        {
            return _book.Holds(proof, time.GetUtcNow());
        }
    }

    public bool Recognise(CoreMail mail, ReadOnlyMemory<byte> bytes, Report report) =>
        report.Kind is ReportKind.Human or ReportKind.List && SignedMail.IsSigned(mail, bytes) && ChallengeIn(mail) is not null;

    public void Take(CoreMail mail, ReadOnlyMemory<byte> bytes)
    {
        if (ChallengeIn(mail) is not { } challenge)
        {
            return;
        }

        if (SignedMail.Read(mail, bytes, challenge.Sentence, out var why) is var (signature, texts))
        {
            Enqueue(new Evidence(challenge, signature, texts));
        }
        else
        {
            Refuse(challenge, why);
        }
    }

    /// <summary>The keys are to be read again.</summary>
    public void Reload()
    {
        _mustLoad = true;
        _waiting.Writer.TryWrite(null);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Reload();
        await foreach (var evidence in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (_mustLoad)
            {
                await LoadAsync(cancellationToken);
            }

            if (evidence is not null)
            {
                await JudgeAsync(evidence, cancellationToken);
            }
        }
    }

    private bool Paste(Stay stay, string text)
    {
        Pasted? whole;
        lock (_lock)
        {
            if (!_book.TakeLine(stay, text, time.GetUtcNow(), out whole))
            {
                return false;
            }
        }

        if (whole is not { Challenge: var challenge, Lines: var lines })
        {
            return true;
        }

        var why = ProofRefusal.TooLong;
        if (lines is not null && ArmoredSignature.Read(lines, out why) is { } signature)
        {
            Enqueue(new Evidence(challenge, signature, SignedMail.Texts(challenge.Sentence)));
        }
        else
        {
            Refuse(challenge, why);
        }

        return true;
    }

    private Challenge? ChallengeIn(CoreMail mail)
    {
        lock (_lock)
        {
            return Challenge.NoncesIn(mail.Text).Select(_book.WithNonce).FirstOrDefault(found => found is not null);
        }
    }

    private void Enqueue(Evidence evidence)
    {
        ProofRefusal? refusal;
        lock (_lock)
        {
            refusal = _book.Try(evidence.Challenge, time.GetUtcNow());
        }

        if (refusal is null && !_waiting.Writer.TryWrite(evidence))
        {
            refusal = ProofRefusal.NotVerified;
        }

        if (refusal is { } why)
        {
            Refuse(evidence.Challenge, why);
        }
    }

    private async Task JudgeAsync(Evidence evidence, CancellationToken cancellationToken)
    {
        if (settings.Value.Settings.OpenPgp is not { } openPgp)
        {
            Refuse(evidence.Challenge, ProofRefusal.NotVerified);
            return;
        }

        var found = await keyring.VerifyAsync(openPgp.Program, evidence.Signature, evidence.Texts, cancellationToken);
        var live = settings.Value;
        var now = time.GetUtcNow();
        ProofRefusal? refusal;
        Proof? proof;
        lock (_lock)
        {
            refusal = _book.Settle(evidence.Challenge, found, live.Settings.People.Named(evidence.Challenge.Person), now, out proof);
        }

        if (refusal is { } why)
        {
            Refuse(evidence.Challenge, why);
        }

        if (proof is null)
        {
            return;
        }

        LogProved(logger);
        tell(proof.Stay.Nick, live.Phrases.Public(
            Sentences.ProofAccepted, PublicText.Declared(evidence.Challenge.Person, 40), live.Phrases.Until(proof.Until, now)));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        _mustLoad = false;
        var now = settings.Value.Settings;
        IReadOnlySet<string>? usable = new HashSet<string>();
        if (now.OpenPgp is { } openPgp)
        {
            usable = await keyring.LoadAsync(openPgp, cancellationToken);
            if (usable is null)
            {
                LogNoProgram(logger, openPgp.Program);
            }

            foreach (var fingerprint in now.People.Persons.SelectMany(person => person.Pgp))
            {
                if (usable?.Contains(fingerprint.ToLowerInvariant()) == false)
                {
                    LogNoKey(logger, fingerprint);
                }
            }
        }

        IReadOnlyList<(Proof, ProofEnd)> ended;
        lock (_lock)
        {
            ended = _book.KeepKeys(usable ?? new HashSet<string>());
        }

        Tell(ended, null);
    }

    private void Refuse(Challenge challenge, ProofRefusal why)
    {
        LogRefused(logger, why);
        lock (_lock)
        {
            if (!_book.IsThere(challenge))
            {
                return;
            }
        }

        var phrases = settings.Value.Phrases;
        tell(challenge.Nick, phrases.Public(Sentences.ProofRefused, phrases.Public(ProofWords.Of(why))));
    }

    // A person who is gone gets no answer: somebody else may have their nick.
    private void Tell(IReadOnlyList<(Proof Proof, ProofEnd Why)> ended, string? newNick)
    {
        var phrases = settings.Value.Phrases;
        foreach (var (proof, why) in ended)
        {
            LogEnded(logger, why);
            if (why is ProofEnd.Left or ProofEnd.Renamed or ProofEnd.KeyGone)
            {
                tell(newNick ?? proof.Stay.Nick, phrases.Public(Sentences.ProofEnded, phrases.Public(ProofWords.Of(why))));
            }
        }
    }

    private sealed record Evidence(Challenge Challenge, byte[] Signature, IReadOnlyList<byte[]> Texts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Somebody has proved by OpenPGP who they are")]
    private static partial void LogProved(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "An OpenPGP proof was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, ProofRefusal reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "An OpenPGP proof has ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, ProofEnd reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Program} cannot be used, so nobody can prove who they are by OpenPGP; see [openpgp], and install gpg")]
    private static partial void LogNoProgram(ILogger logger, string program);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no usable key {Fingerprint}, which people.toml names; put it, renewed if it has expired, among the keys of [openpgp]")]
    private static partial void LogNoKey(ILogger logger, string fingerprint);
}
