using Dapper;

namespace ChatBot.Storage;

/// <summary>
/// The row that says which bot speaks. Its times are readings of the database's clock. Each call is a short transaction of
/// <see cref="Database.LeaseAsync"/>.
/// </summary>
internal static class LeaseStore
{
    /// <summary>In seconds; a keep that takes longer is of no use.</summary>
    public const int Patience = 2;

    private const int MostRemembered = 1000;

    /// <summary>Takes the lease where it has expired or is released, or is this holder's own.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="holder">No other process calls itself so.</param>
    /// <param name="now">By the database's clock.</param>
    /// <param name="time">After which it expires.</param>
    /// <param name="stale">An end of the lease that has not moved for longer than that: the database's clock was put back.</param>
    /// <returns>The epoch that begins; null where another holder has it.</returns>
    public static async Task<long?> TakeAsync(StoreTransaction transaction, string holder, DateTimeOffset now, TimeSpan time, long? stale = null)
    {
        var taken = await transaction.Connection.ExecuteScalarAsync<long?>(
            """
            UPDATE lease SET holder = @Holder, epoch = epoch + 1, expires_at = @Until
            WHERE name = 'speaker' AND (expires_at <= @Now OR expires_at = @Stale OR holder = @Holder) RETURNING epoch
            """,
            new { Holder = holder, Now = Moment.Store(now), Until = Moment.Store(now + time), Stale = stale ?? 0 },
            transaction.Transaction,
            Patience);
        if (taken is { } epoch)
        {
            await transaction.Connection.ExecuteAsync(
                "INSERT INTO lease_history (name, epoch, holder, taken_at) VALUES ('speaker', @Epoch, @Holder, @Now)",
                new { Epoch = epoch, Holder = holder, Now = Moment.Store(now) },
                transaction.Transaction,
                Patience);
            await transaction.Connection.ExecuteAsync(
                "DELETE FROM lease_history WHERE name = 'speaker' AND epoch <= @Oldest",
                new { Oldest = epoch - MostRemembered },
                transaction.Transaction,
                Patience);
        }

        return taken;
    }

    /// <summary>Lets it expire later. Where it has expired and nobody took it, it is still this holder's.</summary>
    /// <returns>
    /// False where another holder has it: of another epoch, or of the same one, where a replica that lacked the last one was promoted.
    /// </returns>
    public static async Task<bool> KeepAsync(StoreTransaction transaction, string holder, long epoch, DateTimeOffset now, TimeSpan time) =>
        await transaction.Connection.ExecuteAsync(
            "UPDATE lease SET expires_at = @Until WHERE name = 'speaker' AND epoch = @Epoch AND holder = @Holder",
            new { Epoch = epoch, Holder = holder, Until = Moment.Store(now + time) },
            transaction.Transaction,
            Patience) > 0;

    /// <summary>Lets another one take it at once.</summary>
    public static Task ReleaseAsync(StoreTransaction transaction, string holder, long epoch) => transaction.Connection.ExecuteAsync(
        "UPDATE lease SET holder = '', expires_at = 0 WHERE name = 'speaker' AND epoch = @Epoch AND holder = @Holder",
        new { Epoch = epoch, Holder = holder },
        transaction.Transaction,
        Patience);

    public static Task<LeaseRow> ReadAsync(StoreTransaction transaction) => transaction.Connection.QueryFirstAsync<LeaseRow>(
        "SELECT holder, epoch, expires_at FROM lease WHERE name = 'speaker'", transaction: transaction.Transaction, commandTimeout: Patience);
}

/// <summary>The row of <c>lease</c>.</summary>
internal sealed class LeaseRow
{
    /// <summary>Empty where it is released, or was never taken.</summary>
    public string Holder { get; init; } = "";

    public long Epoch { get; init; }

    [DbValue(Name = "expires_at")]
    public long ExpiresAt { get; init; }
}
