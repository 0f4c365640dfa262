using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using ChatBot.Async;

namespace ChatBot.Storage;

/// <summary>
/// This process's part in the lease of a database that several bots may use: waits for it, keeps it, and knows at each moment whether it may
/// speak. It expires <see cref="Time"/> after the last keep by the database's clock; this process stops speaking <see cref="Deadline"/> after it
/// by its own, whether or not the database answers.
/// </summary>
public sealed partial class Lease
{
    /// <summary>After which another bot may take it.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    /// <summary>After which this one is silent.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    // A transaction of the lease, and connecting to it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Database _database;
    private readonly string _place;
    private readonly string _holder;
    private readonly bool _hasStandby;
    private readonly TimeProvider _time;
    private readonly ILogger<Lease> _logger;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Term? _term;
    private (long End, long At) _seen;
    private volatile bool _isAway;

    /// <param name="database">Open before anything else is called.</param>
    /// <param name="place">Machine and data folder, which this process has to itself.</param>
    /// <param name="hasStandby">Whether another bot waits for it, so that this one leaves IRC once the lease may be another's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For the operator.</param>
    public Lease(Database database, string place, bool hasStandby, TimeProvider time, ILogger<Lease> logger)
    {
        (_database, _place, _hasStandby, _time, _logger) = (database, place, hasStandby, time, logger);
        _holder = string.Create(
            CultureInfo.InvariantCulture, $"{place}, process {Environment.ProcessId} {RandomNumberGenerator.GetHexString(8, lowercase: true)}");
    }

    /// <summary>The epoch that this process has begun; 0 before.</summary>
    public long Epoch => _term?.Epoch ?? 0;

    /// <summary>How long ago it was kept; null before it is taken.</summary>
    public TimeSpan? Age => _term is { } term ? _time.GetElapsedTime(term.At) : null;

    /// <summary>
    /// Whether this process may speak now. A wall clock that has moved by more than the deadline may be a machine that slept, whose
    /// monotonic clock stood still: then the next keep tells.
    /// </summary>
    public bool IsHeld => _term is { } term && !_lost.Task.IsCompleted && _time.GetElapsedTime(term.At) < Deadline
        && (_time.GetUtcNow() - term.Wall).Duration() < Deadline;

    /// <summary>Whether the database answered when it was last asked for the lease.</summary>
    public bool IsAnswered => !_isAway;

    /// <summary>Who had it when this process last looked and did not get it; null where nobody had.</summary>
    public string? Other { get; private set; }

    /// <summary>Whether it was taken after a bot of another machine or data folder, which had it while this one waited.</summary>
    public bool IsTakenOver => _term is not null && Other is { } other && !other.StartsWith(_place + ", ", StringComparison.Ordinal);

    /// <summary>Takes it where it is free.</summary>
    /// <returns>False where another one has it, or the database does not answer.</returns>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        var (at, wall) = (_time.GetTimestamp(), _time.GetUtcNow());
        var taken = await TryAsync<long?>(TakeAsync, cancellationToken);
        if (taken is not { } epoch)
        {
            return false;
        }

        Keep(new Term(epoch, at, wall));
        _database.Fence(epoch);
        LogTaken(_logger, epoch);
        return true;
    }

    /// <summary>Waits until it is free, and takes it.</summary>
    /// <param name="atMost">How long; null for ever.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException">Another bot still has it after that time.</exception>
    public async Task TakeAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (!await TryTakeAsync(cancellationToken))
        {
            if (_time.GetElapsedTime(start) >= atMost)
            {
                throw new StorageException(Other is { } other
                    ? $"another bot speaks from this database ({other}); stop it first, or write standby = \"warm\" in [storage] of both"
                    : "the database does not answer");
            }

            await Task.Delay(_isAway ? RetryAfter : LookEvery, _time, cancellationToken);
        }
    }

    /// <summary>Keeps it until cancelled.</summary>
    /// <exception cref="LeaseLostException">Another bot has taken it.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = KeepEvery - Age!.Value;
            await Task.Delay(_isAway ? RetryAfter : wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, cancellationToken);
            var (at, wall) = (_time.GetTimestamp(), _time.GetUtcNow());
            var isKept = await TryAsync<bool?>(
                async (transaction, now) => await LeaseStore.KeepAsync(transaction, _holder, Epoch, now, Time), cancellationToken);
            if (isKept is true)
            {
                Keep(new Term(Epoch, at, wall));
            }
            else if (isKept is false)
            {
                _lost.TrySetResult();
                throw new LeaseLostException();
            }
        }
    }

    /// <summary>Lets another bot take it at once, as far as the database answers.</summary>
    public async Task ReleaseAsync()
    {
        if (_term is { } term && !_lost.Task.IsCompleted)
        {
            _lost.TrySetResult();
            await TryAsync<bool?>(
                async (transaction, _) =>
                {
                    await LeaseStore.ReleaseAsync(transaction, _holder, term.Epoch);
                    return true;
                },
                CancellationToken.None);
        }
    }

    /// <summary>Completes when this process may speak; not once the lease is lost.</summary>
    public async ValueTask HeldAsync(CancellationToken cancellationToken)
    {
        while (!IsHeld)
        {
            var kept = Volatile.Read(ref _kept).Task;
            if (!IsHeld)
            {
                await kept.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Completes when another bot speaks or, where one waits, may do so.</summary>
    public async Task OverAsync(CancellationToken cancellationToken)
    {
        while (!_lost.Task.IsCompleted)
        {
            var wait = _hasStandby ? Time - (Age ?? TimeSpan.Zero) : Timeout.InfiniteTimeSpan;
            if (_hasStandby && wait <= TimeSpan.Zero)
            {
                return;
            }

            await Task.WhenAny(_lost.Task, Task.Delay(wait, _time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<long?> TakeAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var row = await LeaseStore.ReadAsync(transaction);
        if (row.Holder.Length > 0 && row.Holder != _holder)
        {
            Other = row.Holder;
        }

        if (row.ExpiresAt != _seen.End)
        {
            _seen = (row.ExpiresAt, _time.GetTimestamp());
        }

        var isStale = _time.GetElapsedTime(_seen.At) > Time + KeepEvery;
        return row.ExpiresAt <= Moment.Store(now) || isStale || row.Holder == _holder
            ? await LeaseStore.TakeAsync(transaction, _holder, now, Time, isStale ? row.ExpiresAt : null)
            : null;
    }

    private void Keep(Term term)
    {
        _term = term;
        Interlocked.Exchange(ref _kept, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private async Task<T?> TryAsync<T>(Func<StoreTransaction, DateTimeOffset, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Patience, _time, cancellationToken);
        try
        {
            var result = await _database.LeaseAsync(work, limit.Token);
            _isAway = false;
            return result;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            if (!_isAway)
            {
                LogAway(_logger, e.Message);
            }

            _isAway = true;
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This bot has the lease of the database, and speaks (epoch {Epoch})")]
    private static partial void LogTaken(ILogger logger, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the database cannot be read or kept, and is tried again: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    private sealed record Term(long Epoch, long At, DateTimeOffset Wall);
}
