using ChatBot.Core.Irc.Session;

namespace ChatBot.Core.Commands;

/// <summary>
/// Keeps commands at the pace of people: a token bucket for each caller, one for each channel, and one for all private
/// messages together. Of callers only a name and a count are kept, in memory, until they have been calm for a while.
/// </summary>
public sealed class RateLimit
{
    /// <summary>How many answers one caller gets at once; with the one that says “too fast”, five lines.</summary>
    public const double CallerBurst = 4;

    /// <summary>Answers a second that one caller gets in the long run.</summary>
    public const double CallerRate = 1 / 3.0;

    public const double ChannelBurst = 20;

    public const double ChannelRate = 2;

    /// <summary>How many callers are remembered; the one who has been silent longest is forgotten first.</summary>
    public const int MostCallers = 500;

    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Caller> _channels = new(StringComparer.Ordinal);

    /// <summary>How many were not answered since the start.</summary>
    public long Refused { get; private set; }

    /// <summary>Counts one command and decides whether to answer it.</summary>
    /// <param name="caller">The nick as the network compares nicks, or the account where it is known.</param>
    /// <param name="channel">As the configuration names it; null for a private message.</param>
    /// <param name="now">The time of the call.</param>
    public RateDecision Take(string caller, string? channel, DateTimeOffset now)
    {
        var own = Find(_callers, caller, CallerBurst, CallerRate, now);
        var pace = own.Take(now);

        // One who is too fast does not use up the others' share.
        if (pace == RateDecision.Answer)
        {
            pace = Find(_channels, channel ?? "", ChannelBurst, ChannelRate, now).Take(now);
        }

        if (pace != RateDecision.Answer)
        {
            Refused++;
        }

        return pace;
    }

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
        private bool _said;

        public DateTimeOffset LastAsked { get; private set; } = now;

        public RateDecision Take(DateTimeOffset at)
        {
            // A clock that was set back gives nothing and takes nothing.
            _elapsed += at > LastAsked ? at - LastAsked : TimeSpan.Zero;
            LastAsked = at;
            _said &= !_bucket.IsFull(_elapsed);
            if (_bucket.TrySpend(1, 0, _elapsed))
            {
                return RateDecision.Answer;
            }

            var pace = _said ? RateDecision.Silence : RateDecision.SayTooFast;
            _said = true;
            return pace;
        }
    }
}

/// <summary>Whether somebody who asks is answered now.</summary>
public enum RateDecision
{
    Answer,

    /// <summary>Too much was asked; it is said this once.</summary>
    SayTooFast,

    /// <summary>Too much was asked, and that was said already.</summary>
    Silence,
}
