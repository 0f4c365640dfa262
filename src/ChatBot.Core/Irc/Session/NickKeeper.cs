using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The nick: another one where the wanted one is taken, and the wanted one back as soon as it is free: told by MONITOR, seen by
/// the QUIT or NICK of who held it, or tried from time to time.
/// </summary>
internal sealed class NickKeeper : ILinkPart
{
    private const int MostCandidates = 10;
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly LinkState _state;
    private int _candidates;
    private TimeSpan _wait = FirstTry;

    public NickKeeper(LinkState state, VerbTable verbs)
    {
        _state = state;
        verbs.On(_ => OnRefused(), "432", "433", "436", "437");
        verbs.On(_ => Plan(), "001");
        verbs.On(OnEndOfMotd, "376", "422");
        verbs.On(OnNick, "NICK");
        verbs.On(m => { if (IsWanted(m.From.Nick)) TryWanted(); }, "QUIT");
        verbs.On(m => { if (m.Last.Split(',').Any(who => IsWanted(IrcSource.Parse(who).Nick))) TryWanted(); }, "731");
    }

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    private string WantedNick => _state.Options.Nick;

    public void Tick()
    {
        if (_state.Now < NextTick) return;
        TryWanted();
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        Plan();
    }

    private bool IsWanted(string nick) => _state.Same(nick, WantedNick);

    private void OnRefused()
    {
        if (_state.IsRegistered) return;
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
        if (number <= 2) return WantedNick + new string('_', number);
        var stem = string.Concat(WantedNick.Where(char.IsAsciiLetterOrDigit).SkipWhile(char.IsAsciiDigit).Take(6));
        return (stem.Length == 0 ? "bot" : stem) + number.ToString(CultureInfo.InvariantCulture);
    }

    private void OnEndOfMotd(IrcMessage message)
    {
        if (_state.IsRegistered && !_state.IsMe(WantedNick) && _state.Isupport.HasMonitor)
            _state.Outgoing.Idle(IrcCommand.Monitor(WantedNick));
    }

    private void OnNick(IrcMessage message)
    {
        var (old, now) = (message.From.Nick, message[0]);
        if (_state.IsMe(old) && IrcCommand.CanTarget(now))
        {
            _state.Nick = now;
            _state.Emit(new IrcEvent.NickChanged(old, now, IsOwn: true));
            Plan();
        }
        else if (IsWanted(old) && !IsWanted(now)) TryWanted();
    }

    private void TryWanted()
    {
        if (_state.IsRegistered && !IsWanted(_state.Nick)) _state.Outgoing.Setup(IrcCommand.Nick(WantedNick));
    }

    private void Plan() => NextTick = _state.IsRegistered && !IsWanted(_state.Nick) ? _state.In(_wait) : TimeSpan.MaxValue;
}
