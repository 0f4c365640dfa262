namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Which nicks passed from one hand to another, or whose holders logged in or out, of late: what was said under one before is not
/// by who holds it after.
/// </summary>
internal sealed class NickHistory
{
    private const int MostRemembered = 20_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly LinkState _state;
    private readonly Dictionary<string, TimeSpan> _changed = new(StringComparer.Ordinal);
    private readonly Queue<(string Nick, TimeSpan At)> _order = new();
    private TimeSpan _forgotten = TimeSpan.MinValue;

    public NickHistory(LinkState state)
    {
        _state = state;
        state.CaseMappingChanged += Clear;
    }

    public void Add(string nick)
    {
        var key = _state.CaseMapping.Fold(nick);
        _changed[key] = _state.Now;
        _order.Enqueue((key, _state.Now));
        while (_order.TryPeek(out var oldest) && (_order.Count > MostRemembered || _state.Now - oldest.At > Memory))
        {
            _order.Dequeue();
            _forgotten = oldest.At;
            if (_changed.TryGetValue(oldest.Nick, out var at) && at == oldest.At)
            {
                _changed.Remove(oldest.Nick);
            }
        }
    }

    /// <summary>True also where that is too long ago to be known.</summary>
    public bool HasChanged(string nick, TimeSpan since) =>
        since <= _forgotten || _state.Now - since > Memory
        || (_changed.TryGetValue(_state.CaseMapping.Fold(nick), out var at) && at >= since);

    private void Clear()
    {
        _changed.Clear();
        _order.Clear();
        _forgotten = _state.Now;
    }
}
