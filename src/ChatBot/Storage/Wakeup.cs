namespace ChatBot.Storage;

/// <summary>What rows that were just committed ask for.</summary>
[Flags]
public enum Wakeup
{
    None = 0,

    /// <summary>Something waits in the outbox.</summary>
    Outbox = 1,

    /// <summary>Something may be due earlier than was thought.</summary>
    Schedule = 2,
}
