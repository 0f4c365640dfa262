using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The nick: another one where the wanted one is in use, and the wanted one back as soon as it is free: by MONITOR, by the
/// QUIT or NICK of its owner, or tried from time to time. Where NickServ can help, <see cref="NickRecovery"/> asks it.
/// </summary>
internal sealed class NickKeeper : ILinkPart
{
    private const int MostCandidates = 10;
    private const int LongestNick = 200;
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    // People may play with a nick faster than anybody needs to follow.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private readonly LinkState _state;
    private int _candidates;
    private TimeSpan _wait = FirstTry;
    private TimeSpan _triedAt = -BetweenTries;

    public NickKeeper(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(_ => OnRefused(), "432", "433", "436", "437");
        verbs.On(_ => OnWelcome(), "001");
        verbs.On(_ => OnLength(), "005");
        verbs.On(_ => Monitor(), "376", "422");
        verbs.On(OnNick, "NICK");
        verbs.On(m => { if (IsWanted(m.From.Nick)) { TryWanted(); } }, "QUIT");
        verbs.On(m => { if (m.Last.Split(',').Any(who => IsWanted(IrcSource.Parse(who).Nick))) { TryWanted(); } }, "731");
    }

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    public void Tick()
    {
        if (_state.Now < NextTick)
        {
            return;
        }

        TryWanted();
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        Plan();
    }

    /// <summary>
    /// After a takeover what waits is said first: servers answer nothing for seconds after a NICK (ngircd).
    /// </summary>
    public static readonly TimeSpan AfterTakeover = TimeSpan.FromSeconds(3);

    /// <summary>Wants the nick of the configuration from now on; the bot that had it may be gone, or be about to go.</summary>
    public void TakeOver()
    {
        _state.WantedNick = _state.Options.Nick;
        _wait = FirstTry;
        OnLength();
        Monitor();
        if (IsMissing)
        {
            NextTick = _state.Now + AfterTakeover;
        }
    }

    private string Wanted => _state.WantedNick;

    private bool IsMissing => _state.IsRegistered && !_state.HasWantedNick;

    private bool IsWanted(string nick) => _state.Same(nick, Wanted);

    private void OnRefused()
    {
        if (_state.IsRegistered)
        {
            return;
        }

        if (++_candidates > MostCandidates)
        {
            _state.Close(CloseCause.Lost, "no nick is free");
            return;
        }
        _state.Nick = Candidate(_candidates);
        _state.Outgoing.Handshake(IrcCommand.Nick(_state.Nick));
    }

    // "globot_", "globot__", then short ones with a number, for servers that cut long nicks or dislike the characters of this
    // one.
    private string Candidate(int number)
    {
        if (number <= 2)
        {
            return Wanted + new string('_', number);
        }

        var stem = string.Concat(Wanted.Where(char.IsAsciiLetterOrDigit).SkipWhile(char.IsAsciiDigit).Take(6));
        return (stem.Length == 0 ? "bot" : stem) + number.ToString(CultureInfo.InvariantCulture);
    }

    // A server that cuts the nick it is asked for will do so again.
    private void OnWelcome()
    {
        if (_candidates == 0 && Wanted.StartsWith(_state.Nick, StringComparison.OrdinalIgnoreCase))
        {
            _state.WantedNick = _state.Nick;
        }

        Plan();
    }

    private void OnLength()
    {
        if (!_state.IsRegistered || _state.Isupport.Length("NICKLEN", LongestNick, LongestNick) is var most && most >= Wanted.Length)
        {
            return;
        }

        _state.WantedNick = Wanted[..most];
        Plan();
    }

    private void Monitor()
    {
        if (IsMissing && _state.Isupport.HasMonitor)
        {
            _state.Outgoing.Idle(IrcCommand.Monitor(Wanted));
        }
    }

    private void OnNick(IrcMessage message)
    {
        var (old, now) = (message.From.Nick, message[0]);
        if (_state.IsMe(old) && IrcCommand.CanTarget(now))
        {
            _state.Nick = now;
            _state.Emit(new IrcEvent.NickChanged(old, now));
            Plan();
        }
        else if (IsWanted(old) && !IsWanted(now))
        {
            TryWanted();
        }
    }

    private void TryWanted()
    {
        if (!IsMissing)
        {
            return;
        }

        if (_state.Now < _triedAt + BetweenTries)
        {
            NextTick = _triedAt + BetweenTries;
            return;
        }
        _triedAt = _state.Now;
        _state.Outgoing.Setup(IrcCommand.Nick(Wanted));
    }

    private void Plan() => NextTick = IsMissing ? _state.In(_wait) : TimeSpan.MaxValue;
}
