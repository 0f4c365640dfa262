using System.Collections.Concurrent;
using ChatBot.Configuration;

namespace ChatBot.Changelog;

/// <summary>
/// Appends entries to the changelogs of machines by ssh: one connection at a time through each first hop, and none where a hop is left
/// alone after failures.
/// </summary>
internal sealed partial class SshChangelog(CurrentSettings settings, TimeProvider time, ILogger logger)
{
    private readonly SshPatience _patience = new(time);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private SettingsSnapshot? _seen;

    /// <param name="host">As ssh knows it.</param>
    /// <param name="entry">Its lines, without an end.</param>
    /// <param name="cancellationToken">Gives up; the entry may be there all the same, and is not appended twice.</param>
    public async Task<SshOutcome> AppendAsync(string host, string entry, CancellationToken cancellationToken)
    {
        var live = settings.Value;
        if (Interlocked.Exchange(ref _seen, live) != live)
        {
            _patience.Forget();
        }

        IReadOnlyList<SshHop> route = [new(host, host, 0)];
        try
        {
            var ssh = new SshProgram(SshConfig.WriteTo(live.Settings.Data, live.Settings.Changelog), time);
            route = await ssh.RouteAsync(host, cancellationToken);
            var turn = _turns.GetOrAdd(route[0].Address, static _ => new SemaphoreSlim(1, 1));
            await turn.WaitAsync(cancellationToken);
            try
            {
                return _patience.Left(route) is { } left
                    ? new SshOutcome.Barred(left)
                    : Read(await ssh.RunAsync(host, SshAnswer.Input(entry), cancellationToken), route, entry);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException)
        {
            return Failed(new SshFailure(route[^1], SshTrouble.Configuration), e.Message);
        }
    }

    private SshOutcome Read(SshRun run, IReadOnlyList<SshHop> route, string entry)
    {
        if (SshAnswer.Of(run, entry) is { } outcome)
        {
            _patience.Worked(route);
            return outcome;
        }

        var failure = SshFailure.Of(run, route);
        _patience.Worked(route.TakeWhile(hop => hop != failure.Hop));
        return Failed(failure, run.LastComplaint);
    }

    private SshOutcome.Failed Failed(SshFailure failure, string reason)
    {
        LogFailed(logger, failure.Hop.Name, failure.Trouble, reason);
        var (wait, isToSay) = _patience.Failed(failure);
        return new SshOutcome.Failed(failure, wait, isToSay);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A changelog entry stops at {Hop}, {Trouble}, and is tried again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string hop, SshTrouble trouble, string reason);
}
