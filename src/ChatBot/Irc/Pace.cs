namespace ChatBot.Irc;

/// <summary>How fast the bot may speak.</summary>
public enum Pace
{
    /// <summary>No faster than servers bear from anybody.</summary>
    Auto,

    /// <summary>As fast as it can, where the server exempts it from its flood control.</summary>
    Off,
}
