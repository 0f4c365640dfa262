
using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>What reaches the dispatcher, in one order.</summary>
internal abstract record IrcInput
{
    public sealed record Opened(IrcConnection Connection) : IrcInput;

    public sealed record Received(IrcConnection Connection, List<IrcMessage> Messages) : IrcInput;

    public sealed record Closed(IrcConnection Connection, string Reason) : IrcInput;

    public sealed record Say(
        string Target, string Text, SayKind Kind, SayPriority Priority, IrcAuthor? To, string? MemberOf, IrcAuthor? Asker,
        TaskCompletionSource<SayResult> Result) : IrcInput;

    public sealed record Ask(IrcAuthor Author, bool IsPrompt, TaskCompletionSource<AccountAnswer> Answer) : IrcInput;

    public sealed record AskMember(string Nick, TaskCompletionSource<IrcMember?> Answer) : IrcInput;

    public sealed record AskWait(string Channel, TaskCompletionSource<Func<int, TimeSpan>> Answer) : IrcInput;

    /// <summary>The bot waits no longer.</summary>
    public sealed record TakeOver : IrcInput;

    public sealed record Quit(string Reason) : IrcInput;

    /// <summary>What is ready to be written is.</summary>
    public sealed record Flush : IrcInput;

    /// <summary>Nothing comes any more.</summary>
    public sealed record End : IrcInput;

    /// <summary>A timer is due, or events that found no room may find it now.</summary>
    public sealed record Wake : IrcInput;
}
