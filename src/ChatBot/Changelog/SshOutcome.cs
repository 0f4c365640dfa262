namespace ChatBot.Changelog;

/// <summary>What became of an entry that was to be appended on a machine.</summary>
internal abstract record SshOutcome
{
    private SshOutcome()
    {
    }

    /// <summary>It stands there, and was read back; also where an earlier try had brought it.</summary>
    /// <param name="First">Its first line, from 1.</param>
    /// <param name="Last">Its last line.</param>
    /// <param name="File">Full path of the file on the machine.</param>
    public sealed record Appended(int First, int Last, string File) : SshOutcome;

    /// <summary>The end of the file.</summary>
    /// <param name="From">The first byte of it, from 0.</param>
    /// <param name="Bytes">From a stranger.</param>
    public sealed record Tail(long From, byte[] Bytes) : SshOutcome;

    /// <summary>Somebody edits the file, or has it locked.</summary>
    /// <param name="Program">In what.</param>
    /// <param name="User">Who, as an account of the machine.</param>
    /// <param name="File">Full path of the file on the machine.</param>
    public sealed record Busy(string Program, string User, string File) : SshOutcome;

    /// <summary>The machine could not write it; the file is as it was.</summary>
    /// <param name="Reason">A word of <c>changelog-append</c>.</param>
    /// <param name="File">Full path of the file on the machine.</param>
    public sealed record NotWritten(string Reason, string File) : SshOutcome;

    /// <summary>The machine does not take this text.</summary>
    /// <param name="Reason">A word of <c>changelog-append</c>.</param>
    public sealed record Refused(string Reason) : SshOutcome;

    /// <summary>It did not get there.</summary>
    /// <param name="Failure">Why and where.</param>
    /// <param name="Wait">How long that hop is left alone.</param>
    /// <param name="IsToSay">Whether people are to hear of it now.</param>
    public sealed record Failed(SshFailure Failure, TimeSpan Wait, bool IsToSay) : SshOutcome;

    /// <summary>It was not tried: a hop is left alone for so long.</summary>
    public sealed record Barred(TimeSpan Left) : SshOutcome;
}
