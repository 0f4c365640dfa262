namespace ChatBot.Changelog;

/// <summary>What a run of ssh left.</summary>
/// <param name="ExitCode">Its own (255) or that of what ran on the machine; null where it took too long.</param>
/// <param name="Output">The answer of what ran there, so far, a letter for each of its bytes; from a stranger.</param>
/// <param name="Complaints">What every hop said on the way, in the order of the hops; from strangers.</param>
internal sealed record SshRun(int? ExitCode, string Output, string Complaints)
{
    /// <summary>Its last words, for the log; not those of the last hop about a jump that has ended, where the jump said why.</summary>
    public string LastComplaint => Complaints.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is var lines
        ? lines.LastOrDefault(line => !line.Contains("UNKNOWN port 65535", StringComparison.Ordinal)) ?? lines.LastOrDefault("")
        : "";
}

/// <summary>ssh could not be run, or does not understand its configuration.</summary>
/// <param name="english">For the log.</param>
/// <param name="french">The same; null where it is ssh or the system that says it.</param>
internal sealed class SshException(string english, string? french = null) : Exception(english)
{
    public string French => french ?? Message;
}
