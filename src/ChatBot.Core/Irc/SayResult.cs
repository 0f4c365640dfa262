namespace ChatBot.Core.Irc;

/// <summary>What became of a text that was handed over to be said.</summary>
public abstract record SayResult
{
    private SayResult() { }

    /// <summary>The server has shown that it took the text.</summary>
    public sealed record Sent : SayResult;

    /// <summary>
    /// Not connected, not joined, queue full, or nobody knows: say it again later, at the risk of saying it twice.
    /// </summary>
    /// <param name="In">When it may pass; null where nobody knows.</param>
    public sealed record TryLater(TimeSpan? In = null) : SayResult;

    /// <summary>
    /// The server refuses it, for this reason, which begins with its code; IsOfText where another text may pass.
    /// </summary>
    public sealed record Refused(string Reason, bool IsOfText) : SayResult;
}

public enum SayKind { Privmsg, Notice }

/// <summary>
/// Who waits for the line: a person who asked (Reply), one who asks seldom or is known (PromptReply), or the channel (Relay). Replies
/// go first, prompt ones before the others, but never starve relays. A reply is for the moment and counts as delivered once it is written; a relay once the server has shown that it took it.
/// </summary>
public enum SayPriority { Reply, PromptReply, Relay }
