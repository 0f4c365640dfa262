
using ChatBot.Core.Reports;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Whether a check changes too often, by the rule of Nagios: the last 21 states, where a change weighs from 0.75 for the oldest to 1.25 for
/// the newest, in percent of the 20 changes there can be. (<c>base/flapping.c</c> of Nagios Core 4; its documentation says 0.8 to 1.2, the
/// source counts otherwise and is followed.) Nagios notes a state at every check, mails tell only changes: what lies between two of them is
/// filled with the state that lasted, one for each five minutes, which is how often Nagios checks by default.
/// </summary>
/// <param name="States">At most 21, a letter each, the oldest first.</param>
/// <param name="LastAt">When the last of them was reported.</param>
/// <param name="IsFlapping">Whether it changes too often: from 30 % on, until <see cref="EndsAt"/>.</param>
/// <param name="Suppressed">How many changes were reported since that began.</param>
public sealed record FlapHistory(string States, DateTimeOffset LastAt, bool IsFlapping, long Suppressed)
{
    public const int Length = 21;
    public const double Starts = 30;
    public const double Ends = 20;

    private const double Lightest = 0.75;
    private const double Heaviest = 1.25;

    /// <summary>Without a change for so long it is stable, whatever came before: an outage must not stay unannounced.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Sample = TimeSpan.FromMinutes(5);

    /// <summary>Of a check of which nothing was reported.</summary>
    public static FlapHistory Of(CheckState good, DateTimeOffset now) => new(new string(Letter(good), Length), now, false, 0);

    /// <summary>Of a check of which the monitor says that it flaps, before it reports a change.</summary>
    public static FlapHistory Unstable(CheckState state, DateTimeOffset now)
    {
        var other = Letter(state.IsGood() ? CheckState.Critical : CheckState.Ok);
        return new(string.Create(Length, (state, other), static (states, its) =>
        {
            for (var i = 0; i < states.Length; i++)
            {
                states[i] = i % 2 == 0 ? Letter(its.state) : its.other;
            }
        }), now, false, 0);
    }

    /// <summary>How much it changes, in percent.</summary>
    public double Percent => PercentOf(States);

    /// <summary>When it is stable again if nothing more is reported; null where it already is.</summary>
    public DateTimeOffset? EndsAt
    {
        get
        {
            if (!IsFlapping)
            {
                return null;
            }

            var samples = 0;
            while (PercentOf(Filled(samples)) >= Ends)
            {
                samples++;
            }

            var end = samples * Sample;
            return LastAt + (end < Longest ? end : Longest);
        }
    }

    /// <summary>With one more state; the clock may have been put back.</summary>
    public FlapHistory With(CheckState state, DateTimeOffset at)
    {
        var since = at - LastAt;
        var filled = Filled(since > TimeSpan.Zero ? (int)Math.Min(Length, since / Sample) : 0);
        var states = (filled + Letter(state))[^Length..];
        var isFlapping = IsFlapping || PercentOf(states) >= Starts;
        return new(states, at, isFlapping, isFlapping && IsFlapping ? Suppressed + 1 : 0);
    }

    /// <summary>Stable again: what came before no longer counts.</summary>
    public FlapHistory Settled() => this with { States = new string(States[^1], Length), IsFlapping = false, Suppressed = 0 };

    private string Filled(int samples) => samples == 0 ? States : (States + new string(States[^1], samples))[^Length..];

    private static double PercentOf(string states)
    {
        var changes = 0.0;
        for (var x = 1; x < states.Length; x++)
        {
            if (states[x] != states[x - 1])
            {
                changes += ((x - 1) * (Heaviest - Lightest) / (Length - 2)) + Lightest;
            }
        }

        return changes * 100 / (Length - 1);
    }

    private static char Letter(CheckState state) => (char)('a' + (int)state);
}
