using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>
/// Says once that the file of the store is no longer where it was, so that a restart would begin with another one: to the root group, or to
/// everybody where it has no channel.
/// </summary>
public sealed partial class LostStoreNotice(CurrentSettings settings, ILogger<LostStoreNotice> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly Sentence Words = new(
        "the file of my memory was deleted or replaced while I run: what I know is lost when I stop. Do not restart me before it is put back (docs/operations.md)",
        "le fichier de ma mémoire a été effacé ou remplacé pendant que je tourne : ce que je sais sera perdu à mon arrêt. Ne me redémarrez pas avant de l'avoir remis (docs/fr/operations.md)");

    private bool _isSaid;

    /// <summary>Looks, and says it in the file that is still open.</summary>
    /// <returns>How long until it looks again.</returns>
    public async Task<TimeSpan> RunAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isLost = database.IsLost;
        if (isLost && !_isSaid)
        {
            LogLost(logger);
            await database.WriteAsync(transaction => SayAsync(transaction, now), cancellationToken);
        }

        _isSaid = isLost;
        return Every;
    }

    private async Task SayAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var live = settings.Value;
        var channels = live.Settings.Irc.Channels;
        var isAnyRoot = channels.Any(channel => channel.Audience == Audience.Root);
        foreach (var channel in channels.Where(channel => !isAnyRoot || channel.Audience == Audience.Root))
        {
            Line line = live.Phrases.Public(Words);
            await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, channel.Name, channel.Audience, line.Marked(channel.Audience)!, now, About.Nothing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of the store was deleted or replaced: this process goes on with the one that it has open, which is gone once it ends")]
    private static partial void LogLost(ILogger logger);
}
