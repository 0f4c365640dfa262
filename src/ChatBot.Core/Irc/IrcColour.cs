namespace ChatBot.Core.Irc;

/// <summary>The sixteen mIRC colours by their numbers; each client has its own idea of what they look like.</summary>
public enum IrcColour
{
    White = 0,
    Black = 1,
    Blue = 2,
    Green = 3,
    Red = 4,
    Brown = 5,
    Purple = 6,
    Orange = 7,
    Yellow = 8,
    LightGreen = 9,
    Teal = 10,
    Cyan = 11,
    LightBlue = 12,
    Pink = 13,
    Grey = 14,
    LightGrey = 15,
}
