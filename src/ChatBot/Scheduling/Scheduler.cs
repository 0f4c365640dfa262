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

    // What a commit does not say to be due sooner is looked for together with what else was committed meanwhile.
    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Job> _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger<Scheduler> _logger;
    private readonly Backoff _retry;
    private readonly Signal _changed = new();
    private readonly long _start;
    private readonly TimeSpan[] _dueAt;
    private readonly Lock _changing = new();
    private TimeSpan _changedFor = TimeSpan.MaxValue;
    private long? _succeededAt;

    public Scheduler(Database database, IReadOnlyList<Job> jobs, TimeProvider time, ILogger<Scheduler> logger)
    {
        (_jobs, _time, _logger) = (jobs, time, logger);
        _retry = new Backoff(time, Jitter.Next, RetryAfter, RetryAfter);
        (_start, _dueAt) = (time.GetTimestamp(), new TimeSpan[jobs.Count]);
        database.Rescheduled += Reschedule;
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
        var changedFor = TakeChange();
        var isWell = true;
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_jobs[i].OnChange && changedFor < _dueAt[i])
            {
                _dueAt[i] = changedFor;
            }

            if (_dueAt[i] <= Now)
            {
                isWell &= await RunAsync(i, cancellationToken);
            }
        }

        if (isWell)
        {
            _succeededAt = _time.GetTimestamp();
        }

        var wait = NextAt() - Now;
        return wait < LongestWait ? wait : LongestWait;
    }

    // A commit wakes the loop only where it brings something forward: the thread that commits has something to say.
    private void Reschedule(DateTimeOffset? due)
    {
        var wait = due - _time.GetUtcNow() is { } until && until < LookAfter ? until : LookAfter;
        var at = Now + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        lock (_changing)
        {
            if (at >= _changedFor)
            {
                return;
            }

            _changedFor = at;
        }

        _changed.Set();
    }

    // It counts until the jobs that it is for begin: what is committed from then on they may not see.
    private TimeSpan TakeChange()
    {
        lock (_changing)
        {
            var changedFor = _changedFor;
            _changedFor = changedFor > Now ? changedFor : TimeSpan.MaxValue;
            return changedFor;
        }
    }

    private TimeSpan NextAt()
    {
        var next = _dueAt.Min();
        lock (_changing)
        {
            return _changedFor < next ? _changedFor : next;
        }
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
