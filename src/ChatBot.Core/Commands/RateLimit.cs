using ChatBot.Core.Irc.Session;

namespace ChatBot.Core.Commands;

/// <summary>
/// Keeps commands at the pace of people: a token bucket for each caller and one for each place they speak from, whatever they call
/// themselves, one for each channel, and one for all private messages together. The last two are no faster than lines go out, as what
/// is answered late is not said at all; they hold a reserve for those whom a flood of others must not silence. Of callers only a name
/// and a count are kept, in memory, until they have been calm for a while.
/// </summary>
public sealed class RateLimit
{
    /// <summary>How many answers one caller gets at once; with the one that says “too fast”, five lines.</summary>
    public const double CallerBurst = 4;

    /// <summary>Answers a second that one caller gets in the long run.</summary>
    public const double CallerRate = 1 / 3.0;

    /// <summary>How many answers one place gets at once, under all its names.</summary>
    public const double PlaceBurst = 10;

    /// <summary>Answers a second that one place gets in the long run.</summary>
    public const double PlaceRate = 0.5;

    public const double ChannelBurst = 6;

    public const double ChannelRate = 0.25;

    /// <summary>Answers beyond those of the channel, at once, for those who ask seldom.</summary>
    public const double CalmReserveBurst = 3;

    /// <summary>The same, a second in the long run.</summary>
    public const double CalmReserveRate = 0.25;

    /// <summary>And for those who are known.</summary>
    public const double KnownReserveBurst = 10;

    /// <summary>The same, a second in the long run.</summary>
    public const double KnownReserveRate = 0.5;

    /// <summary>How many callers at once get the answer “too fast”. Each gets it once until they have been calm.</summary>
    public const double RefusalBurst = 5;

    /// <summary>The same, a second in the long run.</summary>
    public const double RefusalRate = 0.2;

    /// <summary>How many callers are remembered; the one who has been silent longest is forgotten first.</summary>
    public const int MostCallers = 500;

    /// <summary>Whoever asks no more at once, answered or not, is no part of a flood.</summary>
    public const double CalmBurst = 2;

    /// <summary>The same, a second in the long run.</summary>
    public const double CalmRate = 1 / 20.0;

    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _calm = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _reserves = new(StringComparer.Ordinal);
    private Caller? _refusals;

    /// <summary>How many were not answered since the start.</summary>
    public long Refused { get; private set; }

    /// <summary>Counts one command and decides whether to answer it.</summary>
    /// <param name="caller">The nick as the network compares nicks, or the account where it is known.</param>
    /// <param name="channel">As the configuration names it; null for a private message.</param>
    /// <param name="now">The time of the call.</param>
    /// <param name="place">Where the caller speaks from, "user@host"; null where unknown.</param>
    /// <param name="isKnown">Whether this is, or looks like, somebody the bot knows.</param>
    public RateDecision Take(string caller, string? channel, DateTimeOffset now, string? place = null, bool isKnown = false)
    {
        var own = Find(_callers, caller, CallerBurst, CallerRate, now);
        var its = place is null ? null : Find(_places, place, PlaceBurst, PlaceRate, now);
        var isCalm = place is not null && Find(_calm, place, CalmBurst, CalmRate, now).Note(now);
        var mayAsk = own.Take(now) & (its is null || its.Take(now));

        // One who is too fast does not use up the others' share.
        if (mayAsk && (Find(_channels, channel ?? "", ChannelBurst, ChannelRate, now).Count(now)
            || ((isKnown || isCalm) && Reserve(channel, isKnown, now).Count(now))))
        {
            return isKnown || isCalm ? RateDecision.AnswerFirst : RateDecision.Answer;
        }

        return Refuse(own, its, now);
    }

    /// <summary>One more command is not answered, for another reason than the pace.</summary>
    /// <param name="caller">As for <see cref="Take"/>.</param>
    /// <param name="now">The time of the call.</param>
    /// <param name="place">As for <see cref="Take"/>.</param>
    public RateDecision Refuse(string caller, DateTimeOffset now, string? place) => Refuse(
        Find(_callers, caller, CallerBurst, CallerRate, now), place is null ? null : Find(_places, place, PlaceBurst, PlaceRate, now), now);

    /// <summary>
    /// An answer had more lines than one. In a channel those who come next wait for them; in private who asked for them does, for no longer
    /// than after as many commands as they may send at once, and nobody else.
    /// </summary>
    /// <param name="caller">As for <see cref="Take"/>.</param>
    /// <param name="channel">Where it is said; null in private.</param>
    /// <param name="lines">Beyond the first.</param>
    /// <param name="now">The time of the answer.</param>
    public void Charge(string caller, string? channel, int lines, DateTimeOffset now)
    {
        if (channel is null)
        {
            Find(_callers, caller, CallerBurst, CallerRate, now).Charge(Math.Min(lines, CallerBurst), now);
        }
        else
        {
            Find(_channels, channel, ChannelBurst, ChannelRate, now).Charge(lines, now);
        }
    }

    /// <summary>How long until a command of theirs is answered again, if nobody else asks.</summary>
    /// <param name="caller">As for <see cref="Take"/>.</param>
    /// <param name="channel">As for <see cref="Take"/>.</param>
    /// <param name="now">The time of the call.</param>
    /// <param name="place">As for <see cref="Take"/>.</param>
    public TimeSpan Wait(string caller, string? channel, DateTimeOffset now, string? place) => new[]
    {
        Find(_callers, caller, CallerBurst, CallerRate, now),
        Find(_channels, channel ?? "", ChannelBurst, ChannelRate, now),
        place is null ? null : Find(_places, place, PlaceBurst, PlaceRate, now),
    }.Max(bucket => bucket?.Wait(now) ?? TimeSpan.Zero);

    // A caller gets the refusal once; callers of one place get one together.
    private RateDecision Refuse(Caller own, Caller? its, DateTimeOffset now)
    {
        Refused++;
        _refusals ??= new Caller(RefusalBurst, RefusalRate, now);
        if (own.IsTold || its is { IsTold: true } || !_refusals.Count(now))
        {
            return RateDecision.Silence;
        }

        own.IsTold = true;
        if (its is not null)
        {
            its.IsTold = true;
        }

        return RateDecision.SayTooFast;
    }

    // Strangers may all be calm at first, and leave the known ones theirs.
    private Caller Reserve(string? channel, bool isKnown, DateTimeOffset now) => isKnown
        ? Find(_reserves, "known " + channel, KnownReserveBurst, KnownReserveRate, now)
        : Find(_reserves, "calm " + channel, CalmReserveBurst, CalmReserveRate, now);

    private static Caller Find(Dictionary<string, Caller> buckets, string key, double burst, double rate, DateTimeOffset now)
    {
        if (buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }

        if (buckets.Count >= MostCallers)
        {
            buckets.Remove(buckets.MinBy(pair => pair.Value.LastAsked).Key);
        }

        return buckets[key] = new Caller(burst, rate, now);
    }

    private sealed class Caller(double burst, double rate, DateTimeOffset now)
    {
        private readonly TokenBucket _bucket = new(burst, TimeSpan.FromSeconds(1 / rate));
        private TimeSpan _elapsed;

        /// <summary>Whether they were told that they are too fast, and have not been calm since.</summary>
        public bool IsTold { get; set; }

        public DateTimeOffset LastAsked { get; private set; } = now;

        public void Charge(double cost, DateTimeOffset at)
        {
            Pass(at);
            _bucket.Spend(cost, _elapsed);
        }

        public TimeSpan Wait(DateTimeOffset at)
        {
            Pass(at);
            return _bucket.WhenSpendable(1, 0, _elapsed) - _elapsed;
        }

        public bool Count(DateTimeOffset at)
        {
            Pass(at);
            return _bucket.TrySpend(1, 0, _elapsed);
        }

        // What goes beyond is owed.
        public bool Note(DateTimeOffset at)
        {
            if (Count(at))
            {
                return true;
            }

            _bucket.Spend(1, _elapsed);
            return false;
        }

        public bool Take(DateTimeOffset at)
        {
            Pass(at);
            IsTold &= !_bucket.IsFull(_elapsed);
            return _bucket.TrySpend(1, 0, _elapsed);
        }

        // A clock that was set back gives nothing and takes nothing.
        private void Pass(DateTimeOffset at)
        {
            _elapsed += at > LastAsked ? at - LastAsked : TimeSpan.Zero;
            LastAsked = at;
        }
    }
}

/// <summary>Whether somebody who asks is answered now.</summary>
public enum RateDecision
{
    Answer,

    /// <summary>The same, before others: they are known or ask seldom.</summary>
    AnswerFirst,

    /// <summary>Too much was asked; it is said this once.</summary>
    SayTooFast,

    /// <summary>Too much was asked, and that was said already.</summary>
    Silence,
}
