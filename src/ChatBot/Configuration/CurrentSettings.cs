namespace ChatBot.Configuration;

/// <summary>Holds the configuration in force. Whoever begins something takes <see cref="Value"/> once and keeps it to the end.</summary>
public sealed class CurrentSettings(BotSettings settings)
{
    private volatile SettingsSnapshot _now = new(settings);

    public SettingsSnapshot Value => _now;

    public void Replace(BotSettings settings) => _now = new SettingsSnapshot(settings);
}
