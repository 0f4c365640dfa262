using ChatBot.Core.Irc;
using ChatBot.Core.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>
/// Since when people were away: kept in memory alone, for seven days at most, by services account where the server shows one, else
/// by nick until the connection ends. Times are those of the machine's clock.
/// </summary>
public sealed class Absences
{
    /// <summary>How many people are remembered; of more, those longest unseen are forgotten.</summary>
    public const int Most = 2000;

    /// <summary>How long an absence is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // Who has been back for so long has read what there was.
    private static readonly TimeSpan CaughtUp = TimeSpan.FromHours(12);

    // A connection that breaks and comes back is one absence.
    private static readonly TimeSpan Blink = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt;

    /// <summary>Takes what happened on IRC, in order.</summary>
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
    /// <param name="nickKey">Their nick, as the network compares nicks.</param>
    /// <param name="account">Their account by the server's word; null where it gave none.</param>
    /// <param name="now">The moment.</param>
    public LastSeen? Of(string nickKey, string? account, DateTimeOffset now)
    {
        lock (_changing)
        {
            var seen = account is null ? null : _seen.GetValueOrDefault(ByAccount(account));
            return (seen ?? _seen.GetValueOrDefault(ByNick(nickKey)))?.At(now);
        }
    }

    /// <summary>Forgets somebody.</summary>
    /// <param name="nickKey">Their nick, as the network compares nicks.</param>
    /// <param name="account">Their account by the server's word; null where it gave none.</param>
    /// <returns>How many things were erased.</returns>
    public int Forget(string nickKey, string? account)
    {
        lock (_changing)
        {
            return (_seen.Remove(ByNick(nickKey)) ? 1 : 0) + (account is not null && _seen.Remove(ByAccount(account)) ? 1 : 0);
        }
    }

    private void Apply(IrcEvent happened, DateTimeOffset now)
    {
        switch (happened)
        {
            case IrcEvent.MemberJoined { Who: var who }:
                Change(who, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.AccountChanged { Who: var who }:
                Change(who, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.MemberParted { Who: var who }:
                Change(who, now, seen => seen.Went(now, isAway: false));
                break;
            case IrcEvent.MemberQuit { Who: var who }:
                Change(who, now, seen => seen.Went(now, isAway: false));
                break;
            case IrcEvent.MemberAway { Who: { IsAway: true } who }:
                Change(who, now, seen => seen.Went(now, isAway: true));
                break;
            case IrcEvent.MemberAway { Who: var who }:
                Change(who, now, seen => seen.CameBack(now));
                break;
            case IrcEvent.MemberRenamed { Before: var before, Who: var who }:
                if (_seen.Remove(ByNick(before.Stay.Key), out var seen))
                {
                    _seen[ByNick(who.Stay.Key)] = seen;
                }

                break;
            case IrcEvent.Message { IsPrivate: false, IsHistory: false, IsBot: false, Member: { } who }:
                Change(who, now, seen => seen.Spoke(now));
                break;
            case IrcEvent.Disconnecting:
                // On the next connection a nick may belong to anybody.
                foreach (var key in _seen.Keys.Where(key => key.StartsWith(ByNick(""), StringComparison.Ordinal)).ToList())
                {
                    _seen.Remove(key);
                }

                break;
        }
    }

    private void Change(IrcMember who, DateTimeOffset now, Action<Seen> change)
    {
        var key = who.Account is { } account ? ByAccount(account) : ByNick(who.Stay.Key);
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

    private static string ByAccount(string account) => "account " + CaseMapping.Ascii.Fold(account);

    private static string ByNick(string nickKey) => "nick " + nickKey;

    private sealed class Seen
    {
        private DateTimeOffset? _wentAt;
        private DateTimeOffset? _backAt;
        private DateTimeOffset? _spokeAt;
        private DateTimeOffset? _silentSince;
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

            // Who comes back may say or ask several things before they ask what they missed.
            if (_spokeAt is { } last && now - last >= Blink)
            {
                _silentSince = last;
            }

            _spokeAt = now;
        }

        public LastSeen? At(DateTimeOffset now)
        {
            if (_wentAt is { } went && (_backAt is not { } back || now - back < CaughtUp))
            {
                return InTime(went, _wasAway ? LastSeenBy.Away : LastSeenBy.Left, now);
            }

            var spoke = _spokeAt is { } last && now - last >= Blink ? last : _silentSince;
            return spoke is { } at ? InTime(at, LastSeenBy.Spoke, now) : null;
        }

        private static LastSeen? InTime(DateTimeOffset at, LastSeenBy by, DateTimeOffset now) =>
            at <= now && now - at <= Kept ? new LastSeen(at, by) : null;
    }
}

/// <summary>When somebody was last there.</summary>
/// <param name="At">When.</param>
/// <param name="By">What they did then.</param>
public sealed record LastSeen(DateTimeOffset At, LastSeenBy By);

/// <summary>What somebody did when they were last there.</summary>
public enum LastSeenBy
{
    /// <summary>They left a channel or the network.</summary>
    Left,

    /// <summary>They marked themselves away.</summary>
    Away,

    Spoke,
}
