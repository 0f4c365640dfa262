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

/// <summary>What became of an entry.</summary>
/// <param name="Result">How far it got.</param>
/// <param name="Place">Its lines in the machine's file; null where it did not get there yet, or somebody moved it since.</param>
public readonly record struct Appending(AppendResult Result, ChangelogPlace? Place = null);

/// <summary>Lines of a file, from 1.</summary>
public readonly record struct ChangelogPlace(int First, int Last);
