using ChatBot.Configuration;
using ChatBot.Mail;
using ChatBot.Send;
using ChatBot.Storage;

namespace ChatBot.Scheduling;

/// <summary>Erases what has had its time, some at once until nothing is left, and says how far it is where that takes long.</summary>
internal sealed partial class RetentionJob(Database database, CurrentSettings settings, ILogger<RetentionJob> logger)
{
    private const int RoundsBetweenNews = 60;

    private static readonly TimeSpan Every = TimeSpan.FromHours(6);
    private static readonly TimeSpan MoreAfter = TimeSpan.FromSeconds(1);

    private long _rows;
    private int _rounds;

    /// <returns>When to go on.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = settings.Value.Settings;
        var round = await Retention.RunAsync(database, live.Retention, live.Inventory.PublicNames, now, cancellationToken);
        var isMore = round.IsMore
            | Spool.DeleteStored(MailSources.Spool(live.Data), now - live.Retention.Mails)
            | Spool.DeleteStored(SendIntake.Spool(live.Data), now - live.Retention.Mails);
        _rows += round.Rows;
        if (isMore)
        {
            if (_rounds++ % RoundsBetweenNews == 0)
            {
                LogGoesOn(logger, _rows);
            }

            return MoreAfter;
        }

        if (_rounds > 0)
        {
            LogDone(logger, _rows);
        }

        if (_rows > 0)
        {
            await database.LeaveNoCopyAsync(cancellationToken);
        }

        (_rows, _rounds) = (0, 0);
        return Every;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasing what is older than [retention] says (rows so far: {Rows}); there is more")]
    private static partial void LogGoesOn(ILogger logger, long rows);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased what is older than [retention] says (rows: {Rows})")]
    private static partial void LogDone(ILogger logger, long rows);
}
