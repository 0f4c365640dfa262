using System.Data;
using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>
/// The store's connections: one writes, one transaction after the other; one reads beside it. What differs between database
/// systems is here and in the migrations; the SQL of the stores runs on each.
/// </summary>
/// <param name="time">Says how old is what was read.</param>
public abstract class Database(TimeProvider time) : IAsyncDisposable
{
    private const int Tries = 3;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Recalled _recalled = new(time);
    private readonly AsyncLocal<JoinedTransaction?> _joined = new();
    private DbConnection? _writer;
    private DbConnection? _reader;
    private DbConnection? _leasing;
    private long _epoch;

    // Of a connection that is lost from then on nobody knows whether the transaction happened.
    private bool _isCommitting;

    /// <summary>
    /// Something may be due earlier than was thought: at that moment, or much later where it is null. Handlers return at once and do not
    /// throw, here as below.
    /// </summary>
    public event Action<DateTimeOffset?>? Rescheduled;

    /// <summary>Rows of the outbox were committed, of these kinds for these targets.</summary>
    public event Action<IReadOnlyCollection<(string Kind, string Target)>>? Filled;

    /// <summary>Whether what is stored goes to a file that is no longer where it was opened, and is gone when this process ends.</summary>
    public virtual bool IsLost => false;

    /// <summary>Opens the database, making or upgrading it as needed.</summary>
    /// <exception cref="StorageException">It cannot be opened, is damaged, or comes from a later version.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => OpenAsync(isShared: false, cancellationToken);

    /// <summary>
    /// Opens a database that another bot may be using: what an earlier version made is left as it is until <see cref="UpgradeAsync"/>.
    /// </summary>
    /// <returns>Whether the schema is this version's.</returns>
    /// <inheritdoc cref="OpenAsync(CancellationToken)"/>
    public Task<bool> OpenSharedAsync(CancellationToken cancellationToken) => OpenAsync(isShared: true, cancellationToken);

    /// <summary>Brings the schema to this version's, for whoever has the lease.</summary>
    /// <exception cref="StorageException">It comes from a later version.</exception>
    /// <exception cref="DbException">The store does not answer; what was not finished is begun again by the next call.</exception>
    public async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _writer = await ConnectedAsync(_writer, cancellationToken);
            await MigrateAsync(_writer, isShared: false, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs in one transaction, durable once this returns; nothing of it happened where it throws.</summary>
    /// <exception cref="DbException">The store does not take it now: full, locked. Try later.</exception>
    /// <exception cref="StorageException">The store is damaged; only a person can repair that.</exception>
    public Task<T> WriteAsync<T>(Func<StoreTransaction, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(write, isHasty: false, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAsync{T}(Func{StoreTransaction, Task{T}}, CancellationToken)"/>, but what it writes outlives the process and not always
    /// a loss of power: a store in a file does not wait for the disk.
    /// </summary>
    public Task<T> WriteHastilyAsync<T>(Func<StoreTransaction, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(write, isHasty: true, cancellationToken);

    /// <summary>
    /// Runs in one transaction whatever the work writes and reads here, as long as it waits for each: all of it happened once this returns, or
    /// nothing. The work is begun again where the transaction was undone for another one's sake.
    /// </summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{StoreTransaction, Task{T}}, CancellationToken)"/>
    public Task<T> TogetherAsync<T>(Func<StoreTransaction, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(
        async transaction =>
        {
            using var joined = new JoinedTransaction(transaction);
            _joined.Value = joined;
            return await work(transaction);
        },
        cancellationToken);

    /// <summary>Whether what is written here now waits for other work to be committed with it, so that nobody can act on it yet.</summary>
    public bool IsTogether => _joined.Value is not null;

    private async Task<T> WriteAsync<T>(Func<StoreTransaction, Task<T>> write, bool isHasty, CancellationToken cancellationToken)
    {
        if (_joined.Value is { } joined)
        {
            return await write(joined.Transaction);
        }

        // A store in a file blocks who writes to it: the thread that they came on goes on with others.
        await Task.Yield();
        await _writing.WaitAsync(cancellationToken);
        try
        {
            for (var left = Tries; ; left--)
            {
                try
                {
                    return await InTransactionAsync(write, isHasty, cancellationToken);
                }
                catch (DbException e) when (left > 1 && (IsConflict(e) || (IsCut(_writer) && !_isCommitting)) && e.InnerException is not TimeoutException)
                {
                    await PauseAsync(cancellationToken);
                }
            }
        }
        catch (DbException e) when (Damage(e) is { } damage)
        {
            throw damage;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{StoreTransaction, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<StoreTransaction, Task> write, CancellationToken cancellationToken) => WriteAsync(
        async transaction =>
        {
            await write(transaction);
            return true;
        },
        cancellationToken);

    /// <summary>Reads what is committed; within <see cref="TogetherAsync"/> also what that has written.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreTransaction, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_joined.Value is { } joined)
        {
            return await read(joined.Transaction);
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            for (var left = Tries; ; left--)
            {
                try
                {
                    _reader = await ConnectedAsync(_reader, cancellationToken);
                    return await read(new StoreTransaction(_reader, null, _epoch));
                }
                catch (DbException e) when (left > 1 && IsCut(_reader) && e.InnerException is not TimeoutException)
                {
                    await PauseAsync(cancellationToken);
                }
            }
        }
        catch (DbException e) when (Damage(e) is { } damage)
        {
            throw damage;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>
    /// From now on a transaction that writes happens only while this epoch of the lease lasts: it fails with
    /// <see cref="LeaseLostException"/> once another one has begun, which waits for those under way.
    /// </summary>
    public void Fence(long epoch) => _epoch = epoch;

    /// <summary>
    /// Runs in a short transaction on a connection of its own, which waits for no other work of this process; nothing is tried again.
    /// Not for two at a time.
    /// </summary>
    /// <param name="work">Gets the time of the database's clock, read in the same transaction.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <exception cref="DbException">The store does not answer.</exception>
    internal async Task<T> LeaseAsync<T>(Func<StoreTransaction, DateTimeOffset, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            _leasing ??= await ConnectAsync(cancellationToken);
            await using var transaction = await _leasing.BeginTransactionAsync(cancellationToken);
            var now = Moment.Read(await OwnStatement.NumberAsync(_leasing, transaction, ClockText, null, cancellationToken)
                ?? throw new InvalidOperationException("The database tells no time."));
            var result = await work(new StoreTransaction(_leasing, transaction), now);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch
        {
            await (_leasing?.DisposeAsync() ?? ValueTask.CompletedTask);
            _leasing = null;
            throw;
        }
    }

    /// <summary>
    /// Reads what is committed, or gives again what was read within the last second where nothing was written since: many people ask the
    /// same while something is wrong. What another process writes meanwhile is a second late.
    /// </summary>
    /// <param name="what">What is read.</param>
    /// <param name="of">Of whom; null for all.</param>
    /// <param name="read">Reads it; depends on these two and on the store alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<T>> RecallAsync<T>(
        string what, string? of, Func<StoreTransaction, string?, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken) =>
        !IsTogether && _recalled.Find((what, of)) is Task<IReadOnlyList<T>> known
            ? known
            : ReadAgainAsync((what, of), read, cancellationToken);

    /// <summary>Leaves no copy of what was erased in the files of the store, as far as its system can.</summary>
    public async Task LeaveNoCopyAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Nobody of this process reads meanwhile, so that nothing is waited for.
            await _reading.WaitAsync(cancellationToken);
            try
            {
                _writer = await ConnectedAsync(_writer, cancellationToken);
                await LeaveNoCopyAsync(_writer);
            }
            finally
            {
                _reading.Release();
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var connection in new[] { _reader, _writer, _leasing }.OfType<DbConnection>())
        {
            await connection.DisposeAsync();
        }

        _reading.Dispose();
        _writing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A statement that gives the milliseconds since 1970 by the database's clock.</summary>
    protected abstract string ClockText { get; }

    /// <summary>A statement that gives a row while <c>@epoch</c> of the lease lasts, and lets no other begin until the transaction ends.</summary>
    protected abstract string FenceText { get; }

    protected abstract Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that writes.</summary>
    /// <param name="connection">The one that writes.</param>
    /// <param name="isHasty">Whether its commit need not wait for the disk; no engine has to know how.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected virtual ValueTask<DbTransaction> BeginAsync(DbConnection connection, bool isHasty, CancellationToken cancellationToken) =>
        connection.BeginTransactionAsync(cancellationToken);

    /// <summary>Brings the schema to this version's, one migration a transaction.</summary>
    /// <param name="connection">For nothing else meanwhile.</param>
    /// <param name="isShared">Whether what an earlier version made is left as it is.</param>
    /// <param name="cancellationToken">Gives up between two of them.</param>
    /// <returns>Whether it is this version's now.</returns>
    protected abstract Task<bool> MigrateAsync(DbConnection connection, bool isShared, CancellationToken cancellationToken);

    /// <summary>Has the transaction fail where another epoch has begun, and lets none begin until it ends.</summary>
    /// <exception cref="LeaseLostException">Another one has.</exception>
    protected async Task KeepToEpochAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (_epoch > 0 && await OwnStatement.NumberAsync(connection, transaction, FenceText, _epoch, cancellationToken) is null)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>Empties what the system keeps beside the rows, such as a log of what was written.</summary>
    protected virtual Task LeaveNoCopyAsync(DbConnection connection) => Task.CompletedTask;

    /// <summary>Undoes a transaction in which something failed, the commit included.</summary>
    protected virtual Task RollBackAsync(DbConnection connection, DbTransaction transaction) => transaction.RollbackAsync(CancellationToken.None);

    /// <summary>The message for an error that means that the store is damaged; null for all others.</summary>
    protected abstract StorageException? Damage(DbException error);

    /// <summary>Where it cannot be opened for now, what to say of it; null where that is said already.</summary>
    protected virtual StorageException? Unopened(DbException error) => null;

    /// <summary>Whether a transaction was undone for another one's sake, so that it goes well when it is tried again.</summary>
    protected virtual bool IsConflict(DbException error) => false;

    /// <summary>Before the next try.</summary>
    protected virtual Task PauseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> OpenAsync(bool isShared, CancellationToken cancellationToken)
    {
        try
        {
            _writer = await ConnectAsync(cancellationToken);
            var isCurrent = await MigrateAsync(_writer, isShared, cancellationToken);
            _reader = await ConnectAsync(cancellationToken);
            return isCurrent;
        }
        catch (DbException e) when (Unopened(e) is { } unopened)
        {
            throw unopened;
        }
    }

    private async Task<IReadOnlyList<T>> ReadAgainAsync<T>(
        (string What, string? Of) key, Func<StoreTransaction, string?, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken)
    {
        var state = _recalled.State;
        var found = await ReadAsync(transaction => read(transaction, key.Of), cancellationToken);
        if (!IsTogether)
        {
            _recalled.Keep(key, Task.FromResult(found), found.Count, state);
        }

        return found;
    }

    private static bool IsCut(DbConnection? connection) => connection is { State: not ConnectionState.Open };

    // A connection to a server may be lost; that to a file never is.
    private async Task<DbConnection> ConnectedAsync(DbConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            throw NotOpen();
        }

        if (!IsCut(connection))
        {
            return connection;
        }

        await connection.DisposeAsync();
        return await ConnectAsync(cancellationToken);
    }

    private async Task<T> InTransactionAsync<T>(Func<StoreTransaction, Task<T>> write, bool isHasty, CancellationToken cancellationToken)
    {
        _isCommitting = false;
        _writer = await ConnectedAsync(_writer, cancellationToken);
        await using var transaction = await BeginAsync(_writer, isHasty, cancellationToken);
        var session = new StoreTransaction(_writer, transaction, _epoch);
        T result;
        try
        {
            await KeepToEpochAsync(_writer, transaction, cancellationToken);
            result = await write(session);
            if (session.IsUndone)
            {
                _recalled.Forget();
                await RollBackAsync(_writer, transaction);
                return result;
            }

            _isCommitting = true;
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            _recalled.Forget();
            await RollBackAsync(_writer, transaction);
            throw;
        }

        _recalled.Forget();
        session.Committed();
        if (session.Filled.Count > 0)
        {
            Filled?.Invoke(session.Filled);
        }

        if (session.IsRescheduled)
        {
            Rescheduled?.Invoke(session.Due);
        }

        return result;
    }

    private static InvalidOperationException NotOpen() => new("The database is not open.");
}
