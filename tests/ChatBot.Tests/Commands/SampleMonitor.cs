using ChatBot.Core.Monitoring;

namespace ChatBot.Tests.Commands;

/// <summary>A monitor that says what the test wants; none is configured until then.</summary>
internal sealed class SampleMonitor : IMonitor
{
    public MonitorReading? Reading { get; set; }

    public MonitorReading? Look() => Reading;
}
