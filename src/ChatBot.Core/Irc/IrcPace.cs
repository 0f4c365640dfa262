namespace ChatBot.Core.Irc;

/// <summary>
/// How fast the bot may write: slowly enough for any server's defaults, or as fast as it can where the server exempts it.
/// </summary>
public enum IrcPace { Auto, Off }
