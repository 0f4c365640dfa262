namespace ChatBot.Core.Incidents;

/// <summary>Why an open incident is not announced for the time being.</summary>
public enum Suppression
{
    /// <summary>A person muted it.</summary>
    Muted,

    /// <summary>An intervention on its machine, or on one it depends on, is under way.</summary>
    Intervention,

    /// <summary>Its machine, or one that it depends on, is down: <see cref="Incident.InhibitedBy"/>.</summary>
    Inhibited,

    /// <summary>Its machine is overloaded, and the check timed out: <see cref="Incident.InhibitedBy"/>.</summary>
    Overloaded,
}
