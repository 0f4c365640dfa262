namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Getting in (modern.ircdocs.horse, connection registration). Everything that needs no answer is sent in one write.
/// <code>
/// Connected ─ PASS, CAP LS 302, NICK, USER ─► Waiting ── 001 ──► Registered
///                                               ├── 433 432 436 437: another nick ──► Waiting
///                                               └── 60 s, or no nick left ──► Closed
/// </code>
/// CAP and SASL go on meanwhile in <see cref="CapNegotiation"/> and <see cref="SaslExchange"/>; a server without CAP just says
/// 001.
/// </summary>
internal sealed class Handshake : ILinkPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LinkState _state;
    private readonly SaslExchange _sasl;
    private TimeSpan _deadline = TimeSpan.MaxValue;

    public Handshake(LinkState state, VerbTable verbs, SaslExchange sasl)
    {
        (_state, _sasl) = (state, sasl);
        verbs.On(OnWelcome, "001");
        verbs.On(state.ReadIsupport, "005");
        verbs.On(OnDisplayedHost, "396");
        verbs.On(OnEndOfMotd, "376", "422");
    }

    public TimeSpan NextTick => _deadline;

    public void Begin()
    {
        var options = _state.Options;
        _deadline = _state.Now + Patience;
        if (options.ServerPassword is { } password)
        {
            _state.Outgoing.Handshake(IrcCommand.Pass(password));
        }

        _state.Outgoing.Handshake(IrcCommand.Cap("LS", "302"));
        _state.Outgoing.Handshake(IrcCommand.Nick(_state.Nick));
        _state.Outgoing.Handshake(IrcCommand.User(options.User ?? UserFrom(options.Nick), options.Realname ?? options.Nick));
    }

    public void Tick()
    {
        if (_state.Now < _deadline)
        {
            return;
        }

        _deadline = TimeSpan.MaxValue;
        _state.Close(CloseCause.Lost, "the server did not let us in within 60 s");
    }

    private void OnWelcome(IrcMessage message)
    {
        if (_state.IsRegistered)
        {
            return;
        }

        if (_state.Options.Sasl is not null && !_sasl.IsIdentified)
        {
            _state.Close(CloseCause.NotIdentified, "the server let us in without SASL");
            return;
        }
        _deadline = TimeSpan.MaxValue;
        _state.IsRegistered = true;
        _state.RegisteredAt = _state.Now;
        // A server may cut the nick that was asked for: what it says here is the truth.
        if (IrcCommand.CanTarget(message[0]))
        {
            _state.Nick = message[0];
        }

        _state.Emit(new IrcEvent.Registered(_state.Nick));
    }

    private void OnDisplayedHost(IrcMessage message)
    {
        var shown = message[1];
        if (!_state.IsMe(message[0]) || shown.Length == 0)
        {
            return;
        }

        _state.UserHost = shown.Contains('@') ? shown : $"{_state.UserHost?.Split('@')[0] ?? "~" + new string('x', 10)}@{shown}";
    }

    private void OnEndOfMotd(IrcMessage message)
    {
        if (_state.IsRegistered && _state.Isupport.BotMode is { } bot)
        {
            _state.Outgoing.Idle(IrcCommand.Mode(_state.Nick, $"+{bot}"));
        }
    }

    private static string UserFrom(string nick)
    {
        var letters = string.Concat(nick.Where(char.IsAsciiLetterOrDigit).Take(9));
        return letters.Length == 0 ? "chatbot" : letters;
    }
}
