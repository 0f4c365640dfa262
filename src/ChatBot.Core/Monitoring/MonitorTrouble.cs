namespace ChatBot.Core.Monitoring;

/// <summary>Why the monitor cannot be told, or its state not be read, for now.</summary>
public enum MonitorTrouble
{
    /// <summary>Its command file is not there: it is stopped, or is another path.</summary>
    CommandFileMissing,

    /// <summary>Nobody reads the command file: the monitor is stopped.</summary>
    NobodyReads,

    /// <summary>What stands in the place of the command file is no FIFO: not a byte is written to it.</summary>
    NotAFifo,

    /// <summary>The command file takes no more: the monitor hangs.</summary>
    Full,

    /// <summary>The bot may not write to the command file.</summary>
    MayNotWrite,

    StatusMissing,

    /// <summary>The bot may not read the status file.</summary>
    MayNotRead,

    /// <summary>What stands in the place of the status file is none, or is too large.</summary>
    StatusUnreadable,

    /// <summary>Its state is not renewed: it is stopped, or hangs.</summary>
    StatusStale,

    /// <summary>The command is written, but no state that is newer shows it within a minute.</summary>
    NotConfirmed,
}
