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

    /// <summary>In the outbox, and on its way by ssh: where it stands is announced once it is read back.</summary>
    OnItsWay,
}
