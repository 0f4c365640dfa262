using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Delivery;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Mails the root alias when IRC could not be spoken to for an hour, with what waits, and again when it can. Since when it is away
/// is kept in the store: a restart does not restart the hour.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="settings">The configuration in force.</param>
/// <param name="isOnIrc">Whether the bot can speak in at least one channel now.</param>
/// <param name="time">The clock.</param>
public sealed class OutageMail(Database database, CurrentSettings settings, Func<bool> isOnIrc, TimeProvider time)
{
    private const string Name = "irc-outage";
    private const string Mailed = " mailed";
    private const int MostRead = 5000;
    private const int MostLines = 40;
    private const int MostLineBytes = 400;

    /// <summary>How long IRC is away before it is worth a mail.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromHours(1);

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    // A bot that was down itself first has to try.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    private static readonly Sentence1 AwaySubject = new("IRC unreachable {0}", "IRC injoignable {0}");

    private static readonly Sentence2 Away = new(
        "I have not been able to speak on IRC {0} ({1}). Mails are still read and incidents followed; what I have to say waits and will be said when IRC is back.",
        "Je n'arrive plus à parler sur IRC {0} ({1}). Les mails sont toujours lus et les incidents suivis ; ce que j'ai à dire attend et sera dit au retour d'IRC.");

    private static readonly Sentence BackSubject = new("IRC is back", "IRC est de retour");

    private static readonly Sentence2 Back = new(
        "I have been able to speak on IRC again {0}, after {1}. What waited is being said.",
        "Je peux de nouveau parler sur IRC {0}, après {1}. Ce qui attendait est en train d'être dit.");

    private static readonly Sentence NothingWaits = new("Nothing waits.", "Rien n'attend.");
    private static readonly Sentence Waiting = new("Waiting:", "En attente :");
    private static readonly Sentence2 Count = new("{0}: {1} {1:line|lines}", "{0} : {1} {1:ligne|lignes}");
    private static readonly Sentence1 In = new("In {0}:", "Pour {0} :");
    private static readonly Sentence1 More = new("and {0} more", "et {0} de plus");

    private readonly long _start = time.GetTimestamp();

    /// <summary>Looks, and stores the mail where one is due.</summary>
    /// <returns>How long it has nothing to do.</returns>
    public async Task<TimeSpan> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (since, isMailed) = Read(await database.ReadAsync(transaction => SettingStore.GetAsync(transaction, Name), cancellationToken));
        if (isOnIrc())
        {
            if (since is { } began)
            {
                await database.WriteAsync(transaction => EndAsync(transaction, began, isMailed, now), cancellationToken);
            }
        }
        else if (since is null || since > now)
        {
            await database.WriteAsync(transaction => SettingStore.SetAsync(transaction, Name, Store(now)), cancellationToken);
        }
        else if (!isMailed && now - since >= After && time.GetElapsedTime(_start) >= Settling && settings.Value.Settings.Mail.Smtp is not null)
        {
            await database.WriteAsync(transaction => MailAsync(transaction, since.Value, now), cancellationToken);
        }

        return Every;
    }

    private static (DateTimeOffset? Since, bool IsMailed) Read(string? value)
    {
        var isMailed = value?.EndsWith(Mailed, StringComparison.Ordinal) == true;
        return long.TryParse(isMailed ? value![..^Mailed.Length] : value, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? (Moment.Read(since), isMailed)
            : (null, false);
    }

    private static string Store(DateTimeOffset since) => Moment.Store(since).ToString(CultureInfo.InvariantCulture);

    private async Task MailAsync(StoreTransaction transaction, DateTimeOffset since, DateTimeOffset now)
    {
        var phrases = settings.Value.Phrases;
        var text = phrases.Public(Away, phrases.Since(since, now), phrases.Duration(now - since)).Value;
        await AddAsync(transaction, phrases.Public(AwaySubject, phrases.Since(since, now)), [text, .. await WaitingAsync(transaction, now)], now);
        await SettingStore.SetAsync(transaction, Name, Store(since) + Mailed);
    }

    private async Task EndAsync(StoreTransaction transaction, DateTimeOffset since, bool isMailed, DateTimeOffset now)
    {
        await SettingStore.SetAsync(transaction, Name, "");
        if (isMailed && settings.Value.Settings.Mail.Smtp is not null)
        {
            var phrases = settings.Value.Phrases;
            var text = phrases.Public(Back, phrases.Since(now, now), phrases.Duration(now - since)).Value;
            await AddAsync(transaction, phrases.Public(BackSubject), [text, .. await CountsAsync(transaction)], now);
        }
    }

    private static Task<long> AddAsync(StoreTransaction transaction, PublicText subject, IEnumerable<string> paragraphs, DateTimeOffset now) =>
        OutboxStore.AddMailAsync(transaction, MailTarget.RootAlias, new OutgoingMail(subject, [.. paragraphs.Select(one => new RootText(one, MostLineBytes))]), now);

    private async Task<IReadOnlyList<string>> CountsAsync(StoreTransaction transaction)
    {
        var phrases = settings.Value.Phrases;
        var counts = (await OutboxStore.CountPendingAsync(transaction)).Where(rows => rows.Kind == OutboxStore.LineKind).GroupBy(rows => rows.Target)
            .Select(rows => "- " + phrases.Public(Count, PublicText.Declared(rows.Key), rows.Sum(row => row.Pending)).Value)
            .ToList();
        return counts.Count == 0 ? ["", phrases.Public(NothingWaits).Value] : ["", phrases.Public(Waiting).Value, .. counts];
    }

    // The root channel's lines contain all that the others' do.
    private async Task<IReadOnlyList<string>> WaitingAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var live = settings.Value;
        var channels = live.Settings.Irc.Channels;
        var channel = channels.FirstOrDefault(one => one.Audience == Audience.Root) ?? channels[0];
        var rows = await OutboxStore.PendingAsync(transaction, OutboxStore.LineKind, channel.Name, MostRead);
        var counts = await CountsAsync(transaction);
        if (rows.Count == 0)
        {
            return counts;
        }

        var digest = new Digest(live.Phrases, live.Settings.Irc.CommandPrefix, Audience.Root, MostLineBytes);
        var lines = digest.Of([.. rows.Select(row => row.Read())], now).SelectMany(part => part.Lines).ToList();
        var text = lines.Take(MostLines).Select(line => "- " + line).ToList();
        if (lines.Count > MostLines)
        {
            text.Add("- " + live.Phrases.Public(More, lines.Count - MostLines).Value);
        }

        return [.. counts, "", live.Phrases.Public(In, PublicText.Declared(channel.Name)).Value, .. text];
    }
}
