using System.Data.Common;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>The contract on PostgreSQL, and what only a server does: it goes away, and it undoes one transaction for another one's sake.</summary>
public class PostgresTests(PostgresServer server) : DatabaseContract, IClassFixture<PostgresServer>
{
    private readonly List<Database> _others = [];
    private string? _name;

    protected virtual bool IsByPooler => false;

    protected override async Task<Database> OpenAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _name ??= await server.NewDatabaseAsync();
        var database = new PostgresDatabase(server.Connection(_name, IsByPooler), RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_connection_that_is_cut_between_two_transactions_is_made_anew_and_nobody_hears_of_it()
    {
        var database = await OtherAsync();
        for (var i = 0; i < 3; i++)
        {
            await SetAsync(database, "k", $"{i}");
            await server.CutAsync(_name!);
            Assert.Equal($"{i}", await GetAsync(database, "k"));
        }
    }

    [Fact]
    public async Task A_transaction_whose_connection_is_cut_is_done_again_once()
    {
        var database = await OtherAsync();
        var times = 0;
        await database.WriteAsync(
            async transaction =>
            {
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#g", Audience.Public, "un", DateTimeOffset.UnixEpoch);
                if (times++ == 0)
                {
                    await server.CutAsync(_name!);
                }

                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, "#g", Audience.Public, "deux", DateTimeOffset.UnixEpoch);
            },
            CancellationToken.None);
        Assert.Equal(2, times);
        var rows = await database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, "#g", 10), CancellationToken.None);
        Assert.Equal(["un", "deux"], rows.Select(row => row.Payload));
    }

    [Fact]
    public async Task Two_that_wait_for_each_other_both_end_well()
    {
        var (one, other) = (await OtherAsync(), await OtherAsync());
        await SetAsync(one, "a", "0");
        await SetAsync(one, "b", "0");
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        await Task.WhenAll(BothAsync(one, "a", "b", first, second.Task), BothAsync(other, "b", "a", second, first.Task)).WaitAsync(Eventually.Patience, RealClock.Instance);
        Assert.Equal(await GetAsync(one, "a"), await GetAsync(one, "b"));

        static Task BothAsync(Database database, string early, string late, TaskCompletionSource has, Task others) => database.WriteAsync(
            async transaction =>
            {
                await SettingStore.SetAsync(transaction, early, early);
                has.TrySetResult();
                await others;
                await SettingStore.SetAsync(transaction, late, early);
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_stored_and_once_it_is_back_all_goes_on()
    {
        var database = await OtherAsync();
        await SetAsync(database, "k", "before");
        await server.StopAsync();
        try
        {
            await Assert.ThrowsAnyAsync<DbException>(() => SetAsync(database, "k", "meanwhile"));
            await Assert.ThrowsAnyAsync<DbException>(() => GetAsync(database, "k"));
        }
        finally
        {
            await server.StartAsync();
        }

        await Eventually.UntilAsync("the server is back", async () =>
        {
            try
            {
                return await GetAsync(database, "k") == "before";
            }
            catch (DbException)
            {
                return false;
            }
        });
        await SetAsync(database, "k", "after");
        Assert.Equal("after", await GetAsync(database, "k"));
    }

    [Fact]
    public async Task A_takeover_waits_for_the_transaction_that_relies_on_the_lease_and_a_keep_does_not()
    {
        var (leader, other) = (await OtherAsync(), await OtherAsync());
        var epoch = Assert.NotNull(await TakeAsync(leader, "a", TimeSpan.Zero));
        leader.Fence(epoch);
        Task<long?>? taking = null;
        await leader.WriteAsync(
            async transaction =>
            {
                await SettingStore.SetAsync(transaction, "k", "said");
                Assert.True(await leader.LeaseAsync((lease, now) => LeaseStore.KeepAsync(lease, "a", epoch, now, TimeSpan.Zero), CancellationToken.None));
                taking = TakeAsync(other, "b", TimeSpan.FromHours(1));
                await Eventually.UntilAsync("it waits, or does not", async () => taking.IsCompleted || await server.RunAsync(
                    $"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{_name}' AND wait_event_type = 'Lock'") == 1);
                Assert.False(taking.IsCompleted);
            },
            CancellationToken.None);
        Assert.Equal(epoch + 1, await taking!);
        Assert.Equal("said", await GetAsync(other, "k"));
        await Assert.ThrowsAsync<LeaseLostException>(() => SetAsync(leader, "k", "said again"));
    }

    [Fact]
    public async Task A_transaction_that_stands_still_lets_go_of_the_lease_and_is_undone()
    {
        var (leader, other) = (await OtherAsync(), await OtherAsync());
        leader.Fence(Assert.NotNull(await TakeAsync(leader, "a", TimeSpan.Zero)));
        await Assert.ThrowsAnyAsync<Exception>(() => leader.WriteAsync(
            async transaction =>
            {
                await SettingStore.SetAsync(transaction, "k", "frozen");
                await Eventually.UntilAsync("another takes it", async () =>
                {
                    try
                    {
                        return await TakeAsync(other, "b", TimeSpan.FromHours(1)) is not null;
                    }
                    catch (DbException)
                    {
                        return false;
                    }
                });
                await SettingStore.SetAsync(transaction, "k", "thawed");
            },
            CancellationToken.None));
        Assert.Null(await GetAsync(other, "k"));
    }

    [Fact]
    public async Task A_server_that_the_network_has_cut_off_is_given_up_and_found_again()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var cable = new TcpRelay(IsByPooler ? server.BouncerPort : server.Port);
        await using var database = new PostgresDatabase(
            server.Connection(_name!, port: cable.Port) + ";Timeout=2;Command Timeout=1;Cancellation Timeout=100", RealClock.Instance);
        await database.OpenAsync(CancellationToken.None);
        await SetAsync(database, "k", "before");
        cable.IsCut = true;
        await Assert.ThrowsAnyAsync<DbException>(() => GetAsync(database, "k").WaitAsync(Eventually.Patience, RealClock.Instance));
        await Assert.ThrowsAnyAsync<DbException>(() => SetAsync(database, "k", "meanwhile").WaitAsync(Eventually.Patience, RealClock.Instance));
        cable.IsCut = false;
        Assert.Equal("before", await GetAsync(database, "k").WaitAsync(Eventually.Patience, RealClock.Instance));
        await SetAsync(database, "k", "after");
    }

    [Fact]
    public async Task What_is_asked_again_and_again_is_prepared_but_not_by_a_pooler_which_gives_each_transaction_another_process()
    {
        var database = await OtherAsync();
        for (var i = 0; i < 10; i++)
        {
            await GetAsync(database, "k");
        }

        var prepared = await database.ReadAsync(transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM pg_prepared_statements"), CancellationToken.None);
        Assert.Equal(IsByPooler ? 0 : 1, prepared);
    }

    [Fact]
    public async Task Programs_that_begin_together_on_an_empty_database_all_begin()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        for (var round = 0; round < 10; round++)
        {
            _name = await server.NewDatabaseAsync();
            var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenAsync)));
            _others.AddRange(begun);
            Assert.Equal(1, await server.RunAsync("SELECT COUNT(*) FROM schema_version", _name));
            await SetAsync(begun[^1], "k", "v");
        }
    }

    [Fact]
    public async Task What_an_earlier_version_made_is_upgraded_by_whoever_has_the_lease_and_refused_by_those_of_the_earlier_one_from_then_on()
    {
        var older = await OtherAsync();
        await using var newer = new PostgresDatabase(server.Connection(_name!, IsByPooler), RealClock.Instance)
        {
            Migrations = [.. Migration.Of("postgresql"), new(900, "CREATE TABLE later (name TEXT NOT NULL)"), new(901, "DROP TABLE later")],
        };
        Assert.False(await newer.OpenSharedAsync(CancellationToken.None));
        older.Fence(Assert.NotNull(await TakeAsync(older, "a", TimeSpan.Zero)));
        await SetAsync(older, "k", "v");
        await older.UpgradeAsync(CancellationToken.None);

        newer.Fence(Assert.NotNull(await TakeAsync(newer, "b", TimeSpan.Zero)));
        Assert.NotEqual(901, await VersionAsync());
        await newer.UpgradeAsync(CancellationToken.None);
        Assert.Equal(901, await VersionAsync());
        await SetAsync(newer, "k", "w");
        Assert.Contains("later version", (await Assert.ThrowsAsync<StorageException>(() => older.UpgradeAsync(CancellationToken.None))).Message, StringComparison.Ordinal);

        Task<long> VersionAsync() => server.RunAsync("SELECT version FROM schema_version", _name!);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_upgrades_nothing()
    {
        await OtherAsync();
        await using var newer = new PostgresDatabase(server.Connection(_name!, IsByPooler), RealClock.Instance)
        {
            Migrations = [.. Migration.Of("postgresql"), new(900, "CREATE TABLE later (name TEXT NOT NULL)")],
        };
        await newer.OpenSharedAsync(CancellationToken.None);
        newer.Fence(Assert.NotNull(await TakeAsync(newer, "a", TimeSpan.Zero)));
        Assert.NotNull(await TakeAsync(newer, "b", TimeSpan.FromHours(1)));
        await Assert.ThrowsAsync<LeaseLostException>(() => newer.UpgradeAsync(CancellationToken.None));
        Assert.NotEqual(900, await server.RunAsync("SELECT version FROM schema_version", _name!));
    }

    [Fact]
    public async Task A_later_schema_is_refused_and_left_alone()
    {
        await OtherAsync();
        await server.RunAsync("UPDATE schema_version SET version = 999", _name!);
        var refusal = await Assert.ThrowsAsync<StorageException>(OtherAsync);
        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(999, await server.RunAsync("SELECT version FROM schema_version", _name!));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_a_password()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var database = new PostgresDatabase($"Host=127.0.0.1;Port={FreePort.Ask()};Username=u;Password=geheim;Database=d", RealClock.Instance);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => database.OpenAsync(CancellationToken.None));
        Assert.Contains("127.0.0.1/d", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task<Database> OtherAsync()
    {
        var database = await OpenAsync();
        _others.Add(database);
        return database;
    }

    private static Task<long?> TakeAsync(Database database, string holder, TimeSpan time) =>
        database.LeaseAsync((transaction, now) => LeaseStore.TakeAsync(transaction, holder, now, time), CancellationToken.None);

    private static Task SetAsync(Database database, string name, string value) =>
        database.WriteAsync(transaction => SettingStore.SetAsync(transaction, name, value), CancellationToken.None);

    private static Task<string?> GetAsync(Database database, string name) =>
        database.ReadAsync(transaction => SettingStore.GetAsync(transaction, name), CancellationToken.None);
}

/// <summary>The same through a pooler of transactions.</summary>
public sealed class PostgresByPoolerTests(PostgresServer server) : PostgresTests(server)
{
    protected override bool IsByPooler => true;
}
