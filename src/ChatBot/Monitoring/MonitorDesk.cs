namespace ChatBot.Monitoring;

/// <summary>Carries the orders of the outbox to the monitor, until its own state shows them.</summary>
public sealed class MonitorDesk;
