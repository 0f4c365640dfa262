using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Irc;

/// <summary>
/// The rows of a channel whose very words the server refused. Each is tried three times, ever later and alone, then set aside and
/// the root group told; meanwhile the others go on.
/// </summary>
internal sealed partial class PoisonRows(string channel, ChannelSpeaker.Services services)
{
    private const int Tries = 3;
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    private readonly long _start = services.Time.GetTimestamp();
    private readonly Dictionary<long, TimeSpan> _nextTry = [];

    public int Count => _nextTry.Count;

    /// <summary>How long none of them is to be tried; null where there is none.</summary>
    public TimeSpan? NextTry => _nextTry.Count == 0 ? null : _nextTry.Values.Min() - Now;

    private TimeSpan Now => services.Time.GetElapsedTime(_start);

    public bool Contains(long row) => _nextTry.ContainsKey(row);

    public bool MayTry(long row) => !_nextTry.TryGetValue(row, out var at) || at <= Now;

    public void Forget(IReadOnlyList<WaitingLine> rows)
    {
        foreach (var row in rows)
        {
            _nextTry.Remove(row.Id);
        }
    }

    public async Task RefusedAsync(OutgoingBatch telling, string reason)
    {
        if (telling.Rows is not [var row])
        {
            // Which of them it was shows when each is tried by itself.
            foreach (var one in telling.Rows)
            {
                _nextTry[one.Id] = Now;
            }

            return;
        }

        var tries = await services.Database.WriteAsync(transaction => CountAsync(transaction, row.Id, reason), CancellationToken.None);
        if (tries < Tries)
        {
            _nextTry[row.Id] = Now + Waits[tries - 1];
            return;
        }

        _nextTry.Remove(row.Id);
        LogSetAside(services.Logger, row.Id, channel, reason);
        services.Metrics.LineSetAside();
    }

    private async Task<long> CountAsync(StoreTransaction transaction, long row, string reason)
    {
        var tries = await OutboxStore.RefusedAsync(transaction, row);
        if (tries < Tries)
        {
            return tries;
        }

        var now = services.Time.GetUtcNow();
        await OutboxStore.SetAsideAsync(transaction, row, reason, now);
        // The server's code and not its words, which may hold what it refuses.
        var line = services.Settings.Value.Phrases.Say(
            Sentences.LineSetAside, (RootText)(PublicText)row, PublicText.Declared(channel), PublicText.Declared(reason.Split(' ')[0]));
        await services.Outbox.SayAsync(transaction, line, now, About.Nothing);
        return tries;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Row {Row} for {Channel} is set aside and not said: the server has refused its words three times: {Reason}")]
    private static partial void LogSetAside(ILogger logger, long row, string channel, string reason);
}
