namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What was learned of how fast we may write; it survives reconnects. Each kill for flooding halves the rate, twice at most; each
/// day without one gives a step back, so that one bad hour does not slow the bot for ever, and a server that always kills is
/// provoked once a day at most.
/// </summary>
internal sealed class Pace(IrcPace pace)
{
    private const int MostSteps = 2;
    private static readonly TimeSpan Calm = TimeSpan.FromDays(1);

    private int _steps;
    private TimeSpan _since;

    public bool IsOff => pace == IrcPace.Off;

    /// <summary>1, 2 or 4 times slower than usual.</summary>
    public double Slowness(TimeSpan now)
    {
        while (_steps > 0 && now - _since >= Calm)
        {
            _steps--;
            _since += Calm;
        }
        return 1 << _steps;
    }

    public void Halve(TimeSpan now)
    {
        _steps = Math.Min(MostSteps, (Slowness(now) > 1 ? _steps : 0) + 1);
        _since = now;
    }
}
