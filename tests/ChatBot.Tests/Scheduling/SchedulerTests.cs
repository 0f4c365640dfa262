using ChatBot.Scheduling;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Scheduling;

public sealed class SchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Engine _engine = null!;
    private Scheduler _scheduler = null!;
    private int _runs;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _scheduler = new Scheduler(
            _engine.Database,
            [
                new Job(
                    "counted",
                    (_, _) =>
                    {
                        _runs++;
                        return Task.FromResult(TimeSpan.FromHours(1));
                    },
                    OnChange: true),
            ],
            _engine.Time,
            NullLogger<Scheduler>.Instance);
        await TurnAsync();
        _runs = 0;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_a_commit_makes_due_now_is_done_now()
    {
        await CommitAsync(transaction => transaction.RescheduleAfterCommit());
        await TurnAsync();
        Assert.Equal(1, _runs);
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(_engine.Time.GetUtcNow()));
        await TurnAsync();
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task What_a_commit_makes_due_within_the_second_is_done_then()
    {
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(_engine.Time.GetUtcNow() + (Second / 4)));
        Assert.Equal(Second / 4, await TurnAsync());
        Assert.Equal(0, _runs);
        _engine.Time.Advance(Second / 4);
        await TurnAsync();
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Whatever_a_commit_changes_is_looked_at_a_second_later_together_with_what_came_meanwhile()
    {
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(null));
        Assert.Equal(Second, await TurnAsync());
        _engine.Time.Advance(Second / 2);
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(_engine.Time.GetUtcNow() + Second));
        Assert.Equal(Second / 2, await TurnAsync());
        Assert.Equal(0, _runs);
        _engine.Time.Advance(Second / 2);
        await TurnAsync();
        Assert.Equal(1, _runs);

        await CommitAsync(transaction => transaction.RescheduleAfterCommit(null));
        Assert.Equal(Second, await TurnAsync());
    }

    [Fact]
    public async Task A_change_that_waits_is_not_forgotten_where_the_job_runs_before()
    {
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(null));
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(_engine.Time.GetUtcNow()));
        await TurnAsync();
        Assert.Equal(1, _runs);
        _engine.Time.Advance(Second / 2);
        await CommitAsync(transaction => transaction.RescheduleAfterCommit(_engine.Time.GetUtcNow() + (Second / 4)));
        Assert.Equal(Second / 4, await TurnAsync());
    }

    [Fact]
    public async Task Of_an_incident_that_is_saved_twice_the_last_counts()
    {
        await CommitAsync(transaction =>
        {
            transaction.RescheduleAfterCommit(1, _engine.Time.GetUtcNow());
            transaction.RescheduleAfterCommit(1, null);
        });
        Assert.Equal(Second, await TurnAsync());
        Assert.Equal(0, _runs);
        await CommitAsync(transaction =>
        {
            transaction.RescheduleAfterCommit(1, null);
            transaction.RescheduleAfterCommit(2, _engine.Time.GetUtcNow());
        });
        await TurnAsync();
        Assert.Equal(1, _runs);
    }

    private Task<TimeSpan> TurnAsync() => _scheduler.TurnAsync(CancellationToken.None);

    private Task CommitAsync(Action<StoreTransaction> write) => _engine.Database.WriteAsync(
        transaction =>
        {
            write(transaction);
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
