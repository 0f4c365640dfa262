namespace ChatBot.Core.Monitoring;

/// <summary>The monitor's own state, for commands.</summary>
public interface IMonitor
{
    /// <summary>Looks at it now; null where none is configured.</summary>
    MonitorReading? Look();
}
