namespace ChatBot.Tests.Irc;

/// <summary>Chance that a seed decides, the same on every machine (splitmix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 (inclusive) to 1.</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to one less than this.</summary>
    public int Below(int end) => (int)(Next() * end);

    public bool OneIn(int times) => Below(times) == 0;

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (Next() * (to - from)));

    public T Of<T>(IReadOnlyList<T> all) => all[Below(all.Count)];

    private ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
