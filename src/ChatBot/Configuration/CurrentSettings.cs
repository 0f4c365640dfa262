namespace ChatBot.Configuration;

/// <summary>The configuration in force. An operation reads <see cref="Value"/> once and uses it to its end.</summary>
public sealed class CurrentSettings(BotSettings settings)
{
    private volatile SettingsSnapshot _now = new(settings);

    public SettingsSnapshot Value => _now;

    public void Replace(BotSettings settings) => _now = new SettingsSnapshot(settings);
}
