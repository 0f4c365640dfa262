using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Irc;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>
/// How a bot comes to be the one that speaks: it opens the store and, where another bot may share it, waits for the lease, brings the
/// schema up to date and says that it took over.
/// </summary>
/// <param name="irc">Told when it may speak.</param>
/// <param name="database">The store.</param>
/// <param name="settings">Of now.</param>
/// <param name="lease">Null where no other bot can have the store.</param>
/// <param name="time">For waits.</param>
/// <param name="logger">For the operator.</param>
internal sealed partial class Leadership(
    IrcClient irc, Database database, CurrentSettings settings, Lease? lease, TimeProvider time, ILogger<Leadership> logger)
{
    private const int FirstTries = 20;
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    // A bot that was killed has had its lease for as long; one that lives has kept it meanwhile.
    private static readonly TimeSpan LeaseWait = Lease.Time + TimeSpan.FromSeconds(2);

    private volatile bool _isWaiting;

    /// <summary>Another bot speaks, and this one stands by.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Opens the store.</summary>
    /// <exception cref="StorageException">It cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!await database.OpenSharedAsync(cancellationToken))
        {
            LogOlder(logger);
        }
    }

    /// <summary>
    /// Waits until this bot has the lease, or does not start beside another; then the IRC client is among what runs.
    /// </summary>
    /// <param name="loops">What runs already; if one ends, so does the wait.</param>
    /// <param name="keep">Begins to keep the lease, once it is had.</param>
    /// <param name="cancellationToken">The stop.</param>
    /// <exception cref="StorageException">Another bot has it, and this one is no standby.</exception>
    public async Task TakeAsync(List<Task> loops, Func<Lease, Task> keep, CancellationToken cancellationToken)
    {
        if (lease is null)
        {
            return;
        }

        var standby = settings.Value.Settings.Storage.Standby;
        if (await lease.TryTakeAsync(cancellationToken))
        {
            loops.Add(keep(lease));
            await UpgradeAsync(cancellationToken);
            irc.TakeOver();
            loops.Add(irc.RunAsync(cancellationToken));
            return;
        }

        if (standby == Standby.Warm)
        {
            loops.Add(irc.RunAsync(cancellationToken));
        }

        LogWaits(logger, lease.Other ?? "nobody is known");
        _isWaiting = standby is not null;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ignoring = IgnoreAsync(waiting.Token);
        var taking = TakeLaterAsync();
        await await Task.WhenAny([taking, .. loops]);
        if (!taking.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("Something that runs for ever has ended.");
        }

        await waiting.CancelAsync();
        await ignoring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        irc.TakeOver();
        _isWaiting = false;
        if (standby != Standby.Warm)
        {
            loops.Add(irc.RunAsync(cancellationToken));
        }

        async Task TakeLaterAsync()
        {
            await lease.TakeAsync(standby is null ? LeaseWait : null, cancellationToken);
            loops.Add(keep(lease));
            await UpgradeAsync(cancellationToken);
        }
    }

    /// <summary>Says that this bot took over, if it did, and looks for what only a later version can have written.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await UnknownWordsAsync(cancellationToken) is { Count: > 0 } unknown)
        {
            LogUnknownWords(logger, string.Join(", ", unknown));
        }
    }

    // Another bot may have run on the schema of an earlier version until now. The database may be about to be cut off again, as when it has
    // just failed over; what is unfinished then is begun again.
    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        for (var left = FirstTries; ; left--)
        {
            try
            {
                await database.UpgradeAsync(cancellationToken);
                return;
            }
            catch (DbException) when (left > 1)
            {
                await Task.Delay(BeforeNextTry, time, cancellationToken);
            }
        }
    }

    // In no channel, and nobody's to command: what is said to it is for the bot that speaks.
    private async Task IgnoreAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in irc.Events.ReadAllAsync(cancellationToken))
        {
        }
    }

    private async Task<IReadOnlyList<string>> UnknownWordsAsync(CancellationToken cancellationToken)
    {
        var isTakenOver = settings.Value.Settings.Storage.Standby is not null && lease is { IsTakenOver: true };
        if (isTakenOver)
        {
            LogTakesOver(logger, lease!.Other!);
        }

        var nick = irc.CurrentNick ?? settings.Value.Settings.Irc.Nick;
        for (var left = FirstTries; ; left--)
        {
            try
            {
                return await database.WriteAsync(
                    async transaction =>
                    {
                        if (isTakenOver)
                        {
                            await new TakeoverNotice(settings).SayAsync(transaction, nick, time.GetUtcNow());
                        }

                        return await IncidentStore.UnknownWordsAsync(transaction);
                    },
                    cancellationToken);
            }
            catch (DbException) when (left > 1 && lease is not null)
            {
                await Task.Delay(BeforeNextTry, time, cancellationToken);
            }
            catch (DbException) when (!isTakenOver)
            {
                // A full disk, or another process that holds the file: the mails wait, and the words are read at the next start.
                return [];
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Another bot has the lease of the database ({Holder}): this one waits, and says nothing")]
    private static partial void LogWaits(ILogger logger, string holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "An earlier version made the database: this bot changes its schema once it has the lease")]
    private static partial void LogOlder(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This bot takes over from another one ({Holder})")]
    private static partial void LogTakesOver(ILogger logger, string holder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store holds words of a later version, which are shown as such: {Words}")]
    private static partial void LogUnknownWords(ILogger logger, string words);
}
