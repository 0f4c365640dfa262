using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>When a process that has the lease may speak, by its own clock; what the database says is in <see cref="DatabaseContract"/>.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly JumpingClock _time = new(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero));
    private readonly CapturedLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private SqliteDatabase _database = null!;
    private SqliteDatabase _others = null!;

    private static CancellationToken Never => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        (_database, _others) = (new SqliteDatabase(_folder["chatbot.db"], RealClock.Instance), new SqliteDatabase(_folder["chatbot.db"], RealClock.Instance));
        await _database.OpenAsync(Never);
        await _others.OpenAsync(Never);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _database.DisposeAsync();
        await _others.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Six_seconds_after_the_last_keep_it_is_silent_until_the_next()
    {
        var lease = NewLease();
        Assert.False(lease.IsHeld);
        Assert.True(await lease.TryTakeAsync(Never));
        Assert.True(lease.HeldAsync(Never).AsTask().IsCompletedSuccessfully);
        _time.Advance(Second * 5.9);
        Assert.True(lease.IsHeld);
        _time.Advance(Second * 0.1);
        Assert.False(lease.IsHeld);
        var held = lease.HeldAsync(Never).AsTask();
        Assert.False(held.IsCompleted);
        Assert.Equal(6, lease.Age!.Value.TotalSeconds);

        var keeping = lease.KeepAsync(_stop.Token);
        await held.WaitAsync(Eventually.Patience, RealClock.Instance);
        Assert.True(lease.IsHeld);
        Assert.False(keeping.IsCompleted);
    }

    [Fact]
    public async Task It_is_kept_every_two_seconds()
    {
        var lease = NewLease();
        await lease.TryTakeAsync(Never);
        _ = lease.KeepAsync(_stop.Token);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Second * 2);
            await Eventually.Is(() => lease.Age == TimeSpan.Zero);
        }

        Assert.True(lease.IsHeld);
    }

    [Theory, InlineData(7), InlineData(-3600)]
    public async Task A_wall_clock_that_has_moved_may_be_a_machine_that_slept(int seconds)
    {
        var lease = NewLease();
        await lease.TryTakeAsync(Never);
        _time.Jump(Second * seconds);
        Assert.False(lease.IsHeld);
        _ = lease.KeepAsync(_stop.Token);
        _time.Advance(Second * 2);
        await lease.HeldAsync(Never).AsTask().WaitAsync(Eventually.Patience, RealClock.Instance);
    }

    [Fact]
    public async Task What_another_has_taken_is_lost_for_good_and_nothing_is_written_after_it()
    {
        var (lease, other) = (NewLease(), NewLease("other:/data", of: _others));
        await lease.TryTakeAsync(Never);
        Assert.False(await other.TryTakeAsync(Never));
        Assert.StartsWith("here:/data, process ", other.Other, StringComparison.Ordinal);
        await SetAsync("UPDATE lease SET expires_at = 1");
        Assert.True(await other.TryTakeAsync(Never));
        Assert.Equal((lease.Epoch + 1, true), (other.Epoch, other.IsTakenOver));

        var (held, over) = (lease.HeldAsync(_stop.Token).AsTask(), lease.OverAsync(_stop.Token));
        Assert.True(held.IsCompleted);
        var keeping = lease.KeepAsync(_stop.Token);
        _time.Advance(Second * 2);
        await Assert.ThrowsAsync<LeaseLostException>(() => keeping.WaitAsync(Eventually.Patience, RealClock.Instance));
        await over.WaitAsync(Eventually.Patience, RealClock.Instance);
        Assert.False(lease.IsHeld);
        Assert.False(lease.HeldAsync(_stop.Token).AsTask().IsCompleted);
        await Assert.ThrowsAsync<LeaseLostException>(() => _database.WriteAsync(
            transaction => SettingStore.SetAsync(transaction, "k", "v"), Never));
        await lease.ReleaseAsync();
        var row = await _others.LeaseAsync((transaction, _) => LeaseStore.ReadAsync(transaction), Never);
        Assert.Equal((other.Epoch, true), (row.Epoch, row.Holder.StartsWith("other:/data, ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_another_waits_it_is_over_after_eight_seconds_and_else_only_once_it_is_lost()
    {
        var (lease, alone) = (NewLease(), NewLease(hasStandby: false));
        await lease.TryTakeAsync(Never);
        await SetAsync("UPDATE lease SET expires_at = 1");
        await alone.TryTakeAsync(Never);
        var (over, overAlone) = (lease.OverAsync(_stop.Token), alone.OverAsync(_stop.Token));
        _time.Advance(Second * 7.9);
        Assert.False(over.IsCompleted);
        _time.Advance(Second * 0.2);
        await over.WaitAsync(Eventually.Patience, RealClock.Instance);
        _time.Advance(Second * 100);
        Assert.False(overAlone.IsCompleted);
    }

    [Fact]
    public async Task One_that_is_released_is_taken_at_once_and_one_of_the_same_place_is_no_takeover()
    {
        var (lease, again) = (NewLease(), NewLease(of: _others));
        await lease.TryTakeAsync(Never);
        var waiting = again.TakeAsync(null, Never);
        await Eventually.Is(() => again.Other is not null);
        await lease.ReleaseAsync();
        Assert.False(lease.IsHeld);
        await Eventually.Is(_time, Second * 0.3, () => waiting.IsCompleted);
        Assert.Equal((2, false), (again.Epoch, again.IsTakenOver));
    }

    [Fact]
    public async Task Who_is_not_to_wait_says_who_has_it()
    {
        await NewLease().TryTakeAsync(Never);
        var waiting = NewLease("other:/data", hasStandby: false, of: _others).TakeAsync(Second * 10, Never);
        for (var i = 0; i < 100 && !waiting.IsCompleted; i++)
        {
            await SetAsync("UPDATE lease SET expires_at = expires_at + 1");
            _time.Advance(Second * 0.3);
            await Task.Yield();
        }

        await Eventually.Is(_time, Second, () => waiting.IsCompleted);
        Assert.Contains("here:/data, process ", (await Assert.ThrowsAsync<StorageException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_moves_no_more_is_past_whatever_the_clock_of_the_database_says()
    {
        var (lease, other) = (NewLease(), NewLease("other:/data", of: _others));
        await lease.TryTakeAsync(Never);
        await SetAsync("UPDATE lease SET expires_at = expires_at + 86400000");
        Assert.False(await other.TryTakeAsync(Never));
        _time.Advance(Second * 10);
        Assert.False(await other.TryTakeAsync(Never));
        _time.Advance(Second * 0.1);
        Assert.True(await other.TryTakeAsync(Never));
    }

    private Lease NewLease(string place = "here:/data", bool hasStandby = true, Database? of = null) =>
        new(of ?? _database, place, hasStandby, _time, _log);

    private Task<long> SetAsync(string sql) => _others.LeaseAsync(
        (transaction, _) => Sql.RunAsync(transaction.Connection, sql, transaction.Transaction), Never);
}
