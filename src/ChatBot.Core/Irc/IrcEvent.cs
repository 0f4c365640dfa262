using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// What happened on IRC, in the order it happened, with the state that it led to. Names of channels are those of the configuration,
/// letter for letter.
/// </summary>
public abstract record IrcEvent
{
    private IrcEvent() { }

    /// <summary>How the network compared nicks at that moment.</summary>
    public CaseMapping Names { get; init; } = CaseMapping.Rfc1459;

    // What is printed are the facts of the event.
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>The server accepted us (numeric 001) under this nick, which may not be the wanted one.</summary>
    public sealed record Registered(string Nick) : IrcEvent;

    /// <summary>We are on without our account, and it is tried again later where that may help. The reason holds no secret.</summary>
    public sealed record NotIdentified(string Reason) : IrcEvent;

    /// <summary>We are about to close, or the other side did. The reason holds no name of a person.</summary>
    public sealed record Disconnecting(string Reason, CloseCause Cause) : IrcEvent;

    /// <summary>
    /// A server that is not spoken to by TLS wants to be, on this port (IRCv3 sts): never speak to it otherwise again.
    /// </summary>
    public sealed record TlsWanted(int Port) : IrcEvent;

    /// <summary>
    /// A server that is spoken to by TLS promises to offer it for so long: until then, never speak to it otherwise. Zero ends an
    /// earlier promise.
    /// </summary>
    public sealed record TlsPromised(TimeSpan Duration) : IrcEvent;

    /// <summary>We are in the channel. A channel of audience root may still have to prove that it is closed.</summary>
    public sealed record Joined(string Channel) : IrcEvent;

    public sealed record LeftChannel(string Channel, string Reason) : IrcEvent;

    /// <summary>The channel refused us, or the server keeps silent (numeric ""); it is tried again later, ever more slowly.</summary>
    public sealed record JoinRefused(string Channel, string Numeric, string Text) : IrcEvent;

    /// <summary>Kicked again and again: we stay out of the channel for ten minutes.</summary>
    public sealed record KickedTooOften(string Channel) : IrcEvent;

    /// <summary>We are in the channel and may not speak: this mode needs a mark or an account that we lack. Raised once.</summary>
    public sealed record ChannelMuted(string Channel, char Mode) : IrcEvent;

    /// <summary>We may speak again, in a channel where we might not: the mode is gone, or we have a mark.</summary>
    public sealed record ChannelUnmuted(string Channel) : IrcEvent;

    /// <summary>
    /// A channel of audience root has none of the modes that keep others out, though the configuration names its key: nothing is said
    /// there, and we have asked the server to close it by +i.
    /// </summary>
    public sealed record ChannelOpen(string Channel) : IrcEvent;

    /// <summary>A channel of audience root lacks +n: people outside can write into it. Told once.</summary>
    public sealed record ChannelUnshielded(string Channel) : IrcEvent;

    /// <summary>A channel of audience root turned out to be open to all: we left it and say nothing there.</summary>
    public sealed record ChannelUnsafe(string Channel, string Reason) : IrcEvent;

    /// <summary>The letters of the modes set on the channel now, without parameters.</summary>
    public sealed record ChannelModes(string Channel, string Modes) : IrcEvent;

    /// <summary>
    /// Somebody spoke. Target is the channel, or the nick to answer where <see cref="IsPrivate"/>. Account is the services
    /// account by the tag of this very line, given by a server that announced account-tag on this connection; null means not
    /// identified, or that the server has no such tag and the session may be used. Text is as received,
    /// formatting included. Time is the server's (server-time), in UTC. IsHistory marks playback, by a batch or by its time: never a command.
    /// </summary>
    public sealed record Message(
        string Target, string Nick, string? Account, string Text, bool IsPrivate, bool IsNotice, bool IsBot, string? MsgId,
        DateTimeOffset? Time, bool IsHistory) : IrcEvent
    {
        /// <summary>To ask the server about, by the session.</summary>
        public required IrcAuthor Author { get; init; }

        /// <summary>Who of those in our channels has the nick; null where nobody there has.</summary>
        public IrcMember? Member { get; init; }

        /// <summary>Said into a channel by somebody who, as far as the server shows, is not in it: it has no +n.</summary>
        public bool IsFromOutside { get; init; }
    }

    /// <summary>Somebody did something ("/me"); never a command.</summary>
    public sealed record Action(string Target, string Nick, string Text, bool IsPrivate) : IrcEvent;

    /// <summary>Somebody came; after a netsplit they are no newcomer.</summary>
    public sealed record MemberJoined(string Channel, IrcMember Who, bool AfterNetsplit) : IrcEvent;

    /// <summary>The server has described somebody who was there when we came.</summary>
    public sealed record MemberDescribed(string Channel, IrcMember Who) : IrcEvent;

    /// <summary>Somebody left one channel, by himself or by a kick. Who they were just before.</summary>
    public sealed record MemberParted(string Channel, IrcMember Who) : IrcEvent;

    /// <summary>Somebody left the network, or was cut off by a netsplit. Who they were just before.</summary>
    public sealed record MemberQuit(IrcMember Who, bool IsNetsplit) : IrcEvent;

    /// <summary>Somebody marked themselves away, or here again (IRCv3 away-notify). What they say of it is not kept.</summary>
    public sealed record MemberAway(IrcMember Who) : IrcEvent;

    /// <summary>Somebody has a new nick.</summary>
    public sealed record MemberRenamed(IrcMember Before, IrcMember Who) : IrcEvent;

    /// <summary>Somebody identified or logged out; for display only, never for rights.</summary>
    public sealed record AccountChanged(IrcMember Who) : IrcEvent;

    /// <summary>The bot itself has a new nick.</summary>
    public sealed record NickChanged(string OldNick, string NewNick) : IrcEvent;

    /// <summary>
    /// The answer to the question of this id: both null where nobody is known, or no clear answer came in time.
    /// </summary>
    public sealed record AccountAnswer(long Id, string? Account, string? CertFp) : IrcEvent;

    /// <summary>
    /// The server complains (FAIL), warns (WARN) or remarks (NOTE) on a command, or on none ("*"), with a code of its specification;
    /// "?" stands for what is no such word.
    /// </summary>
    public sealed record StandardReply(string Kind, string Command, string Code) : IrcEvent;

    /// <summary>The server has shown that it took every line of this id.</summary>
    public sealed record Delivered(long Id) : IrcEvent;

    /// <summary>
    /// The server refused a line of this id; asking again now gives the same. IsOfText where it takes offence at the very words, so
    /// that others may pass.
    /// </summary>
    public sealed record Refused(long Id, string Reason, bool IsOfText = false) : IrcEvent;

    /// <summary>It is unknown whether the server accepted the lines of this id, or they were not sent: try later.</summary>
    public sealed record Unconfirmed(long Id) : IrcEvent;

    /// <summary>The server says that it dropped a line to this channel, which others flood: the lines of this id are to be said again soon.</summary>
    public sealed record Dropped(long Id) : IrcEvent;
}

/// <summary>
/// Who said a line, as the server showed them on that very line, so that a question about them can only be answered for the same
/// hands. UserHost is "user@host", "" where the line shows less, and is never logged; SaidAt is a reading of the session's clock.
/// </summary>
public sealed record IrcAuthor(string Nick, string UserHost, TimeSpan SaidAt)
{
    /// <summary>Where the line stands among all that was said in our channels on this connection; 0 in private.</summary>
    public long Turn { get; init; }

    // A record prints its members; an address must appear nowhere.
    public override string ToString() => Nick;
}
