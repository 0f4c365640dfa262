namespace ChatBot.Configuration;

/// <summary>Holds the configuration in force. Whoever begins something takes <see cref="Now"/> once and keeps it to the end.</summary>
public sealed class LiveSettings(BotSettings settings)
{
    private volatile Live _now = new(settings);

    public Live Now => _now;

    public void Replace(BotSettings settings) => _now = new Live(settings);
}
