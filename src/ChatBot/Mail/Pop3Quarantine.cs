namespace ChatBot.Mail;

/// <summary>
/// Mails that a server lists and does not give. One that ended a session twice, or was refused, waits until there is nothing else
/// to do, and longer after each failure, up to an hour: it delays no other.
/// </summary>
internal sealed class Pop3Quarantine(TimeProvider time)
{
    private const int Tolerated = 1;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (int Failures, DateTimeOffset RetryAt)> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tooLarge = new(StringComparer.Ordinal);

    public int Count => _failed.Values.Count(failed => failed.Failures > Tolerated);

    /// <summary>Whether only its header is asked for.</summary>
    public bool IsTooLarge(Pop3Mail mail) => mail.Size > Pop3Session.MostBytes || _tooLarge.Contains(mail.Name);

    /// <summary>What to ask for: all that is sound, else one mail that is due for another try, else nothing.</summary>
    public IReadOnlyList<Pop3Mail> Choose(IReadOnlyList<Pop3Mail> fresh)
    {
        var sound = fresh.Where(mail => !IsTroubled(mail)).ToList();
        var now = time.GetUtcNow();
        return sound.Count > 0 ? sound : [.. fresh.Where(mail => _failed[mail.Name].RetryAt <= now).OrderBy(mail => _failed[mail.Name].RetryAt).Take(1)];
    }

    public bool IsTroubled(Pop3Mail mail) => _failed.TryGetValue(mail.Name, out var failed) && failed.Failures > Tolerated;

    public void TooLarge(Pop3Mail mail) => _tooLarge.Add(mail.Name);

    /// <summary>The session ended in the middle of it.</summary>
    public void Cut(Pop3Mail mail) => Failed(mail, _failed.GetValueOrDefault(mail.Name).Failures + 1);

    /// <summary>The server said that it does not give it.</summary>
    public void Refused(Pop3Mail mail) => Failed(mail, Math.Max(_failed.GetValueOrDefault(mail.Name).Failures, Tolerated) + 1);

    public void Stored(Pop3Mail mail)
    {
        _failed.Remove(mail.Name);
        _tooLarge.Remove(mail.Name);
    }

    /// <summary>Forgets what is no longer in the mailbox.</summary>
    public void KeepOnly(IReadOnlyList<Pop3Mail> listed)
    {
        var names = listed.Select(mail => mail.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _failed.Keys.Where(name => !names.Contains(name)).ToList())
        {
            _failed.Remove(gone);
        }

        _tooLarge.IntersectWith(names);
    }

    private void Failed(Pop3Mail mail, int failures)
    {
        var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(failures, 10)));
        _failed[mail.Name] = (failures, time.GetUtcNow() + (wait < Longest ? wait : Longest));
    }
}
