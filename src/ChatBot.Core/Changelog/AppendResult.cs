namespace ChatBot.Core.Changelog;

/// <summary>How far a changelog entry got. It is stored in every case.</summary>
public enum AppendResult
{
    /// <summary>The machine has no changelog file; the store keeps the entry.</summary>
    StoredOnly,

    /// <summary>Appended to the machine's file and read back from it.</summary>
    Appended,

    /// <summary>In the outbox: the machine's file could not be written yet and will be tried again.</summary>
    Waiting,

    /// <summary>In the outbox: the machine is reached by ssh, which this version does not do yet.</summary>
    WaitingForSsh,
}
