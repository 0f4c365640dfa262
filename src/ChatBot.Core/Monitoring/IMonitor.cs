
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>The monitor's own state, for commands.</summary>
public interface IMonitor
{
    /// <summary>What it is called in a sentence.</summary>
    PublicText Name { get; }

    /// <summary>Its state as it is known now; null where none is configured, or none was read yet.</summary>
    MonitorReading? Look();
}
