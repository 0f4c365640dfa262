using System.Collections.Concurrent;
using ChatBot.Configuration;

namespace ChatBot.Changelog;

/// <summary>
/// Appends entries to the changelogs of machines by ssh, and reads the end of those: one connection at a time through each first hop, and none where a hop is left
/// alone after failures.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says why an entry stops.</param>
/// <param name="program">OpenSSH's client.</param>
internal sealed partial class SshChangelog(CurrentSettings settings, TimeProvider time, ILogger logger, string program = SshProgram.Usual)
{
    private readonly SshPatience _patience = new(time);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    // Where the way led the last time, so that ssh is not asked while it is barred.
    private readonly ConcurrentDictionary<string, IReadOnlyList<SshHop>> _routes = new(StringComparer.Ordinal);
    private SettingsSnapshot? _seen;

    /// <summary>Appends entries in one connection.</summary>
    /// <param name="host">As ssh knows it.</param>
    /// <param name="entries">The lines of each, without an end; in order, one at least, <see cref="SshAnswer.MostInput"/> together.</param>
    /// <param name="cancellationToken">Gives up; entries may be there all the same, and are not appended twice.</param>
    /// <returns>What became of them, one at least, up to the first that is not there or of which nothing is known.</returns>
    public Task<IReadOnlyList<SshOutcome>> AppendAsync(string host, IReadOnlyList<string> entries, CancellationToken cancellationToken) => ConnectAsync(
        host,
        async (ssh, route) =>
        {
            var outcomes = Read(await ssh.RunAsync(host, SshAnswer.Input(entries), cancellationToken), route, run => SshAnswer.Of(run, entries));

            // Which of them is refused shows when the first is tried by itself.
            return outcomes is [SshOutcome.Refused] && entries.Count > 1
                ? Read(await ssh.RunAsync(host, SshAnswer.Input([entries[0]]), cancellationToken), route, run => SshAnswer.Of(run, [entries[0]]))
                : outcomes;
        },
        cancellationToken);

    /// <summary>Reads the end of the changelog.</summary>
    /// <param name="host">As ssh knows it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SshOutcome> TailAsync(string host, CancellationToken cancellationToken) => (await ConnectAsync(
        host,
        async (ssh, route) => Read(await ssh.RunAsync(host, SshAnswer.TailInput, cancellationToken), route, SshAnswer.OfTail),
        cancellationToken))[0];

    private async Task<IReadOnlyList<SshOutcome>> ConnectAsync(
        string host, Func<SshProgram, IReadOnlyList<SshHop>, Task<IReadOnlyList<SshOutcome>>> askAsync, CancellationToken cancellationToken)
    {
        var live = settings.Value;
        if (Interlocked.Exchange(ref _seen, live) != live)
        {
            _patience.Forget();
        }

        if (_routes.TryGetValue(host, out var known) && _patience.Left(known) is { } barred)
        {
            return [new SshOutcome.Barred(barred)];
        }

        IReadOnlyList<SshHop> route = [new(host, host, 0)];
        try
        {
            var ssh = new SshProgram(SshConfig.WriteTo(live.Settings.Data, live.Settings.Changelog), time, program);
            _routes[host] = route = await ssh.RouteAsync(host, cancellationToken);
            var turn = _turns.GetOrAdd(route[0].Address, static _ => new SemaphoreSlim(1, 1));
            await turn.WaitAsync(cancellationToken);
            try
            {
                if (_patience.Left(route) is { } left)
                {
                    return [new SshOutcome.Barred(left)];
                }

                return await askAsync(ssh, route);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException)
        {
            return [Failed(new SshFailure(route[^1], SshTrouble.Configuration), e.Message)];
        }
    }

    private IReadOnlyList<SshOutcome> Read(SshRun run, IReadOnlyList<SshHop> route, Func<SshRun, IReadOnlyList<SshOutcome>> answer)
    {
        if (answer(run) is { Count: > 0 } outcomes)
        {
            _patience.Worked(route);
            return outcomes;
        }

        var failure = SshFailure.Of(run, route);
        _patience.Worked(route.TakeWhile(hop => hop != failure.Hop));
        return [Failed(failure, run.LastComplaint)];
    }

    private SshOutcome.Failed Failed(SshFailure failure, string reason)
    {
        LogFailed(logger, failure.Hop.Name, failure.Trouble, reason);
        var (wait, isToSay) = _patience.Failed(failure);
        return new SshOutcome.Failed(failure, wait, isToSay);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A changelog is not reached: {Hop}, {Trouble}; it is tried again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string hop, SshTrouble trouble, string reason);
}
