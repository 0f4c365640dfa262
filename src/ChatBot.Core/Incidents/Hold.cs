namespace ChatBot.Core.Incidents;

/// <summary>Why an open incident is not told for the time being.</summary>
public enum Hold
{
    /// <summary>A person muted it.</summary>
    Muted,

    /// <summary>Announced work on its machine, or on one it depends on, is in course.</summary>
    Intervention,
}
