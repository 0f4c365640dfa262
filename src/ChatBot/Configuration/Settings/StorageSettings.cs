namespace ChatBot.Configuration;

/// <summary>Where the bot's memory is kept.</summary>
public sealed record StorageSettings(StorageProvider Provider);
