
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Commands;

/// <summary>A monitor that says what the test wants; none is configured until then.</summary>
internal sealed class SampleMonitor : IMonitor
{
    public PublicText Name => MonitorNames.Nagios;

    public MonitorReading? Reading { get; set; }

    public MonitorReading? Look() => Reading;
}
