namespace ChatBot.Irc;

/// <summary>An IRC server. <paramref name="Host"/> is a name or an address, IPv6 without its brackets.</summary>
public sealed record IrcEndpoint(string Host, int Port);
