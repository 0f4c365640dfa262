using System.Data.Common;
using ChatBot.Async;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>Something that the bot does by itself.</summary>
/// <param name="Name">For the log.</param>
/// <param name="RunAsync">
/// Does what is due at that moment, UTC, and returns how long it has nothing to do; on the monotonic clock, so that a wall clock
/// that is put back does not stop it.
/// </param>
/// <param name="OnChange">Whether rows that are committed may make it due earlier.</param>
public sealed record Job(string Name, Func<DateTimeOffset, CancellationToken, Task<TimeSpan>> RunAsync, bool OnChange = false);

/// <summary>
/// Runs each job when it is due, one after the other. A job that finds the store busy or full is tried again soon, and the others
/// go on; any other exception ends the bot.
/// </summary>
public sealed partial class Scheduler
{
    // A store that does not answer for a minute is seen by those who monitor the bot.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // It does not grow: an alert is said soon after the store is back.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Job> _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger<Scheduler> _logger;
    private readonly Backoff _retry;
    private readonly Signal _changed = new();
    private readonly long _start;
    private readonly TimeSpan[] _dueAt;
    private volatile bool _isChanged;
    private long? _succeededAt;

    public Scheduler(Database database, IReadOnlyList<Job> jobs, TimeProvider time, ILogger<Scheduler> logger)
    {
        (_jobs, _time, _logger) = (jobs, time, logger);
        _retry = new Backoff(time, Jitter.Next, RetryAfter, RetryAfter);
        (_start, _dueAt) = (time.GetTimestamp(), new TimeSpan[jobs.Count]);
        database.Rescheduled += () =>
        {
            _isChanged = true;
            _changed.Set();
        };
    }

    /// <summary>Whether every job that was due within the last minute was done: the loop turns, and the store answers.</summary>
    public bool IsAlive => _succeededAt is { } at && _time.GetElapsedTime(at) < LongestWait * 6;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await _changed.WaitAsync(await TurnAsync(cancellationToken), _time, cancellationToken);
        }
    }

    /// <summary>Runs what is due now.</summary>
    /// <returns>How long nothing is due.</returns>
    internal async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        var isChanged = _isChanged;
        _isChanged = false;
        var isWell = true;
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_dueAt[i] <= Now || (isChanged && _jobs[i].OnChange))
            {
                isWell &= await RunAsync(i, cancellationToken);
            }
        }

        if (isWell)
        {
            _succeededAt = _time.GetTimestamp();
        }

        var wait = _dueAt.Min() - Now;
        return wait < LongestWait ? wait : LongestWait;
    }

    private async Task<bool> RunAsync(int index, CancellationToken cancellationToken)
    {
        var job = _jobs[index];
        try
        {
            _dueAt[index] = Now + await job.RunAsync(_time.GetUtcNow(), cancellationToken);
            return true;
        }
        catch (DbException e)
        {
            LogNotStored(_logger, job.Name, e.Message);
            _dueAt[index] = Now + _retry.Next();
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot store what is due ({Job}), retrying in some seconds: {Reason}")]
    private static partial void LogNotStored(ILogger logger, string job, string reason);
}
