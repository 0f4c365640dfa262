namespace ChatBot.Core.Irc.Session;

/// <summary>
/// PING, PONG, ERROR. A silent peer is asked after 40 s and given up 30 s later, so that a half-open connection is found in 70 s.
/// </summary>
internal sealed class Liveness : ILinkPart
{
    private const string Token = "alive";
    private const double PongBurst = 20;
    private static readonly TimeSpan PongInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LinkState _state;
    private readonly TokenBucket _pongs = new(PongBurst, PongInterval);
    private TimeSpan? _askedAt;
    private TimeSpan _pingedAt;
    private string? _unanswered;
    private bool _banned;
    private bool _passwordRefused;

    public Liveness(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(OnPing, "PING");
        verbs.On(m => { if (m.Last == Token) { Lag = state.Now - _pingedAt; } }, "PONG");
        verbs.On(OnError, "ERROR");
        verbs.On(m => { if (state.IsMe(m[0])) { state.Close(CloseCause.Killed, Reason(CloseCause.Killed)); } }, "KILL");
        verbs.On(_ => _banned = true, "465", "463");
        verbs.On(_ => _passwordRefused = true, "464");
    }

    public TimeSpan NextTick
    {
        get
        {
            var silence = _askedAt is { } asked ? asked + Patience : _state.LastInbound + Quiet;
            var flood = _unanswered is null ? TimeSpan.MaxValue : _pongs.WhenSpendable(1, 0, _state.Now);
            return !_state.IsRegistered || flood < silence ? flood : silence;
        }
    }

    /// <summary>Why the connection would have ended if it did now without a word; some servers say it before by a numeric.</summary>
    public CloseCause CauseSoFar =>
        _banned ? CloseCause.Banned : _passwordRefused && !_state.IsRegistered ? CloseCause.NotIdentified : CloseCause.Lost;

    /// <summary>How long the server took to answer our last PING; zero before.</summary>
    public TimeSpan Lag { get; private set; }

    public void OnInbound() => _askedAt = null;

    public void Tick()
    {
        if (_unanswered is { } token)
        {
            Pong(token);
        }

        if (!_state.IsRegistered || _state.Now < NextTick)
        {
            return;
        }

        if (_askedAt is not null)
        {
            _state.Close(CloseCause.Lost, "the server is silent");
            return;
        }
        _askedAt = _pingedAt = _state.Now;
        _state.Outgoing.Now(IrcCommand.Ping(Token));
    }

    private void OnPing(IrcMessage message) => Pong(message.Last);

    // In a flood of PINGs only the newest is kept; a server in earnest asks once.
    private void Pong(string token)
    {
        _unanswered = token;
        if (!_pongs.TrySpend(1, 0, _state.Now))
        {
            return;
        }

        _unanswered = null;
        _state.Outgoing.Now(IrcCommand.Pong(token));
    }

    private void OnError(IrcMessage message)
    {
        var cause = CauseSoFar != CloseCause.Lost ? CauseSoFar : Farewell.CauseOf(message.Last, _state.IsRegistered);
        _state.Close(cause, Reason(cause));
    }

    private static string Reason(CloseCause cause) => cause switch
    {
        CloseCause.Banned => "the server has banned us",
        CloseCause.Killed => "we were removed from the network",
        CloseCause.NotIdentified => "the server does not let us in: see password_file of [irc]",
        CloseCause.Throttled => "the server says that we connect too fast",
        CloseCause.Flooded => "the server says that we write too fast",
        _ => "the server closed the connection",
    };
}
