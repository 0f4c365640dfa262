namespace ChatBot.Configuration;

/// <summary>What keeps the bot's memory.</summary>
public enum StorageProvider
{
    /// <summary>One file in the data folder.</summary>
    Sqlite,
}
