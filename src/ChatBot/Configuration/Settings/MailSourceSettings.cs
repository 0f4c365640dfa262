namespace ChatBot.Configuration;

/// <summary>A mailbox the bot reads.</summary>
/// <param name="Closed">Whether only the group's machines can write to it, so that nothing more is checked.</param>
public abstract record MailSourceSettings(bool Closed)
{
    /// <summary>The word the configuration has for it.</summary>
    public abstract string Kind { get; }
}
