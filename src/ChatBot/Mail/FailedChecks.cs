using System.Collections.Concurrent;

namespace ChatBot.Mail;

/// <summary>
/// How many mails in the name of an address may fail their check in a minute: who forges a thousand keeps no alert waiting. Those that prove their
/// author are not counted.
/// </summary>
internal sealed class FailedChecks(TimeProvider time)
{
    public const int MostAMinute = 20;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Since, int Count)> _counts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts one as failed until it is found to be right. False where it is one too many.</summary>
    /// <param name="address">Of somebody listed: there are few.</param>
    public bool Begin(string address)
    {
        var now = time.GetTimestamp();
        return _counts.AddOrUpdate(
            address, _ => (now, 1), (_, old) => time.GetElapsedTime(old.Since, now) >= Minute ? (now, 1) : (old.Since, Math.Min(old.Count, MostAMinute) + 1)).Count <= MostAMinute;
    }

    public void Succeed(string address) => _counts.AddOrUpdate(address, _ => (time.GetTimestamp(), 0), (_, old) => (old.Since, Math.Max(0, old.Count - 1)));
}
