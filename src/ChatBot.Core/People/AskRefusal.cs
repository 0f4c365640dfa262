namespace ChatBot.Core.People;

/// <summary>Why somebody gets no challenge. None depends on who is an admin.</summary>
public enum AskRefusal
{
    /// <summary>No keys are configured.</summary>
    NotConfigured,

    /// <summary>The connection to the server is in clear: anybody on the way could speak for them afterwards.</summary>
    InClear,

    NotInSight,
    StrangeNick,
    StrangeName,
    TooSoon,
    TooMany,
}
