namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What was learned of how fast we may write; it survives reconnects. Each kill for flooding halves the rate, twice at most; each
/// hour without one gives a step back, as every server that was measured forgives within a minute. Where a step back is answered
/// by a kill the next ones take twice as long, a day at most, which is how often a server that always kills is provoked; a day
/// at the full rate forgets that.
/// </summary>
internal sealed class SendPace(IrcPace pace)
{
    private const int MostSteps = 2;
    private static readonly TimeSpan FirstCalm = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestCalm = TimeSpan.FromDays(1);

    private int _steps;
    private TimeSpan _calm = FirstCalm;
    private bool _isTrying;
    private TimeSpan _since;

    public bool IsOff => pace == IrcPace.Off;

    /// <summary>1, 2 or 4 times slower than usual.</summary>
    public double Slowness(TimeSpan now)
    {
        while (_steps > 0 && now - _since >= _calm)
        {
            _steps--;
            _since += _calm;
            _isTrying = true;
        }
        if (_steps == 0 && now - _since >= LongestCalm)
        {
            (_calm, _isTrying) = (FirstCalm, false);
        }

        return 1 << _steps;
    }

    public void Halve(TimeSpan now)
    {
        // Gives back what is due before.
        _ = Slowness(now);
        if (_isTrying && _calm < LongestCalm)
        {
            _calm = _calm * 2 < LongestCalm ? _calm * 2 : LongestCalm;
        }

        (_steps, _since, _isTrying) = (Math.Min(MostSteps, _steps + 1), now, false);
    }
}
