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

    // A bot that was down then sends it soon after; later it says nothing new to anybody.
    internal static readonly TimeSpan Late = TimeSpan.FromHours(4);

    /// <summary>The first one, and one after a clock that was wrong, says so much.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    /// <summary>Looks, and stores what is due.</summary>
    /// <returns>How long it has nothing to do.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = settings.Value.Settings;
        if (live is { Digest: { } digest, Mail.Smtp: not null } && DueAt(digest, now) is { } due)
        {
            foreach (var recipient in digest.Recipients)
            {
                await SendAsync(live, digest, recipient, due, now, cancellationToken);
            }
        }

        return Every;
    }

    /// <summary>The mail of one language.</summary>
    /// <returns>Null where there is nothing to say.</returns>
    public static async Task<OutgoingMail?> ComposeAsync(
        StoreTransaction transaction, BotSettings settings, Locale locale, TimeZoneInfo zone, DigestPeriod period) =>
        new MailDigest(new Phrasebook(locale, zone, settings.Inventory.PublicNames)).Of(await DigestReading.ReadAsync(transaction, settings.Inventory, period));

    private async Task SendAsync(
        BotSettings live, DigestSettings digest, DigestRecipient recipient, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var target = recipient.Person is { } person ? MailTarget.Of(person) : MailTarget.RootAlias;
        var last = await database.ReadAsync(transaction => LastAsync(transaction, target), cancellationToken);
        // One of a time that has not come is of a clock that was wrong.
        if (last is { At: var at } && at >= due && at <= now)
        {
            return;
        }

        var wanted = last is { Until: var until } && until < now ? until : now - Usual;
        var since = wanted > now - Longest ? wanted : now - Longest;
        var period = new DigestPeriod(since, now) { IsAfterLost = last is { IsLost: true }, IsCut = since > wanted };
        var mail = await database.ReadAsync(transaction => ComposeAsync(transaction, live, recipient.Locale, digest.TimeZone, period), cancellationToken);
        await database.WriteAsync(
            async transaction =>
            {
                var row = mail is null ? 0 : await OutboxStore.AddMailAsync(transaction, target, mail with { IsEncrypted = recipient.IsEncrypted }, now);
                await SettingStore.SetAsync(
                    transaction, Name + target, string.Create(CultureInfo.InvariantCulture, $"{Moment.Store(now)} {Moment.Store(since)} {row}"));
            },
            cancellationToken);
    }

    // The hour of today or of yesterday, where it is not long ago.
    private static DateTimeOffset? DueAt(DigestSettings digest, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, digest.TimeZone).DateTime);
        foreach (var day in (DateOnly[])[today, today.AddDays(-1)])
        {
            var local = day.ToDateTime(digest.At);
            var due = new DateTimeOffset(local, digest.TimeZone.GetUtcOffset(local));
            if (digest.Days.Contains(day.DayOfWeek) && due <= now && now - due < Late)
            {
                return due;
            }
        }

        return null;
    }

    // An earlier version kept the moment alone.
    private static async Task<Last?> LastAsync(StoreTransaction transaction, string target)
    {
        var kept = (await SettingStore.GetAsync(transaction, Name + target) ?? "").Split(' ');
        if (!long.TryParse(kept[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return null;
        }

        return kept is [_, var since, var row] && long.Parse(row, CultureInfo.InvariantCulture) is > 0 and var id && await OutboxStore.IsGivenUpAsync(transaction, id)
            ? new Last(Moment.Read(at), Moment.Read(long.Parse(since, CultureInfo.InvariantCulture)), IsLost: true)
            : new Last(Moment.Read(at), Moment.Read(at), IsLost: false);
    }

    /// <summary>The last one of a recipient.</summary>
    /// <param name="At">When it was made.</param>
    /// <param name="Until">Until when they have been told what happened.</param>
    /// <param name="IsLost">Whether it was set aside: no key, or refused.</param>
    private sealed record Last(DateTimeOffset At, DateTimeOffset Until, bool IsLost);
}
