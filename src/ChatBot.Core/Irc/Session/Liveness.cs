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
    private string? _unanswered;
    private bool _banned;
    private bool _passwordRefused;

    public Liveness(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(OnPing, "PING");
        verbs.On(OnError, "ERROR");
        verbs.On(_ => _banned = true, "465");
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

    public void OnInbound() => _askedAt = null;

    public void Tick()
    {
        if (_unanswered is { } token) Pong(token);
        if (!_state.IsRegistered || _state.Now < NextTick) return;
        if (_askedAt is not null)
        {
            _state.Close(CloseCause.Lost, "the server is silent");
            return;
        }
        _askedAt = _state.Now;
        _state.Outgoing.Now(IrcCommand.Ping(Token));
    }

    private void OnPing(IrcMessage message) => Pong(message.Last);

    // In a flood of PINGs only the newest is kept; a server in earnest asks once.
    private void Pong(string token)
    {
        _unanswered = token;
        if (!_pongs.TrySpend(1, 0, _state.Now)) return;
        _unanswered = null;
        _state.Outgoing.Now(IrcCommand.Pong(token));
    }

    private void OnError(IrcMessage message)
    {
        var cause = _banned ? CloseCause.Banned
            : _passwordRefused ? CloseCause.NotIdentified
            : CauseOf(message.Last);
        _state.Close(cause, cause switch
        {
            CloseCause.Banned => "the server has banned us",
            CloseCause.NotIdentified => "the server refused the password: see password_file of [irc]",
            CloseCause.Throttled => "the server says that we connect too fast",
            CloseCause.Flooded => "the server says that we write too fast",
            _ => "the server closed the connection",
        });
    }

    private CloseCause CauseOf(string error)
    {
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (error.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }
        return Says("excess flood", "recvq exceeded", "max recvq") ? CloseCause.Flooded
            : Says("too fast", "throttled", "too many connections", "trying to reconnect") ? CloseCause.Throttled
            : Says("k-line", "g-line", "z-line", "k:line", "klined", "glined", "zlined", "banned", "d-line") ? CloseCause.Banned
            : !_state.IsRegistered && Says("password") ? CloseCause.NotIdentified
            : CloseCause.Lost;
    }
}
