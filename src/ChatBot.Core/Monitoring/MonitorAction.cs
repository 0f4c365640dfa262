namespace ChatBot.Core.Monitoring;

/// <summary>An order with everything in the monitor's own names, ready to be written as it wants it.</summary>
public abstract record MonitorAction
{
    private MonitorAction()
    {
    }

    /// <param name="Check">The problem.</param>
    /// <param name="Author">Who.</param>
    /// <param name="Comment">Why, not yet made harmless.</param>
    /// <param name="Mark">What the comment ends in.</param>
    public sealed record Acknowledge(MonitoredCheck Check, string Author, string Comment, string Mark) : MonitorAction;

    public sealed record RemoveAcknowledgement(MonitoredCheck Check) : MonitorAction;

    /// <summary>Fixed, for a host and all its services.</summary>
    public sealed record ScheduleDowntime(
        string Host, DateTimeOffset From, DateTimeOffset Until, string Author, string Comment, string Mark) : MonitorAction;

    public sealed record DeleteDowntimes(IReadOnlyList<MonitoredDowntime> Downtimes) : MonitorAction;
}
