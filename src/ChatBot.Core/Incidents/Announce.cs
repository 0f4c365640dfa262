namespace ChatBot.Core.Incidents;

/// <summary>When a decision is to be said.</summary>
public enum Announce
{
    Nothing,

    /// <summary>With the others that come within the grouping wait.</summary>
    AfterWait,

    Now,
}
