namespace ChatBot.Core.Newcomers;

/// <summary>Who went with a netsplit, for as long as their return is no arrival.</summary>
internal sealed class SplitMemory
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    // Beyond this the oldest is forgotten and merely looked up in the store when they return.
    private const int Most = 20_000;

    private readonly Dictionary<string, TimeSpan> _until = [];
    private readonly Queue<(TimeSpan Until, string Key)> _order = new();

    public void Add(IReadOnlyList<string> keys, TimeSpan now)
    {
        foreach (var key in keys)
        {
            _until[key] = now + Lasts;
            _order.Enqueue((now + Lasts, key));
        }

        Forget(now);
    }

    public bool Has(IReadOnlyList<string> keys, TimeSpan now) =>
        keys.Any(key => _until.TryGetValue(key, out var until) && now < until);

    private void Forget(TimeSpan now)
    {
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > Most))
        {
            _order.Dequeue();
            if (_until.TryGetValue(oldest.Key, out var until) && until == oldest.Until)
            {
                _until.Remove(oldest.Key);
            }
        }
    }
}
