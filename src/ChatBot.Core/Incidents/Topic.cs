namespace ChatBot.Core.Incidents;

/// <summary>What a line is about, which decides its place in a digest.</summary>
public enum Topic
{
    /// <summary>Told whole, always.</summary>
    Other,

    /// <summary>Incidents that began or changed.</summary>
    Alert,

    /// <summary>Incidents that ended.</summary>
    Recovery,

    /// <summary>What a machine was seen to have changed.</summary>
    Change,
}
