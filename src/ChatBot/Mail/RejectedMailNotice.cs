using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Announces to the root group mails that had no effect: at once where the hour has not yet heard of that reason and sender, as far as
/// <see cref="UnprovenMails"/> lets it; the others are counted, and the count is announced at the end of the hour with its reasons. All of it is
/// in the store, so that none is forgotten; the scheduler notices the end of the hour.
/// </summary>
internal sealed class RejectedMailNotice(OutboxWriter outbox, CurrentSettings settings)
{
    private const string Setting = "refused-mails";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly Sentence UnknownReason = new(
        "for a reason that this version does not know", "pour une raison que cette version ne connaît pas");

    private readonly UnprovenMails _unproven = new(outbox, settings);

    /// <summary>Announces or counts these in the transaction that stores them.</summary>
    public async Task AddAsync(StoreTransaction transaction, IReadOnlyList<RefusedMail> fresh, DateTimeOffset now)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        var hour = await CountedAsync(transaction, await ReadAsync(transaction), now);
        hour = hour with { Began = hour.Began ?? now };
        foreach (var alike in fresh.GroupBy(mail => (mail.Verdict, mail.Sender)))
        {
            var (verdict, sender) = alike.Key;
            var isNews = !hour.Said.Contains((verdict, sender))
                && await _unproven.MaySayRefusedAsync(transaction, verdict is Verdict.WrongPlace or Verdict.SpeaksForAnother, now);
            if (!isNews)
            {
                hour = hour.With(verdict, sender, alike.Count());
                continue;
            }

            var line = settings.Value.Phrases.Say(
                Sentences.MailIgnored, (RootText)alike.Last().Machine, Words(verdict), (PublicText)alike.Count());
            await outbox.SayAsync(transaction, line, now, About.Nothing);
            hour = hour with { Said = [.. hour.Said, (verdict, sender)] };
        }

        await SetAsync(transaction, hour);
    }

    /// <summary>Announces the count of the last hour, if it has ended.</summary>
    /// <returns>How long there is nothing to announce, at most; what is counted meanwhile is looked at then.</returns>
    public async Task<TimeSpan> AnnounceDueAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = (await database.ReadAsync(ReadAsync, cancellationToken)).DueIn(now);
        if (left <= TimeSpan.Zero)
        {
            // More may have been counted since it was read.
            await database.WriteAsync(
                async transaction => await SetAsync(transaction, await CountedAsync(transaction, await ReadAsync(transaction), now)),
                cancellationToken);
        }

        return left > TimeSpan.Zero && left < LookEvery ? left.Value : LookEvery;
    }

    // Who was counted in the hour that has ended is counted on: the line that gives the count has told of them.
    private async Task<RefusedHour> CountedAsync(StoreTransaction transaction, RefusedHour hour, DateTimeOffset now)
    {
        if (!hour.HasEnded(now))
        {
            return hour;
        }

        if (hour.Counts.Count == 0)
        {
            return RefusedHour.Empty;
        }

        var phrases = settings.Value.Phrases;
        var reasons = hour.Counts.OrderByDescending(one => one.Count)
            .Select(one => phrases.Public(Sentences.MailsOfReason, Words(one.Verdict), (PublicText)one.Count).Value);
        await outbox.SayAsync(
            transaction, phrases.Say(Sentences.MailsIgnored, new RootText(string.Join(" · ", reasons))), now, About.Nothing);
        return new RefusedHour(now, hour.Again, [], []);
    }

    private PublicText Words(Verdict? verdict) => settings.Value.Phrases.Public(verdict is { } known ? Verdicts.Sentence(known) : UnknownReason);

    private static async Task<RefusedHour> ReadAsync(StoreTransaction transaction) =>
        await SettingStore.GetAsync(transaction, Setting) is { } stored ? RefusedHour.Of(stored) : RefusedHour.Empty;

    private static Task SetAsync(StoreTransaction transaction, RefusedHour hour) => SettingStore.SetAsync(transaction, Setting, hour.Store());
}
