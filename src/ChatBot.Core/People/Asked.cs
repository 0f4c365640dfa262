namespace ChatBot.Core.People;

/// <summary>What comes of asking for a challenge.</summary>
public abstract record Asked
{
    private Asked() { }

    public sealed record Given(Challenge Challenge) : Asked;

    public sealed record Refused(AskRefusal Why) : Asked;
}

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
