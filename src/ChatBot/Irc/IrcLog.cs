
using ChatBot.Core.Irc;

namespace ChatBot.Irc;

/// <summary>The log lines of the IRC side. None contains a nick, a host mask, a text from a channel or a password.</summary>
internal static partial class IrcLog
{
    public static void Happened(ILogger logger, IrcEvent happened)
    {
        switch (happened)
        {
            case IrcEvent.Registered registered: Registered(logger, registered.Nick); break;
            case IrcEvent.Disconnecting ending: Disconnecting(logger, ending.Reason); break;
            case IrcEvent.Joined joined: Joined(logger, joined.Channel); break;
            case IrcEvent.LeftChannel left: Left(logger, left.Channel, left.Reason); break;
            case IrcEvent.JoinRefused refused: JoinRefused(logger, refused.Channel, refused.Numeric, Advice(refused.Numeric)); break;
            case IrcEvent.NotIdentified unknown: NotIdentified(logger, unknown.Reason); break;
            case IrcEvent.StandardReply reply: StandardReply(logger, reply.Kind, reply.Command, reply.Code); break;
            case IrcEvent.KickedTooOften kicked: KickedTooOften(logger, kicked.Channel); break;
            case IrcEvent.ChannelMuted muted: Muted(logger, muted.Channel, muted.Mode); break;
            case IrcEvent.ChannelOpen open: ChannelOpen(logger, open.Channel); break;
            case IrcEvent.ChannelUnshielded unshielded: Unshielded(logger, unshielded.Channel); break;
            case IrcEvent.ChannelUnsafe open: ChannelUnsafe(logger, open.Channel, open.Reason); break;
        }
    }

    private static string Advice(string numeric) => numeric switch
    {
        "403" or "476" or "479" => "the server knows no such channel, see name of this channel",
        "" => "the server does not answer",
        "470" => "it sends the bot to another channel, which it does not follow",
        "405" => "the bot is in too many channels",
        "471" => "it is full",
        "473" => "it is for invited people, invite the bot or let its account in",
        "474" => "the bot is banned from it",
        "475" => "the key is wrong or missing, see key_file of this channel",
        "477" => "it is for people with an account, see [irc.sasl]",
        "489" or "520" => "it is not open to this kind of connection",
        _ => "the server does not let the bot in now",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Connecting to {Host}:{Port} {With} TLS.")]
    public static partial void Connecting(ILogger logger, string host, int port, string with);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to {Host}:{Port}: {Reason}.")]
    public static partial void ConnectFailed(ILogger logger, string host, int port, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The next connection is in {Seconds} s.")]
    public static partial void Waiting(ILogger logger, long seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The bot was removed from IRC three times in ten minutes. Is another copy of it running? It waits ten minutes now.")]
    public static partial void Hunted(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The file sts of the data folder cannot be used ({Fault}): promises of TLS are kept for this run only.")]
    public static partial void PoliciesNotKept(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The services do not know the bot: {Reason}.")]
    private static partial void NotIdentified(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A line of kind {Verb} could not be handled: {Fault}.")]
    public static partial void LineFailed(ILogger logger, string fault, string verb);

    [LoggerMessage(Level = LogLevel.Information, Message = "On IRC as {OwnNick}.")]
    private static partial void Registered(ILogger logger, string ownNick);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leaving IRC: {Reason}.")]
    private static partial void Disconnecting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "In {Channel}.")]
    private static partial void Joined(ILogger logger, string channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Out of {Channel}: {Reason}.")]
    private static partial void Left(ILogger logger, string channel, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} refuses us ({Numeric}): {Advice}. It is tried again.")]
    private static partial void JoinRefused(ILogger logger, string channel, string numeric, string advice);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server says {Kind} {Command} {Code}.")]
    private static partial void StandardReply(ILogger logger, string kind, string command, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Kicked out of {Channel} again and again: the bot stays out for ten minutes.")]
    private static partial void KickedTooOften(ILogger logger, string channel);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "In {Channel} the bot may not speak (+{Mode}): give it a voice there, or name chanserv so that it asks for one.")]
    private static partial void Muted(ILogger logger, string channel, char mode);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Channel} is for the root group alone, but {Reason}: the bot has left it.")]
    private static partial void ChannelUnsafe(ILogger logger, string channel, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Channel} is for the root group and stands open: the bot says nothing there until it is closed, and asks the server for +i; look who is in it, set +nks KEY, and let the services hold the modes (MLOCK)")]
    private static partial void ChannelOpen(ILogger logger, string channel);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Channel} is for the root group, and people outside can write into it: set +n. What they ask is answered as to anybody")]
    private static partial void Unshielded(ILogger logger, string channel);
}
