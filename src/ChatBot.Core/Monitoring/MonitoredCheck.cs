
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;

namespace ChatBot.Core.Monitoring;

/// <summary>One host or service as the monitor sees it.</summary>
public sealed record MonitoredCheck
{
    /// <summary>In the monitor's own spelling: what a command must name.</summary>
    public required string Host { get; init; }

    /// <summary>The same; null for the host itself.</summary>
    public string? Service { get; init; }

    /// <summary>What the monitor's mails call the service, where that is not its name.</summary>
    public string? Label { get; init; }

    /// <summary>The service as mails and people call it; null for the host itself.</summary>
    public string? Spoken => Service is null ? null : Label ?? Service;

    /// <summary>Which one it is among those that mails call alike; none where they call it by its name.</summary>
    public CheckPart Part => Service is null || Spoken == Service ? default : CheckPart.Of(Service);

    public required CheckState State { get; init; }

    /// <summary>Since when it is in that state, by the monitor's clock, in whole seconds; null where it does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Tried as often as the monitor requires before it notifies anybody; a soft state may be gone at the next try.</summary>
    public bool IsHard { get; init; }

    /// <summary>Whether it was checked at all since the monitor knows it.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Whether the monitor has notified somebody of the present problem.</summary>
    public bool IsNotified { get; init; }

    public bool IsAcknowledged { get; init; }

    public bool IsFlapping { get; init; }

    public bool IsInDowntime { get; init; }

    /// <summary>The acknowledgement's own comment; null where there is none.</summary>
    public MonitoredAck? Ack { get; init; }
}
