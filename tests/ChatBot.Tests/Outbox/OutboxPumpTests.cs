using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Outbox;

public sealed class OutboxPumpTests : IAsyncLifetime
{
    private const string Target = "t";

    private readonly FakeDelivery _delivery = new("fake");
    private readonly CapturedLog _log = new();
    private readonly BotMetrics _metrics = new(DateTimeOffset.UnixEpoch);
    private Engine _engine = null!;
    private OutboxPump _pump = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _pump = NewPump();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _metrics.Dispose();
    }

    [Fact]
    public async Task What_is_delivered_is_done_in_its_order()
    {
        await AddAsync("1", "2", "3", "4");
        Assert.Null(await CarryAsync());
        Assert.Equal(["1", "2", "3", "4"], Tried());
        await CarryAsync();
        Assert.Empty(Tried());
    }

    [Fact]
    public async Task A_failing_target_is_tried_ever_later_and_at_once_when_calm_is_back()
    {
        await AddAsync("1");
        _delivery.Answer = _ => new DeliveryResult.TryLater();
        for (var wait = 5.0; wait < 1000; wait *= 2)
        {
            var longest = Math.Min(wait, 300);
            Assert.InRange((await CarryAsync())!.Value.TotalSeconds, longest * 0.8, longest);
        }

        _delivery.Answer = _ => new DeliveryResult.Sent();
        Assert.Null(await CarryAsync());
        await AddAsync("2");
        _delivery.Answer = _ => new DeliveryResult.TryLater();
        Assert.InRange((await CarryAsync())!.Value.TotalSeconds, 4, 5);
    }

    [Fact]
    public async Task What_the_delivery_says_of_the_next_try_holds_and_its_reason_is_kept()
    {
        await AddAsync("1");
        _delivery.Answer = _ => new DeliveryResult.TryLater(TimeSpan.FromSeconds(42), "full");
        Assert.Equal(TimeSpan.FromSeconds(42), await CarryAsync());
        Assert.Equal("full", Assert.Single(await WaitingAsync()).Result);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task A_poisoned_row_is_set_aside_after_three_tries_by_its_number_and_holds_up_nobody(Locale locale)
    {
        _engine.Speak(locale);
        await AddAsync("poison", "2", "3", "4", "5");
        _delivery.Answer = payload => payload == "poison" ? new DeliveryResult.Refused("550 no such words") : new DeliveryResult.Sent();
        Assert.Equal(TimeSpan.FromMinutes(1), await CarryAsync());
        Assert.Equal(["poison", "2", "3", "4", "5"], Tried());
        await CarryAsync();
        Assert.Empty(Tried());
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(10), await CarryAsync());

        // What is refused is kept over a kill.
        await _engine.KillAsync();
        _pump = NewPump();
        await CarryAsync();
        Assert.Equal(["poison"], Tried());
        _engine.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await CarryAsync());
        Assert.Empty(await WaitingAsync());
        Assert.Equal(
            [
                _engine.In(
                    "l'envoi 1 pour t a été refusé trois fois (550) : il est mis de côté",
                    "delivery 1 to t was refused three times (550): it is set aside"),
            ],
            await _engine.RootAsync());
        Assert.Contains("\nchatbot_lines_set_aside_total 1\n", _metrics.Text.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_leaves_no_row_waiting_for_it()
    {
        await AddAsync("poison");
        _delivery.Answer = _ => new DeliveryResult.Refused("550");
        await CarryAsync();
        Tried();
        _engine.Jump(TimeSpan.FromDays(-1));
        await CarryAsync();
        Assert.Equal(["poison"], Tried());
    }

    [Fact]
    public async Task What_became_of_a_row_and_what_is_said_of_it_are_stored_together_or_not_at_all()
    {
        await AddAsync("1");
        _delivery.Announcements = [PublicText.Declared("fait")];
        var commits = await FailingCommits.OfAsync(_engine.Database);
        commits.After(well: 0, failing: 1);
        Assert.NotNull(await CarryAsync());
        Assert.Empty(await _engine.PublicAsync());
        Assert.Null(await CarryAsync());
        Assert.Equal(["1"], Tried());
        Assert.Equal(["fait"], await _engine.PublicAsync());
    }

    [Fact]
    public async Task A_target_that_takes_nothing_is_tried_when_it_is_ready_and_new_rows_are_tried_at_once()
    {
        using var stop = new CancellationTokenSource();
        await AddAsync("1");
        _delivery.IsOpen = false;
        var running = _pump.RunAsync(stop.Token);
        await AddAsync("2");
        Assert.Empty(_delivery.Tried);
        _delivery.Open();
        await Eventually.Is(() => _delivery.Tried.Count == 2);
        await AddAsync("3");
        await Eventually.Is(() => _delivery.Tried.Count == 3);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory, InlineData(2, false), InlineData(3, true), InlineData(4, true)]
    public async Task The_outbox_is_read_again_only_where_more_may_wait(int rows, bool isReadAgain)
    {
        await AddAsync([.. Enumerable.Range(1, rows).Select(number => $"{number}")]);
        var lane = new OutboxLane(_delivery, Target, new(_engine.Database, _engine.Outbox, _metrics, _engine.Time, _log, null));
        Assert.Equal(isReadAgain ? TimeSpan.Zero : null, await lane.TurnAsync(CancellationToken.None));
        Assert.Equal(rows - Math.Min(rows, 3), (await WaitingAsync()).Count);
    }

    [Fact]
    public async Task What_can_never_be_delivered_is_given_up_with_a_word_at_the_start()
    {
        using var stop = new CancellationTokenSource();
        await _engine.Database.WriteAsync(
            transaction => OutboxStore.AddAsync(transaction, "fake", "gone", Audience.Root, "0", DateTimeOffset.UnixEpoch), CancellationToken.None);
        await _engine.Database.WriteAsync(
            transaction => OutboxStore.AddAsync(transaction, "later", Target, Audience.Root, "of a later version", DateTimeOffset.UnixEpoch), CancellationToken.None);
        await AddAsync("1");
        var running = _pump.RunAsync(stop.Token);
        await Eventually.Is(() => !_delivery.Tried.IsEmpty);
        Assert.Equal(["1"], Tried());
        Assert.Equal(1, await _engine.Database.ReadAsync(
            transaction => Sql.RunAsync(transaction.Connection, "SELECT COUNT(*) FROM outbox WHERE result = 'not-configured'"), CancellationToken.None));
        Assert.Single(await _engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, "later", Target, 10), CancellationToken.None));
        Assert.True(_log.Has("Rows of the outbox (later for t: 1) wait: this version delivers none of that kind"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_fault_of_one_delivery_ends_the_pump()
    {
        await AddAsync("1");
        _delivery.Answer = _ => throw new InvalidDataException("a bug");
        await Assert.ThrowsAsync<InvalidDataException>(() => _pump.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_delivered_without_the_lease()
    {
        var lease = new Lease(_engine.Database, "here:/data", hasStandby: true, _engine.Time, _log);
        _pump = new OutboxPump(_engine.Database, _engine.Outbox, [_delivery], _metrics, _engine.Time, _log, lease);
        await AddAsync("1");
        var carrying = CarryAsync();
        Assert.False(carrying.IsCompleted);
        Assert.Empty(Tried());
        Assert.True(await lease.TryTakeAsync(CancellationToken.None));
        Assert.Null(await carrying.WaitAsync(Eventually.Patience, RealClock.Instance));
        Assert.Equal(["1"], Tried());

        await AddAsync("2");
        _engine.Time.Advance(Lease.Deadline);
        Assert.False(CarryAsync().IsCompleted);
        Assert.Empty(Tried());
    }

    private OutboxPump NewPump() => new(_engine.Database, _engine.Outbox, [_delivery], _metrics, _engine.Time, _log);

    private Task<TimeSpan?> CarryAsync() => _pump.CarryAsync("fake", Target, CancellationToken.None);

    private Task AddAsync(params string[] payloads) => _engine.Database.WriteAsync(
        async transaction =>
        {
            foreach (var payload in payloads)
            {
                await OutboxStore.AddAsync(transaction, "fake", Target, Audience.Root, payload, DateTimeOffset.UnixEpoch);
            }
        },
        CancellationToken.None);

    private Task<IReadOnlyList<OutboxRow>> WaitingAsync() =>
        _engine.Database.ReadAsync(transaction => OutboxStore.PendingAsync(transaction, "fake", Target, 10), CancellationToken.None);

    private List<string> Tried()
    {
        var tried = _delivery.Tried.ToList();
        _delivery.Tried.Clear();
        return tried;
    }
}
