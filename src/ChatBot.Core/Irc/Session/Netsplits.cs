namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Who was cut off by a netsplit, so that their return within half an hour, under whatever nick, makes nobody a newcomer: known by
/// user and host and by account. Outlives a connection. It spares a welcome and gives no right, so that faking it where a server lets
/// people gains nothing.
/// </summary>
internal sealed class Netsplits
{
    // Of more, those who went first are forgotten.
    private const int MostRemembered = 20_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, TimeSpan> _cutOff = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, TimeSpan At)> _order = new();

    /// <summary>
    /// Whether a QUIT has the reason of a netsplit, exactly two host names, which servers do not let users write ("Quit: " stands
    /// before theirs, or quotation marks around it).
    /// </summary>
    public static bool IsReason(string reason) =>
        reason.Split(' ') is [var one, var other] && one != other && IsHost(one) && IsHost(other);

    public void Remember(string userHost, string? account, TimeSpan now)
    {
        foreach (var key in Keys(userHost, account))
        {
            _cutOff[key] = now;
            _order.Enqueue((key, now));
        }

        while (_order.TryPeek(out var oldest) && (now - oldest.At > Memory || _order.Count > MostRemembered))
        {
            _order.Dequeue();
            if (_cutOff.TryGetValue(oldest.Key, out var at) && at == oldest.At)
            {
                _cutOff.Remove(oldest.Key);
            }
        }
    }

    /// <summary>True in each channel that they come back into.</summary>
    public bool IsReturn(string userHost, string? account, TimeSpan now) =>
        Keys(userHost, account).Any(key => _cutOff.TryGetValue(key, out var at) && now - at <= Memory);

    // The "~" of an unverified user name comes and goes with identd.
    private static IEnumerable<string> Keys(string userHost, string? account)
    {
        if (userHost.Length > 0)
        {
            yield return userHost.TrimStart('~').ToLowerInvariant();
        }

        if (account is not null)
        {
            yield return "account " + account.ToLowerInvariant();
        }
    }

    private static bool IsHost(string name) =>
        name.Contains('.') && name[0] != '.' && name[^1] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '*' or '_');
}
