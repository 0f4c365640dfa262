namespace ChatBot.Core.Incidents;

/// <summary>What a report changes, when that is said, and why.</summary>
/// <param name="Reason">The named reason.</param>
/// <param name="After">The incident as it is from now on; null where none is concerned.</param>
/// <param name="Announce">When it is said.</param>
public sealed record Decision(Reason Reason, Incident? After, Announce Announce);

/// <summary>When a decision is to be said.</summary>
public enum Announce
{
    Nothing,

    /// <summary>With the others that come within the grouping wait.</summary>
    AfterWait,

    Now,
}
