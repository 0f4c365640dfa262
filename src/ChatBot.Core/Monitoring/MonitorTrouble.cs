namespace ChatBot.Core.Monitoring;

/// <summary>Why the monitor cannot be notified, or its state cannot be read, for now.</summary>
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

    /// <summary>Its API cannot be reached, or takes longer than ten seconds.</summary>
    NoAnswer,

    /// <summary>Its certificate is not the pinned one, or of no authority that is believed.</summary>
    NotTrusted,

    /// <summary>Its API does not know the user, or the password is another.</summary>
    WrongPassword,

    /// <summary>The user lacks a permission; Icinga 2 says then that there is no such object.</summary>
    NotPermitted,

    /// <summary>Its API says what no Icinga 2 says, too much, an error of its own, or that it is elsewhere.</summary>
    AnswerUnreadable,

    /// <summary>The command is written, but no state that is newer shows it within a minute.</summary>
    NotConfirmed,
}
