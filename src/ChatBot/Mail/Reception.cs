using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Knows since when not all mail reaches the store, and announces it to the root group where it lasts, and its end. It is kept in
/// memory: after a restart the time counts anew.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="outbox">Where lines go.</param>
/// <param name="settings">The configuration in force.</param>
/// <param name="isListening">Whether every mailbox is watched now.</param>
/// <param name="isKeptOut">Whether the last mails could not be stored.</param>
/// <param name="time">The clock.</param>
public sealed class Reception(
    Database database, OutboxWriter outbox, CurrentSettings settings, Func<bool> isListening, Func<bool> isKeptOut, TimeProvider time) : IReception
{
    /// <summary>What is shorter is a mail server that was started again.</summary>
    internal static readonly TimeSpan AnnouncedAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _since;
    private long _began;
    private bool _isAnnounced;

    public DateTimeOffset? MissingSince => Look().Since;

    /// <summary>Announces what is due.</summary>
    /// <returns>How long it has nothing to do.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (since, lasted) = Look();
        var phrases = settings.Value.Phrases;
        if (since is { } began && !_isAnnounced && lasted >= AnnouncedAfter)
        {
            await SayAsync(phrases.Public(Sentences.MailsUnread, phrases.Since(began, now), phrases.Duration(lasted)), now, cancellationToken);
            _isAnnounced = true;
        }
        else if (since is null && _isAnnounced)
        {
            await SayAsync(phrases.Public(Sentences.MailsReadAgain, phrases.Duration(lasted)), now, cancellationToken);
            _isAnnounced = false;
        }

        return Every;
    }

    // How long it lasts, or lasted when it ended.
    private (DateTimeOffset? Since, TimeSpan Lasted) Look()
    {
        lock (_lock)
        {
            if (!isListening() || isKeptOut())
            {
                _began = _since is null ? time.GetTimestamp() : _began;
                _since ??= time.GetUtcNow();
            }
            else
            {
                _since = null;
            }

            return (_since, time.GetElapsedTime(_began));
        }
    }

    private Task SayAsync(PublicText text, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        transaction => outbox.SayAsync(transaction, new Line(null, text), now, About.Nothing), cancellationToken);
}
