namespace ChatBot.Core.Incidents;

/// <summary>What became of the wish to take one incident or to let it go.</summary>
/// <param name="Number">The incident that was asked for.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Incident">As it is now; null where there is none of that number.</param>
public sealed record AcknowledgeOutcome(long Number, AcknowledgeResult Result, Incident? Incident);
