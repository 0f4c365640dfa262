using System.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// AUTHENTICATE (IRCv3 sasl-3.1, sasl-3.2), once while registering and again whenever the account is lost.
/// <code>
/// Idle ── Start ──► Asked ── AUTHENTICATE ──► Answering ── 903, 907 ──► Idle (identified)
///                     └──────────────┴── 902, 904, 905, 906, silence ──► Idle (failed)
/// </code>
/// </summary>
internal sealed class SaslExchange : ILinkPart
{
    private const int Chunk = 400;
    private const int MostNamed = 10;
    private const int LongestChallenge = 16 * Chunk;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private readonly LinkState _state;
    private readonly Func<string> _nonce;
    private readonly StringBuilder _challenge = new();
    private TimeSpan _retryAt = TimeSpan.MaxValue;
    private TimeSpan _wait = FirstWait;
    private TimeSpan _deadline = TimeSpan.MaxValue;
    private Scram? _scram;
    private int _step;
    private bool _serverProved;

    public SaslExchange(LinkState state, VerbTable verbs, Func<string> nonce)
    {
        (_state, _nonce) = (state, nonce);
        verbs.On(OnAuthenticate, "AUTHENTICATE");
        verbs.On(_ => Succeed(), "903", "907");
        verbs.On(_ => Fail(IsOffered ? Refused : NotOffered), "902", "904", "905", "906");
        verbs.On(OnMechanisms, "908");
        verbs.On(_ => Lose(), "901");
        verbs.On(m => { if (m.Params is ["*"] && state.IsMe(m.From.Nick)) { Lose(); } }, "ACCOUNT");
    }

    public Action Identified { get; set; } = () => { };

    public bool IsIdentified { get; private set; }

    /// <summary>The mechanisms that the server says it takes, with commas; "" where it does not say.</summary>
    public string Offered { get; set; } = "";

    public TimeSpan NextTick => _deadline < _retryAt ? _deadline : _retryAt;

    public void Start()
    {
        if (_state.Options.Sasl is not { } sasl || _deadline != TimeSpan.MaxValue || IsIdentified)
        {
            return;
        }

        _retryAt = TimeSpan.MaxValue;
        _deadline = _state.Now + Silence;
        (_step, _serverProved) = (0, false);
        _challenge.Clear();
        _scram = sasl.Mechanism == SaslMechanism.ScramSha256 ? new(sasl.Account, sasl.Password, _nonce()) : null;
        // One that is not on the server's list is tried all the same: Ergo 2.11 takes SCRAM-SHA-256 without naming it.
        if (_scram is { CanBegin: false })
        {
            Fail("SCRAM allows no such account or password: see account and password_file of [irc.sasl]");
        }
        else
        {
            _state.Outgoing.Handshake(IrcCommand.Authenticate(Mechanism));
        }
    }

    public void Tick()
    {
        if (_state.Now >= _deadline)
        {
            Fail("SASL was not answered");
        }

        if (_state.Now < _retryAt)
        {
            return;
        }

        _retryAt = TimeSpan.MaxValue;
        if (_state.Caps.Contains("sasl"))
        {
            Start();
        }
    }

    /// <summary>The account is gone, or the way to it.</summary>
    public void Lose()
    {
        if (!IsIdentified)
        {
            return;
        }

        IsIdentified = false;
        _retryAt = _state.Now;
    }

    private string Mechanism => _state.Options.Sasl!.Mechanism switch
    {
        SaslMechanism.Plain => "PLAIN",
        SaslMechanism.External => "EXTERNAL",
        _ => "SCRAM-SHA-256",
    };

    private bool IsOffered => Offered.Length == 0 || Offered.Split(',').Contains(Mechanism, StringComparer.OrdinalIgnoreCase);

    private string Refused => _state.Options.Sasl?.Mechanism == SaslMechanism.External
        ? "SASL was refused: see certificate_file of [irc.sasl]"
        : "SASL was refused: see account and password_file of [irc.sasl]";

    private string NotOffered
    {
        get
        {
            var names = Offered.Split(',').Where(n => n.Length is > 0 and <= 20 && n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')).ToList();
            var more = names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "";
            return $"the server takes no SASL {Mechanism}, only {string.Join(", ", names.Take(MostNamed))}{more}: see mechanism of [irc.sasl]";
        }
    }

    // RPL_SASLMECHS: me mechanisms text
    private void OnMechanisms(IrcMessage message)
    {
        if (_deadline == TimeSpan.MaxValue)
        {
            return;
        }

        Offered = message[1];
        if (!IsOffered)
        {
            Fail(NotOffered);
        }
    }

    private void OnAuthenticate(IrcMessage message)
    {
        if (_deadline == TimeSpan.MaxValue)
        {
            return;
        }

        var chunk = message[0];
        if (chunk != "+")
        {
            _challenge.Append(chunk);
        }

        if (_challenge.Length > LongestChallenge)
        {
            Abort();
        }
        else if (chunk.Length < Chunk)
        {
            Answer();
        }
    }

    private void Answer()
    {
        var text = _challenge.ToString();
        _challenge.Clear();
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length)
            && Respond(_state.Options.Sasl!, Encoding.UTF8.GetString(bytes, 0, length)) is { } answer)
        {
            Send(answer);
        }
        else
        {
            Abort();
        }
    }

    private string? Respond(IrcSaslOptions sasl, string challenge) => (sasl.Mechanism, _step++) switch
    {
        (SaslMechanism.Plain, 0) => $"\0{sasl.Account}\0{sasl.Password}",
        (SaslMechanism.External, 0) => "",
        (SaslMechanism.ScramSha256, 0) => _scram!.First(),
        (SaslMechanism.ScramSha256, 1) => _scram!.Final(challenge),
        (SaslMechanism.ScramSha256, 2) when (_serverProved = _scram!.Verify(challenge)) => "",
        _ => null,
    };

    private void Send(string answer)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(answer));
        for (var at = 0; at < data.Length; at += Chunk)
        {
            _state.Outgoing.Handshake(IrcCommand.Authenticate(data[at..Math.Min(data.Length, at + Chunk)]));
        }

        if (data.Length % Chunk == 0)
        {
            _state.Outgoing.Handshake(IrcCommand.Authenticate("+"));
        }
    }

    private void Abort()
    {
        _state.Outgoing.Handshake(IrcCommand.Authenticate("*"));
        Fail("the server did not prove itself by SASL");
    }

    private void Succeed()
    {
        if (_deadline == TimeSpan.MaxValue)
        {
            return;
        }

        if (_scram is not null && !_serverProved)
        {
            Fail("the server did not prove itself by SASL");
            return;
        }
        _deadline = TimeSpan.MaxValue;
        _wait = FirstWait;
        IsIdentified = true;
        Identified();
    }

    // Before registration a bot that must identify does not stay. Later it does: alerts are worth more than its own account.
    private void Fail(string reason)
    {
        if (_deadline == TimeSpan.MaxValue)
        {
            return;
        }

        _deadline = TimeSpan.MaxValue;
        if (!_state.IsRegistered)
        {
            _state.Close(CloseCause.NotIdentified, reason);
            return;
        }
        _state.Emit(new IrcEvent.NotIdentified(reason));
        _retryAt = _state.In(_wait);
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }
}
