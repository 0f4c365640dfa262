using System.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// How much may be written on this connection so that no server's defaults kill us: five lines at once and then one each 1.1 s,
/// and 1,500 bytes and then a full line each 1.1 s. ircd-hybrid reads 5 lines and then 1/s, and kills when more than 2,560 bytes
/// wait; InspIRCd without fakelag kills at a penalty above 10 that falls by 1/s; solanum when more than 20 lines wait; ngircd
/// and Ergo only read more slowly.
/// </summary>
internal sealed class FloodBudget
{
    private const double BurstLines = 5;
    private const double BurstBytes = 1500;
    private const double FullLine = 512;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan SlowTime = TimeSpan.FromMinutes(1);

    private readonly SendPace _pace;
    private readonly TokenBucket _lines;
    private readonly TokenBucket _bytes;
    private TimeSpan _slowUntil;

    public FloodBudget(SendPace pace)
    {
        _pace = pace;
        _lines = new(BurstLines, Interval, Slowness);
        _bytes = new(BurstBytes, Interval / FullLine, Slowness);
    }

    /// <summary>The server promises not to mind, whatever we write (ISUPPORT SAFERATE).</summary>
    public bool IsSafe { get; set; }

    /// <summary>Takes what the line costs if at least so many lines are left afterwards, and no bytes are owed yet.</summary>
    public bool TrySpend(IrcCommand command, double floor, TimeSpan now)
    {
        if (IsUnlimited(now))
        {
            return true;
        }

        if (_bytes.WhenSpendable(0, 0, now) > now || !_lines.TrySpend(command.Cost, floor, now))
        {
            return false;
        }

        _bytes.Spend(Bytes(command), now);
        return true;
    }

    /// <summary>For what cannot wait.</summary>
    public void Spend(IrcCommand command, double cost, TimeSpan now)
    {
        _lines.Spend(cost, now);
        _bytes.Spend(Bytes(command), now);
    }

    /// <summary>When <see cref="TrySpend"/> with a line of this cost will succeed.</summary>
    public TimeSpan WhenSpendable(double cost, double floor, TimeSpan now)
    {
        if (IsUnlimited(now))
        {
            return now;
        }

        var (lines, bytes) = (_lines.WhenSpendable(cost, floor, now), _bytes.WhenSpendable(0, 0, now));
        return lines > bytes ? lines : bytes;
    }

    /// <summary>How fast ordinary lines go, behind others of this cost.</summary>
    public SayPace Pace(double ahead, TimeSpan now) =>
        IsUnlimited(now) ? new(now, TimeSpan.Zero, BurstLines) : _lines.Pace(ahead, now);

    /// <summary>Whether lines go more slowly than usual, for what the server said or did.</summary>
    public bool IsSlow(TimeSpan now) => !IsUnlimited(now) && Slowness(now) > 1;

    /// <summary>The server says that we are too fast: half the rate for a minute.</summary>
    public void SlowDown(TimeSpan now) => _slowUntil = now + SlowTime;

    private bool IsUnlimited(TimeSpan now) => _pace.IsOff || (IsSafe && now >= _slowUntil);

    private double Slowness(TimeSpan now) => _pace.Slowness(now) * (now < _slowUntil ? 2 : 1);

    private static int Bytes(IrcCommand command) => Encoding.UTF8.GetByteCount(command.Line) + 2;
}
