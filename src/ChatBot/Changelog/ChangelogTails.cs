using System.Data.Common;
using System.Security.Cryptography;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>
/// Reads the end of the changelogs of machines that allow it, each hour and after each entry of the bot: no machine can tell that somebody
/// has written there. What is new is stored as what comes with mails is.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="delivery">The way to the files.</param>
/// <param name="outbox">What is said.</param>
/// <param name="settings">The configuration.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what could not be read.</param>
internal sealed partial class ChangelogTails(
    Database database, ChangelogDelivery delivery, OutboxWriter outbox, CurrentSettings settings, TimeProvider time, ILogger<ChangelogTails> logger)
{
    /// <summary>How often each is read.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private SettingsSnapshot? _read;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await TurnAsync(cancellationToken);
            await Task.Delay(LookAgain, time, cancellationToken);
        }
    }

    /// <summary>Reads those that are due, one after the other.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        // A configuration that is read again lets everything be tried.
        if (settings.Value is var live && live != _read)
        {
            _seen.Clear();
            _read = live;
        }

        foreach (var machine in settings.Value.Settings.Inventory.Machines.Where(machine => machine.IsChangelogRead).Select(machine => machine.Name))
        {
            var isWritten = delivery.TakeWritten(machine);
            if (_seen.TryGetValue(machine, out var seen) && !isWritten && time.GetElapsedTime(seen.At) < Every)
            {
                continue;
            }

            seen = _seen[machine] = (seen ?? new Seen()) with { At = time.GetTimestamp() };
            try
            {
                await ReadAsync(machine, seen, cancellationToken);
            }
            catch (Exception later) when (later is DbException or StorageException or IOException or UnauthorizedAccessException)
            {
                LogNotRead(logger, machine, later.Message);
            }
        }
    }

    private async Task ReadAsync(string machine, Seen seen, CancellationToken cancellationToken)
    {
        switch (await delivery.TailAsync(machine, cancellationToken))
        {
            case SshOutcome.Tail tail:
                var hash = Convert.ToHexStringLower(SHA256.HashData(tail.Bytes));
                if (hash != seen.Hash)
                {
                    await StoreAsync(machine, tail, cancellationToken);
                }

                _seen[machine] = seen with { Hash = hash, Said = null };
                break;
            case SshOutcome.Failed { IsToSay: true } failed:
                await SayAsync(notices => notices.OfUnread(Name.OfMachine(machine), failed), cancellationToken);
                break;
            case SshOutcome.Refused refused when seen.Said != refused.Reason:
                LogNotRead(logger, machine, refused.Reason);
                _seen[machine] = seen with { Said = refused.Reason };
                await SayAsync(notices => notices.OfTailRefused(Name.OfMachine(machine)), cancellationToken);
                break;
            case SshOutcome.NotWritten no when seen.Said != no.Reason:
                LogNotRead(logger, machine, no.Reason);
                _seen[machine] = seen with { Said = no.Reason };
                await SayAsync(notices => notices.OfTailUnreadable(Name.OfMachine(machine), no), cancellationToken);
                break;
        }
    }

    private Task StoreAsync(string machine, SshOutcome.Tail tail, CancellationToken cancellationToken)
    {
        var (live, now) = (settings.Value.Settings, time.GetUtcNow());
        var summary = new ChangeSummary { Excerpts = [ChangelogExcerpt.OfTail(tail.Bytes, tail.From > 0)] };
        return database.WriteAsync(
            async transaction =>
            {
                var (_, leftOut) = await WrittenStore.AddAsync(transaction, new Change(Name.OfMachine(machine), now, summary), live.People, live.TimeZone, now);
                if (leftOut > 0)
                {
                    LogLeftOut(logger, leftOut, machine);
                }
            },
            cancellationToken);
    }

    private Task SayAsync(Func<ChangelogNotices, Line> words, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => outbox.SayAsync(transaction, words(new ChangelogNotices(settings.Value.Phrases)), time.GetUtcNow(), About.Nothing), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changelog of {Machine} could not be read, and is tried again: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string machine, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} older entries at the end of the changelog of {Machine} were left out, because there are too many")]
    private static partial void LogLeftOut(ILogger logger, int count, string machine);

    private sealed record Seen
    {
        public long At { get; init; }

        public string? Hash { get; init; }

        public string? Said { get; init; }
    }
}
