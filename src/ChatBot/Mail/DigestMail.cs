using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Delivery;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Mails the digest once on each of its days, to each recipient by themselves. When each had theirs last is kept in the store, with the mail:
/// neither a restart nor a second bot sends it twice, and the next one says what happened since.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="settings">The configuration in force.</param>
public sealed class DigestMail(Database database, CurrentSettings settings)
{
    private const string Name = "digest ";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // A bot that was down then sends it the same morning; later it says nothing new to anybody.
    internal static readonly TimeSpan Late = TimeSpan.FromHours(4);

    /// <summary>The first one, and one after a clock that was wrong, says so much.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    /// <summary>Looks, and stores what is due.</summary>
    /// <returns>How long it has nothing to do.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = settings.Value.Settings;
        if (live is { Digest: { } digest, Mail.Smtp: not null } && IsTime(digest, now))
        {
            foreach (var recipient in digest.Recipients)
            {
                await SendAsync(live, digest, recipient, now, cancellationToken);
            }
        }

        return Every;
    }

    /// <summary>The mail of one language.</summary>
    /// <returns>Null where there is nothing to say.</returns>
    public static async Task<OutgoingMail?> ComposeAsync(
        StoreTransaction transaction, BotSettings settings, Locale locale, TimeZoneInfo zone, DateTimeOffset since, DateTimeOffset now) =>
        new MailDigest(new Phrasebook(locale, zone, settings.Inventory.PublicNames)).Of(await DigestReading.ReadAsync(transaction, settings.Inventory, since, now));

    private async Task SendAsync(BotSettings live, DigestSettings digest, DigestRecipient recipient, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var target = recipient.Person is { } person ? MailTarget.Of(person) : MailTarget.RootAlias;
        var last = await database.ReadAsync(transaction => LastAsync(transaction, target), cancellationToken);
        if (!IsDue(digest, last, now))
        {
            return;
        }

        var since = last is { } at && at < now ? at : now - Usual;
        var mail = await database.ReadAsync(
            transaction => ComposeAsync(transaction, live, recipient.Locale, digest.TimeZone, since > now - Longest ? since : now - Longest, now), cancellationToken);
        await database.WriteAsync(
            async transaction =>
            {
                if (mail is not null)
                {
                    await OutboxStore.AddMailAsync(transaction, target, mail with { IsEncrypted = recipient.IsEncrypted }, now);
                }

                await SettingStore.SetAsync(transaction, Name + target, Moment.Store(now).ToString(CultureInfo.InvariantCulture));
            },
            cancellationToken);
    }

    private static bool IsTime(DigestSettings digest, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, digest.TimeZone);
        var late = local.TimeOfDay - digest.At.ToTimeSpan();
        return digest.Days.Contains(local.DayOfWeek) && late >= TimeSpan.Zero && late < Late;
    }

    // One from a day that has not come is of a clock that was wrong.
    private static bool IsDue(DigestSettings digest, DateTimeOffset? last, DateTimeOffset now) => last is not { } at || Day(digest, at) != Day(digest, now);

    private static DateOnly Day(DigestSettings digest, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, digest.TimeZone).DateTime);

    private static async Task<DateTimeOffset?> LastAsync(StoreTransaction transaction, string target) =>
        long.TryParse(await SettingStore.GetAsync(transaction, Name + target), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? Moment.Read(at) : null;
}
