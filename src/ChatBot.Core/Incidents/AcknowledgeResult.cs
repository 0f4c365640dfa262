namespace ChatBot.Core.Incidents;

/// <summary>What became of a wish to take an incident or to let it go.</summary>
public enum AcknowledgeResult
{
    Done,
    NoSuchIncident,

    /// <summary>It is over; the incident tells what it was.</summary>
    AlreadyClosed,

    /// <summary>Nobody has it, so it cannot be let go.</summary>
    NotAcknowledged,
}
