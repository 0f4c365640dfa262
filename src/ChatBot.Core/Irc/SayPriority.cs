namespace ChatBot.Core.Irc;

/// <summary>
/// Who waits for the line: a person who asked (Reply), or the channel (Relay). Replies go first, but never starve relays.
/// </summary>
public enum SayPriority { Reply, Relay }
