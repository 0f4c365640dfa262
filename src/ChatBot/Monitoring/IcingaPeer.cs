using System.Security.Cryptography;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>
/// Icinga 2, by its API. Its state is asked for every minute, every 15 s while orders wait, and at once after an order: its event
/// streams would say no more than that, and need a connection that must be kept and caught up after each gap.
/// </summary>
internal sealed partial class IcingaPeer(CurrentSettings settings, TimeProvider time, ILogger logger) : IMonitorPeer, IDisposable
{
    /// <summary>Of all the answers of one look. Ten thousand checks are about five million bytes.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(1);

    private IcingaSettings? _of;
    private IcingaApi? _api;
    private long? _lookedAt;
    private long _newest;
    private bool _isDoubtful;
    private MonitorTrouble? _logged;

    // Commands look at it from elsewhere.
    private volatile Seen? _seen;

    private sealed record Seen(IcingaSettings Of, MonitorReading Reading);

    public bool RenewsItsState => false;

    public TimeSpan? ShowsAfter => TimeSpan.FromSeconds(1);

    public MonitorReading? Look() => _seen is { } seen && seen.Of == settings.Value.Settings.Icinga ? seen.Reading : null;

    public async Task<MonitorReading?> ReadAsync(long? newest, CancellationToken cancellationToken)
    {
        if (settings.Value.Settings.Icinga is not { } icinga)
        {
            return null;
        }

        var isDue = _isDoubtful || newest > _newest || ReadAgainIn(newest is not null) == TimeSpan.Zero;
        if (!isDue && Look() is { } known)
        {
            return known;
        }

        (_isDoubtful, _newest, _lookedAt) = (false, newest ?? _newest, time.GetTimestamp());
        var (reading, reason) = await ReadAnewAsync(icinga, cancellationToken);
        Note(reading.Trouble, reason);
        _seen = new Seen(icinga, reading);
        return reading;
    }

    public TimeSpan? ReadAgainIn(bool waits) =>
        _lookedAt is { } at && (waits ? Often : Seldom) - time.GetElapsedTime(at) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public async Task<OrderReceipt> TellAsync(MonitorAction action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whatever the answer is, and even if it is lost: nothing more is sent before its state was read again.
        _isDoubtful = true;
        if (settings.Value.Settings.Icinga is not { } icinga || Connect(icinga, out _) is not { } api)
        {
            return OrderReceipt.Of(MonitorTrouble.NotTrusted);
        }

        foreach (var request in IcingaActions.Of(action))
        {
            if (await api.PostAsync(request, cancellationToken) is { Trouble: { } trouble } answer)
            {
                Note(trouble, answer.Reason);
                return OrderReceipt.Of(trouble);
            }
        }

        return OrderReceipt.Of(null);
    }

    public IDisposable? Watch(Action changed) => null;

    public void Dispose() => _api?.Dispose();

    private async Task<(MonitorReading Reading, string Reason)> ReadAnewAsync(IcingaSettings icinga, CancellationToken cancellationToken)
    {
        if (Connect(icinga, out var wrong) is not { } api)
        {
            return (MonitorTrouble.NotTrusted, wrong);
        }
        // By the clock that orders are dated with, in what the store keeps of it.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var answers = new List<ReadOnlyMemory<byte>>();
        foreach (var path in IcingaState.Paths)
        {
            var answer = await api.GetAsync(path, MostBytes - answers.Sum(one => one.Length), cancellationToken);
            if (answer.Trouble is { } trouble)
            {
                return (trouble, $"{answer.Reason} ({path[..path.IndexOf('?', StringComparison.Ordinal)]})");
            }

            answers.Add(answer.Body);
        }

        return IcingaState.Parse(answers, at) is { } state
            ? (new MonitorReading(state, null), "")
            : (MonitorTrouble.AnswerUnreadable, "an answer is none of Icinga 2");
    }

    // Rebuilt when the configuration was read again.
    private IcingaApi? Connect(IcingaSettings icinga, out string wrong)
    {
        wrong = "";
        if (_api is not null && _of == icinga)
        {
            return _api;
        }

        _api?.Dispose();
        (_api, _of) = (null, icinga);
        try
        {
            return _api = new IcingaApi(icinga, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            wrong = e.Message;
            return null;
        }
    }

    // Once, until it is another.
    private void Note(MonitorTrouble? trouble, string reason)
    {
        if (trouble is { } news && news != _logged)
        {
            LogTrouble(logger, news, reason);
        }
        else if (trouble is null && _logged is not null)
        {
            LogGood(logger);
        }

        _logged = trouble;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API of Icinga: {Trouble}, {Reason}. The bot keeps asking")]
    private static partial void LogTrouble(ILogger logger, MonitorTrouble trouble, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The API of Icinga answers again")]
    private static partial void LogGood(ILogger logger);
}
