
using ChatBot.Core.Irc;

namespace ChatBot.Core.Newcomers;

/// <summary>
/// Since when people were away: kept in memory alone, for seven days at most, by services account where the server tells one, else
/// by nick until the connection ends. Times are those of the machine's clock.
/// </summary>
public sealed class Absences
{
    /// <summary>How many people are remembered; of more, those longest unseen are forgotten.</summary>
    public const int Most = 2000;

    /// <summary>How long an absence is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int MostPresent = 10_000;

    // Who has been back for so long has read what there was.
    private static readonly TimeSpan CaughtUp = TimeSpan.FromHours(12);

    // A connection that breaks and comes back is one absence.
    private static readonly TimeSpan Blink = TimeSpan.FromMinutes(10);

    // What was said just now is the question itself.
    private static readonly TimeSpan Asking = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, string> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _sweptAt;

    /// <summary>Takes what happened on IRC.</summary>
    public void Hear(IrcEvent happened, DateTimeOffset now)
    {
        lock (_changing)
        {
            Apply(happened, now);
            if ((now - _sweptAt).Duration() > SweepEvery)
            {
                Sweep(now);
            }
        }
    }

    /// <summary>When somebody was last there; null where that is not known.</summary>
    /// <param name="nick">Their nick.</param>
    /// <param name="account">Their account by the server's word; null where it gave none.</param>
    /// <param name="now">The moment.</param>
    public LastSeen? Of(string nick, string? account, DateTimeOffset now)
    {
        lock (_changing)
        {
            var seen = account is null ? null : _seen.GetValueOrDefault(ByAccount(account));
            return (seen ?? _seen.GetValueOrDefault(ByNick(nick)))?.At(now);
        }
    }

    /// <summary>Forgets somebody.</summary>
    /// <returns>How many things were erased.</returns>
    public int Forget(string nick, string? account)
    {
        lock (_changing)
        {
            return (_seen.Remove(ByNick(nick)) ? 1 : 0) + (account is not null && _seen.Remove(ByAccount(account)) ? 1 : 0);
        }
    }

    private void Apply(IrcEvent happened, DateTimeOffset now)
    {
        switch (happened)
        {
            case IrcEvent.MemberJoined came:
                Identify(came.Nick, came.Account);
                Change(came.Nick, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.MemberDescribed there:
                Identify(there.Nick, there.Account);
                break;
            case IrcEvent.AccountChanged changed:
                Identify(changed.Nick, changed.Account);
                Change(changed.Nick, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.MemberParted left:
                Change(left.Nick, now, seen => seen.Went(now, isAway: false));
                break;
            case IrcEvent.MemberQuit quit:
                Change(quit.Nick, now, seen => seen.Went(now, isAway: false));
                _accounts.Remove(quit.Nick);
                break;
            case IrcEvent.MemberAway { IsAway: true } away:
                Change(away.Nick, now, seen => seen.Went(now, isAway: true));
                break;
            case IrcEvent.MemberAway back:
                Change(back.Nick, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.NickChanged { IsOwn: false } renamed:
                Rename(renamed.OldNick, renamed.NewNick);
                break;
            case IrcEvent.Message { IsPrivate: false, IsHistory: false, IsBot: false } said:
                if (said.Account is { } account)
                {
                    Identify(said.Nick, account);
                }

                Change(said.Nick, now, seen => seen.Spoke(now));
                break;
            case IrcEvent.Disconnecting:
                // Whoever has a nick on the next connection may be anybody.
                _accounts.Clear();
                foreach (var key in _seen.Keys.Where(key => key.StartsWith(ByNick(""), StringComparison.Ordinal)).ToList())
                {
                    _seen.Remove(key);
                }

                break;
        }
    }

    private void Identify(string nick, string? account)
    {
        if (account is null)
        {
            _accounts.Remove(nick);
        }
        else if (_accounts.Count < MostPresent || _accounts.ContainsKey(nick))
        {
            _accounts[nick] = account;
        }
    }

    private void Rename(string nick, string newNick)
    {
        if (_accounts.Remove(nick, out var account))
        {
            _accounts[newNick] = account;
        }
        else
        {
            _accounts.Remove(newNick);
        }

        if (_seen.Remove(ByNick(nick), out var seen))
        {
            _seen[ByNick(newNick)] = seen;
        }
    }

    private void Change(string nick, DateTimeOffset now, Action<Seen> change)
    {
        var key = _accounts.TryGetValue(nick, out var account) ? ByAccount(account) : ByNick(nick);
        if (!_seen.TryGetValue(key, out var seen))
        {
            if (_seen.Count >= Most)
            {
                _seen.Remove(_seen.MinBy(pair => pair.Value.LastAt).Key);
            }

            _seen[key] = seen = new Seen();
        }

        change(seen);
        seen.LastAt = now;
    }

    // What claims to be of the future was kept before the clock was put back.
    private void Sweep(DateTimeOffset now)
    {
        _sweptAt = now;
        foreach (var (key, seen) in _seen)
        {
            if (seen.LastAt < now - Kept || seen.LastAt > now + SweepEvery)
            {
                _seen.Remove(key);
            }
        }
    }

    private static string ByAccount(string account) => "account " + account;

    private static string ByNick(string nick) => "nick " + nick;

    private sealed class Seen
    {
        private DateTimeOffset? _wentAt;
        private DateTimeOffset? _backAt;
        private DateTimeOffset? _spokeAt;
        private DateTimeOffset? _spokeBefore;
        private bool _wasAway;

        public DateTimeOffset LastAt { get; set; }

        public void Went(DateTimeOffset now, bool isAway)
        {
            if (_wentAt is not null && (_backAt is null || now - _backAt < Blink))
            {
                _backAt = null;
            }
            else
            {
                (_wentAt, _backAt, _wasAway) = (now, null, isAway);
            }
        }

        public void CameBack(DateTimeOffset now) => _backAt ??= _wentAt is null ? null : now;

        public void Spoke(DateTimeOffset now)
        {
            CameBack(now);
            (_spokeBefore, _spokeAt) = (_spokeAt, now);
        }

        public LastSeen? At(DateTimeOffset now)
        {
            if (_wentAt is { } went && (_backAt is not { } back || now - back < CaughtUp))
            {
                return InTime(went, _wasAway ? LastSeenBy.Away : LastSeenBy.Left, now);
            }

            var spoke = _spokeAt is { } last && now - last >= Asking ? last : _spokeBefore;
            return spoke is { } at ? InTime(at, LastSeenBy.Spoke, now) : null;
        }

        private static LastSeen? InTime(DateTimeOffset at, LastSeenBy by, DateTimeOffset now) =>
            at <= now && now - at <= Kept ? new LastSeen(at, by) : null;
    }
}
