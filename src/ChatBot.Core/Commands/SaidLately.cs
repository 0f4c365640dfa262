namespace ChatBot.Core.Commands;

/// <summary>What was said to whom a moment ago, in memory alone, so that nobody reads it again and again.</summary>
/// <param name="lasts">How long it is remembered.</param>
public sealed class SaidLately(TimeSpan lasts)
{
    // Of more, the oldest is forgotten.
    private const int Most = 500;

    private readonly Lock _changing = new();
    private readonly Dictionary<string, DateTimeOffset> _said = new(StringComparer.Ordinal);

    /// <summary>Whether it was not said to them lately; it counts as said from now on.</summary>
    /// <param name="who">The account where it is known, else the nick as the network compares nicks.</param>
    /// <param name="what">What is said.</param>
    /// <param name="now">The moment.</param>
    public bool IsNew(string who, string what, DateTimeOffset now)
    {
        lock (_changing)
        {
            foreach (var (old, at) in _said)
            {
                if ((now - at).Duration() >= lasts)
                {
                    _said.Remove(old);
                }
            }

            if (!_said.TryAdd($"{what} {who}", now))
            {
                return false;
            }

            if (_said.Count > Most)
            {
                _said.Remove(_said.MinBy(pair => pair.Value).Key);
            }

            return true;
        }
    }
}
