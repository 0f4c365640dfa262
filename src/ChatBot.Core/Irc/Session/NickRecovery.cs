namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Asking NickServ for our nick back, once a connection and only where it knows us.
/// <code>
/// Allowed ── identified ──► REGAIN ── it has no such command, or 5 s ──► GHOST ── 2 s ──► NICK
/// </code>
/// Once, because another copy of ourselves would do the same to us.
/// </summary>
internal sealed class NickRecovery : ILinkPart
{
    private static readonly TimeSpan RegainTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GhostTime = TimeSpan.FromSeconds(2);

    private readonly LinkState _state;
    private readonly Func<bool> _isIdentified;
    private readonly string? _nickServ;
    private Step _step;

    /// <param name="state">Of the connection.</param>
    /// <param name="verbs">Of the connection.</param>
    /// <param name="isIdentified">Whether the services know us, by SASL or otherwise.</param>
    public NickRecovery(LinkState state, VerbTable verbs, Func<bool> isIdentified)
    {
        (_state, _isIdentified, _nickServ) = (state, isIdentified, state.Options.Services?.NickServ);
        if (_nickServ is null)
        {
            return;
        }

        verbs.On(_ => { if (_step == Step.Waiting) { _step = Step.Allowed; } }, "376", "422");
        verbs.On(OnNotice, "NOTICE");
    }

    private enum Step { Waiting, Resting, Allowed, Regaining, Ghosting, Done }

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Another nick is ours from now on: the services may be asked for it.</summary>
    public void TakeOver()
    {
        if (_step != Step.Waiting)
        {
            Go(Step.Resting, _state.Now + NickKeeper.AfterTakeover);
        }
    }

    public void Tick()
    {
        if (_step == Step.Resting && _state.Now >= NextTick)
        {
            Go(Step.Allowed, TimeSpan.MaxValue);
        }

        if (_step is Step.Waiting or Step.Resting or Step.Done || (_step == Step.Allowed && !_isIdentified()))
        {
            return;
        }

        if (_state.HasWantedNick)
        {
            Go(Step.Done, TimeSpan.MaxValue);
        }
        else if (_step == Step.Allowed)
        {
            Ask(Step.Regaining, RegainTime, "REGAIN");
        }
        else if (_state.Now >= NextTick && _step == Step.Regaining)
        {
            Ask(Step.Ghosting, GhostTime, "GHOST");
        }
        else if (_state.Now >= NextTick)
        {
            Go(Step.Done, TimeSpan.MaxValue);
            _state.Outgoing.Setup(IrcCommand.Nick(_state.WantedNick));
        }
    }

    // Atheme: "Invalid command. Use …", Anope: "Unknown command REGAIN. …"
    private void OnNotice(IrcMessage message)
    {
        if (_step != Step.Regaining || !_state.IsMe(message[0]) || !_state.Same(message.From.Nick, _state.Options.Services!.Nick))
        {
            return;
        }

        if (message.Last.Contains("nvalid command", StringComparison.Ordinal)
            || message.Last.Contains("nknown command", StringComparison.Ordinal))
        {
            NextTick = _state.Now;
        }
    }

    private void Ask(Step step, TimeSpan patience, string command)
    {
        Go(step, _state.Now + patience);
        _state.Outgoing.Setup(IrcCommand.ToService(_nickServ!, $"{command} {_state.WantedNick}"));
    }

    private void Go(Step step, TimeSpan next) => (_step, NextTick) = (step, next);
}
