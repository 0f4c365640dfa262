namespace ChatBot.Storage;

/// <summary>Short lists that were read since the last change, for a second.</summary>
internal sealed class Recalled(TimeProvider time)
{
    private const int MostLists = 200;
    private const int LongestList = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string What, string? Of), (Task List, long At)> _lists = new(new Same());
    private long _state;

    /// <summary>Another number after each change.</summary>
    public long State => Volatile.Read(ref _state);

    /// <returns>The list, as it was given.</returns>
    public Task? Find((string What, string? Of) key)
    {
        lock (_lock)
        {
            return _lists.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < Longest ? kept.List : null;
        }
    }

    /// <param name="key">What it is.</param>
    /// <param name="list">What was read; it has ended well.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="state">Before it was read; where something has changed since, nobody knows whether it shows that.</param>
    public void Keep((string What, string? Of) key, Task list, int count, long state)
    {
        if (count > LongestList)
        {
            return;
        }

        lock (_lock)
        {
            if (state != _state)
            {
                return;
            }

            if (_lists.Count >= MostLists)
            {
                _lists.Clear();
            }

            _lists[key] = (list, time.GetTimestamp());
        }
    }

    /// <summary>Something has changed.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _state++;
            _lists.Clear();
        }
    }

    // What tuples have by themselves takes several times as long.
    private sealed class Same : IEqualityComparer<(string What, string? Of)>
    {
        public bool Equals((string What, string? Of) x, (string What, string? Of) y) =>
            string.Equals(x.What, y.What, StringComparison.Ordinal) && string.Equals(x.Of, y.Of, StringComparison.Ordinal);

        public int GetHashCode((string What, string? Of) key) =>
            HashCode.Combine(key.What.GetHashCode(StringComparison.Ordinal), key.Of?.GetHashCode(StringComparison.Ordinal) ?? 0);
    }
}
