namespace ChatBot.Core.Incidents;

/// <summary>What an incident explains, or explained.</summary>
/// <param name="Total">How many incidents.</param>
/// <param name="Open">How many of them are open.</param>
/// <param name="IsLoad">Whether it tells the load of its machine, else that the machine is down.</param>
public sealed record InhibitedCount(long Total, long Open, bool IsLoad);
