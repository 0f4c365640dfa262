using ChatBot.Configuration.Toml;

namespace ChatBot.Configuration;

/// <summary>What came of reading the configuration: settings, or every mistake in it.</summary>
/// <param name="Settings">Null as soon as there is one mistake.</param>
/// <param name="Mistakes">Of all files, by file and line; those of environment variables by their name.</param>
public sealed record ConfigurationResult(BotSettings? Settings, IReadOnlyList<Mistake> Mistakes);
