namespace ChatBot.Core.Incidents;

/// <summary>
/// How often a problem was reported whose program never reports that it has ended (smartd, mdadm, ZED). Where no message comes for longer than
/// usual it is silent, which is no end: nobody knows how it stands.
/// </summary>
/// <param name="Count">How many messages came after the first.</param>
/// <param name="LastAt">When the last one came.</param>
/// <param name="Longest">The longest time between two of them.</param>
/// <param name="Unheard">For how long none has come; only time during which every mailbox was read counts.</param>
/// <param name="IsSilent">Whether it was found to be silent.</param>
public sealed record RepeatHistory(long Count, DateTimeOffset LastAt, TimeSpan Longest, TimeSpan Unheard, bool IsSilent)
{
    /// <summary>Of one message nothing is learned yet: many programs repeat once a day, some minutes late.</summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromHours(25);

    /// <summary>Every wait has an end, whatever was learned.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromDays(70);

    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>After how long without a message it is silent. smartd doubles the time between two mails (<c>-M diminishing</c>).</summary>
    public TimeSpan Patience => Bounded(2 * Bounded(Longest, TimeSpan.Zero) + Grace, LeastPatience);

    /// <summary>Whether no message has come for longer than usual, which was not found before.</summary>
    public bool IsOverdue => !IsSilent && Unheard >= Patience;

    public static RepeatHistory Begun(DateTimeOffset at) => new(0, at, TimeSpan.Zero, TimeSpan.Zero, IsSilent: false);

    /// <summary>One more message. Of a silence only the clock tells how long it was.</summary>
    public RepeatHistory Heard(DateTimeOffset at)
    {
        var gap = IsSilent ? Bounded(at - LastAt, Unheard) : Unheard;
        return new RepeatHistory(Count + 1, at, gap > Longest ? gap : Longest, TimeSpan.Zero, IsSilent: false);
    }

    private static TimeSpan Bounded(TimeSpan span, TimeSpan least) => span < least ? least : span > MostPatience ? MostPatience : span;
}
