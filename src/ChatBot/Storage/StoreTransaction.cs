using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>
/// A connection and its transaction. What only memory keeps (counters, wake-ups) changes after the commit: a transaction that is
/// rolled back leaves no trace.
/// </summary>
public sealed class StoreTransaction(DbConnection connection, DbTransaction? transaction, long epoch = 0)
{
    private readonly List<Action> _afterCommit = [];
    private readonly Dictionary<string, object> _known = new(StringComparer.Ordinal);
    private readonly HashSet<(string Kind, string Target)> _filled = [];
    private readonly Dictionary<long, DateTimeOffset?> _incidents = [];
    private DateTimeOffset? _due;

    public DbConnection Connection { get; } = connection;

    /// <summary>Null where one only reads.</summary>
    public DbTransaction? Transaction { get; } = transaction;

    /// <summary>The epoch of the lease in which this counts; 0 where there is none to keep to.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>Does this once the transaction is committed, in the order of the calls; never where it is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Wakes those who do what is due, once this is committed.</summary>
    public void RescheduleAfterCommit() => RescheduleAfterCommit(DateTimeOffset.MinValue);

    /// <summary>Lets those who do what is due know, once this is committed, that something of it is at that moment; null where it may be much later.</summary>
    public void RescheduleAfterCommit(DateTimeOffset? due) => (IsRescheduled, _due) = (true, Earlier(_due, due));

    /// <summary>The same of an incident, for which what was said of it before in this transaction counts no more.</summary>
    public void RescheduleAfterCommit(long incident, DateTimeOffset? due) => (IsRescheduled, _incidents[incident]) = (true, due);

    /// <summary>Wakes those who deliver this to that target, once it is committed.</summary>
    public void DeliverAfterCommit(string kind, string target) => _filled.Add((kind, target));

    /// <summary>Takes back all of it when the work ends: it leaves no trace but its result.</summary>
    public void Undo() => IsUndone = true;

    internal bool IsUndone { get; private set; }

    internal bool IsRescheduled { get; private set; }

    /// <summary>When something of it is due first; null where that may be much later.</summary>
    internal DateTimeOffset? Due => _incidents.Values.Aggregate(_due, Earlier);

    internal IReadOnlyCollection<(string Kind, string Target)> Filled => _filled;

    /// <summary>Reads something the first time, and gives it again until <see cref="Changes"/>: a batch asks the same of each of its mails.</summary>
    /// <param name="what">What is read; everybody who changes it says so.</param>
    /// <param name="read">Reads it.</param>
    public async Task<IReadOnlyList<T>> OnceAsync<T>(string what, Func<StoreTransaction, Task<IReadOnlyList<T>>> read)
    {
        if (_known.TryGetValue(what, out var known))
        {
            return (IReadOnlyList<T>)known;
        }

        var found = await read(this);
        _known[what] = found;
        return found;
    }

    /// <summary>What was read by <see cref="OnceAsync"/> is no more so.</summary>
    public void Changes(string what) => _known.Remove(what);

    internal void Committed()
    {
        foreach (var action in _afterCommit)
        {
            action();
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
