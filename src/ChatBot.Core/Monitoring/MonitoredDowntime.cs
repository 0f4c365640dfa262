namespace ChatBot.Core.Monitoring;

/// <summary>A planned downtime that the monitor knows of.</summary>
/// <param name="Id">What it is called there, be it a number; hosts and services share them.</param>
/// <param name="Host">In the monitor's own spelling.</param>
/// <param name="Service">Null for the host itself.</param>
/// <param name="Comment">As it was given.</param>
public sealed record MonitoredDowntime(string Id, string Host, string? Service, string Comment);
