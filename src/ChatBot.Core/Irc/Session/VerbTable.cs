namespace ChatBot.Core.Irc.Session;

/// <summary>Which parts want which verbs. Several may want the same one; they hear it in the order in which they asked.</summary>
internal sealed class VerbTable
{
    private readonly Dictionary<string, Action<IrcMessage>> _handlers = new(StringComparer.OrdinalIgnoreCase);

    public void On(Action<IrcMessage> handler, params ReadOnlySpan<string> verbs)
    {
        foreach (var verb in verbs)
        {
            _handlers[verb] = _handlers.TryGetValue(verb, out var earlier) ? earlier + handler : handler;
        }
    }

    public void Dispatch(IrcMessage message)
    {
        if (_handlers.TryGetValue(message.Verb, out var handler))
        {
            handler(message);
        }
    }
}

/// <summary>
/// One concern of one connection. It is born with the connection and dies with it, so that nothing old survives.
/// </summary>
internal interface ILinkPart
{
    /// <summary>When it wants <see cref="Tick"/>, on the monotonic clock; MaxValue for never.</summary>
    TimeSpan NextTick { get; }

    void Tick();
}
