namespace ChatBot.Irc;

/// <summary>How a channel's outbox stands after some of it was said.</summary>
internal enum PumpState
{
    /// <summary>Nothing waits but what is held back for its next try.</summary>
    AllSaid,

    More,

    /// <summary>Not taken now: later.</summary>
    NotNow,

    /// <summary>The bot is not in the channel.</summary>
    Away,
}
