namespace ChatBot.Core.Irc;

/// <summary>Those of the sixteen mIRC colours that we use, by their numbers; each client has its own idea of what they look like.</summary>
public enum IrcColour
{
    Green = 3,
    Red = 4,
    Purple = 6,
    Orange = 7,
}
