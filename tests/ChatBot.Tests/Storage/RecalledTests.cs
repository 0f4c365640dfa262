using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Storage;

/// <summary>What many people ask for is read once, and never shown as it was before.</summary>
public sealed class RecalledTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private SqliteDatabase _ours = null!;
    private SqliteDatabase _others = null!;

    public async ValueTask InitializeAsync()
    {
        _ours = await OpenAsync();
        _others = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _others.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_we_write_is_seen_at_once()
    {
        Assert.Equal(0, await OpenHereAsync());
        await AddAsync(_ours, 1);
        Assert.Equal(1, await OpenHereAsync());
    }

    [Fact]
    public async Task What_another_process_writes_is_seen_a_second_later()
    {
        Assert.Equal(0, await OpenHereAsync());
        await AddAsync(_others, 1);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, await OpenHereAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await OpenHereAsync());
    }

    [Fact]
    public async Task A_long_list_is_read_each_time()
    {
        await AddAsync(_ours, 51);
        Assert.Equal(51, await OpenHereAsync());
        await AddAsync(_others, 1, "sud");
        Assert.Equal(52, await OpenHereAsync());
    }

    [Fact]
    public async Task What_changes_while_it_is_read_is_read_again()
    {
        var first = await _ours.RecallAsync<Incident>(
            "open", null, async (transaction, _) =>
            {
                var found = await IncidentStore.OpenAsync(transaction, null);
                await AddAsync(_ours, 1);
                return found;
            },
            CancellationToken.None);
        Assert.Empty(first);
        Assert.Equal(1, await OpenHereAsync());
    }

    [Fact]
    public async Task One_thing_is_not_taken_for_another()
    {
        await AddAsync(_ours, 1);
        Assert.Equal(1, await OpenHereAsync("hal"));
        Assert.Equal(0, await OpenHereAsync("sud"));
        Assert.Equal(1, await OpenHereAsync());
    }

    private async Task<int> OpenHereAsync(string? machine = null) =>
        (await _ours.RecallAsync("open", machine, IncidentStore.OpenAsync, CancellationToken.None)).Count;

    private static Task AddAsync(SqliteDatabase database, int count, string machine = "hal") => database.WriteAsync(
        async transaction =>
        {
            for (var i = 0; i < count; i++)
            {
                await IncidentStore.SaveAsync(transaction, new Incident
                {
                    Machine = Name.OfMachine(machine),
                    Service = Name.OfService("S" + i),
                    State = CheckState.Critical,
                    OpenedAt = DateTimeOffset.UnixEpoch,
                });
            }
        },
        CancellationToken.None);

    private async Task<SqliteDatabase> OpenAsync()
    {
        var database = new SqliteDatabase(_folder["chatbot.db"], _time);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }
}
