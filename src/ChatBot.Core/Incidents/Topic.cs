namespace ChatBot.Core.Incidents;

/// <summary>What a line is about, which decides its place in a digest.</summary>
public enum Topic
{
    /// <summary>Always said whole.</summary>
    Other,

    /// <summary>A mail that nothing vouches for: it waits until nothing else does.</summary>
    Unproven,

    /// <summary>Incidents that began or changed.</summary>
    Alert,

    /// <summary>Incidents that ended.</summary>
    Recovery,

    /// <summary>Changes seen on a machine.</summary>
    Change,
}
