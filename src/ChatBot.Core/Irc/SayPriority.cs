namespace ChatBot.Core.Irc;

/// <summary>
/// Who waits for the line: a person who asked (Reply), or the channel (Relay). Replies go first, but never starve relays. A reply
/// is for the moment and counts as delivered once it is written; a relay once the server has shown that it took it.
/// </summary>
public enum SayPriority { Reply, Relay }
