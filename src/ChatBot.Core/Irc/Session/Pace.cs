namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The pace that survives reconnects. Five lines at once and then one each 1.1 s is below what the strictest servers take by
/// default: ircd-hybrid reads 5 at once and then 1/s, InspIRCd without fakelag kills at a penalty of 10 that falls by 1/s, ngircd
/// reads 3/s. Each kill for flooding halves it, twice at most.
/// </summary>
internal sealed class Pace(IrcPace pace)
{
    private const double Burst = 5;
    private const int SlowestFactor = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.1);

    private int _factor = 1;

    public TokenBucket NewBucket() =>
        pace == IrcPace.Off ? new(Burst, TimeSpan.Zero) : new(Math.Max(2, Burst / _factor), Interval * _factor);

    public void Halve() => _factor = Math.Min(_factor * 2, SlowestFactor);
}
