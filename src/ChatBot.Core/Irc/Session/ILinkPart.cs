namespace ChatBot.Core.Irc.Session;

/// <summary>
/// One concern of one connection. It is born with the connection and dies with it, so that nothing old survives.
/// </summary>
internal interface ILinkPart
{
    /// <summary>When it wants <see cref="Tick"/>, on the monotonic clock; MaxValue for never.</summary>
    TimeSpan NextTick { get; }

    void Tick();
}
