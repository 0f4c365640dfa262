using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Mail;

/// <summary>
/// Counts mails that had no effect and announces them to the root group at once, then once an hour at most. The count is in the store, so
/// that none is forgotten; the scheduler notices the end of the hour.
/// </summary>
internal sealed class RejectedMailNotice(OutboxWriter outbox, CurrentSettings settings)
{
    private const string Setting = "refused-mails";

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly Sentence UnknownReason = new(
        "for a reason that this version does not know", "pour une raison que cette version ne connaît pas");

    /// <summary>Counts these in the transaction that stores them, and announces where it is time.</summary>
    public async Task AddAsync(StoreTransaction transaction, IReadOnlyList<(Name Machine, Verdict Verdict)> fresh, DateTimeOffset now)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        var before = await ReadAsync(transaction);
        await TellAsync(transaction, new Pending(before?.AnnouncedAt, (before?.Count ?? 0) + fresh.Count, fresh[^1].Verdict, fresh[^1].Machine), now);
    }

    /// <summary>Announces the count of the last hour, if it has ended.</summary>
    /// <returns>How long there is nothing to announce, at most; what is counted meanwhile is looked at then.</returns>
    public async Task<TimeSpan> AnnounceDueAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await database.ReadAsync(ReadAsync, cancellationToken);
        if (waiting?.DueIn(now) <= TimeSpan.Zero)
        {
            await database.WriteAsync(
                async transaction =>
                {
                    // More may have been counted since it was read.
                    if (await ReadAsync(transaction) is { } counted)
                    {
                        await TellAsync(transaction, counted, now);
                    }
                },
                cancellationToken);
            return LookEvery;
        }

        return waiting?.DueIn(now) is { } left && left < LookEvery ? left : LookEvery;
    }

    private async Task TellAsync(StoreTransaction transaction, Pending pending, DateTimeOffset now)
    {
        if (pending.DueIn(now) <= TimeSpan.Zero)
        {
            var phrases = settings.Value.Phrases;
            var reason = phrases.Public(pending.Verdict is { } verdict ? Verdicts.Sentence(verdict) : UnknownReason);
            var line = phrases.Say(Sentences.MailIgnored, (RootText)pending.Machine, reason, (PublicText)pending.Count);
            await outbox.SayAsync(transaction, line, now, About.Nothing);
            pending = pending with { AnnouncedAt = now, Count = 0 };
        }

        await SettingStore.SetAsync(transaction, Setting, pending.Store());
    }

    private static async Task<Pending?> ReadAsync(StoreTransaction transaction) =>
        await SettingStore.GetAsync(transaction, Setting) is { } stored ? Pending.Of(stored) : null;

    /// <summary>What was counted since it was last announced, and of the last one why and from where; no verdict where this version knows it not.</summary>
    private sealed record Pending(DateTimeOffset? AnnouncedAt, long Count, Verdict? Verdict, Name Machine)
    {
        private const string Unknown = "unknown";

        // A clock that was put back must not make an hour of a year.
        public TimeSpan? DueIn(DateTimeOffset now) =>
            Count == 0 ? null : AnnouncedAt is { } last && now >= last ? last + Every - now : TimeSpan.Zero;

        public string Store() => string.Create(
            CultureInfo.InvariantCulture,
            $"{(AnnouncedAt is { } at ? Moment.Store(at) : -1)} {Count} {Verdict?.Word() ?? Unknown} {Machine.Value}");

        public static Pending? Of(string stored) =>
            stored.Split(' ', 4) is [var announced, var count, var word, var machine]
            && long.TryParse(announced, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(count, CultureInfo.InvariantCulture, out var number)
                ? new Pending(at < 0 ? null : Moment.Read(at), number, Refusal(word), Name.OfMachine(machine))
                : null;

        private static Verdict? Refusal(string word) => Verdicts.Parse(word) is { } verdict && !verdict.MayAct() ? verdict : null;
    }
}
