using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Changelog;

/// <summary>What kept an entry from a machine.</summary>
internal enum SshTrouble
{
    /// <summary>No connection, or none in time.</summary>
    Unreachable,

    /// <summary>Another key than in known_hosts.</summary>
    HostKeyChanged,

    /// <summary>No key in known_hosts.</summary>
    HostKeyUnknown,

    /// <summary>It takes none of the bot's keys.</summary>
    Denied,

    /// <summary>It does not let the bot pass to the next one.</summary>
    PassageRefused,

    /// <summary>The program that appends is not there, or sudo does not let it run.</summary>
    NotSetUp,

    /// <summary>That program ran, and its answer is none of those it has.</summary>
    NotUnderstood,

    /// <summary>ssh does not start, or does not understand its configuration.</summary>
    Configuration,
}

/// <summary>Where the way to a machine ends, and why.</summary>
/// <param name="Hop">The hop that failed.</param>
/// <param name="Trouble">How.</param>
internal sealed partial record SshFailure(SshHop Hop, SshTrouble Trouble)
{
    /// <summary>Whether time alone does not mend it.</summary>
    public bool NeedsAPerson => Trouble != SshTrouble.Unreachable;

    /// <summary>
    /// Reads off what the hops said at <c>LogLevel VERBOSE</c> how far it came: each says “Authenticated to” once it is passed
    /// (OpenSSH 9.2, sshconnect2.c), and all write to one place.
    /// </summary>
    /// <param name="run">One that failed, or whose answer is not understood.</param>
    /// <param name="route">The hops, the first first.</param>
    public static SshFailure Of(SshRun run, IReadOnlyList<SshHop> route)
    {
        var said = run.Complaints;
        var passed = Math.Min(Passed().Count(said), route.Count);
        var next = route[Math.Min(passed, route.Count - 1)];
        if (run.ExitCode is { } code and not 255)
        {
            return new(route[^1], SshAnswer.IsExitCode(code) ? SshTrouble.NotUnderstood : SshTrouble.NotSetUp);
        }

        if (said.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal))
        {
            return new(next, SshTrouble.HostKeyChanged);
        }

        if (said.Contains("Host key verification failed", StringComparison.Ordinal))
        {
            return new(next, SshTrouble.HostKeyUnknown);
        }

        if (said.Contains("Permission denied (", StringComparison.Ordinal) || said.Contains("Too many authentication failures", StringComparison.Ordinal))
        {
            return new(next, SshTrouble.Denied);
        }

        return passed > 0 && said.Contains("open failed: administratively prohibited", StringComparison.Ordinal)
            ? new(route[passed - 1], SshTrouble.PassageRefused)
            : new(next, SshTrouble.Unreachable);
    }

    [GeneratedRegex("^Authenticated to ", RegexOptions.Multiline, Pattern.TimeOut)]
    private static partial Regex Passed();
}
