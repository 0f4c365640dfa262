namespace ChatBot.Core.Irc;

/// <summary>How fast lines to one target go out, as of one moment.</summary>
/// <param name="ClearAt">When what is ahead is written, on the session's clock; in the past where there is room for a burst.</param>
/// <param name="Interval">Between two lines after a burst; zero where there is no limit.</param>
/// <param name="Burst">How many lines may go at once after a calm.</param>
public sealed record SayPace(TimeSpan ClearAt, TimeSpan Interval, double Burst)
{
    /// <summary>How long it would be until the last of so many ordinary lines, handed over now, is written.</summary>
    public TimeSpan Wait(int lines, TimeSpan now)
    {
        var rested = now - (Interval * Burst);
        var wait = (ClearAt > rested ? ClearAt : rested) + (Interval * lines) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
