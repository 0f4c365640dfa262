namespace ChatBot.Core.Monitoring;

/// <summary>One look at the monitor's state: either it, or why there is none.</summary>
public readonly record struct MonitorReading(MonitorState? State, MonitorTrouble? Trouble)
{
    public static implicit operator MonitorReading(MonitorTrouble trouble) => new(null, trouble);
}
