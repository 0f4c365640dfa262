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
/// Counts mails that had no effect and tells the root group at once, then once an hour at most. The count is in the store, so
/// that none is forgotten; the end of the hour is the clockwork's to notice.
/// </summary>
internal sealed class RejectedMailNotice(OutboxWriter outbox, CurrentSettings settings)
{
    private const string Setting = "refused-mails";

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Counts these in the transaction that stores them, and tells where it is time.</summary>
    public async Task AddAsync(StoreTransaction transaction, IReadOnlyList<(PublicText Machine, Verdict Verdict)> fresh, DateTimeOffset now)
    {
        if (fresh.Count == 0)
        {
            return;
        }

        var before = await ReadAsync(transaction);
        await TellAsync(transaction, new Untold(before?.ToldAt, (before?.Count ?? 0) + fresh.Count, fresh[^1].Verdict, fresh[^1].Machine), now);
    }

    /// <summary>Whether there is something to tell by now.</summary>
    public static async Task<bool> IsDueAsync(StoreTransaction transaction, DateTimeOffset now) => await ReadAsync(transaction) is { } untold && untold.IsDue(now);

    /// <summary>Tells what the last hour held back, if it is over.</summary>
    public async Task TellDueAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        if (await ReadAsync(transaction) is { } untold)
        {
            await TellAsync(transaction, untold, now);
        }
    }

    private async Task TellAsync(StoreTransaction transaction, Untold untold, DateTimeOffset now)
    {
        if (untold.IsDue(now))
        {
            var voice = settings.Value.Phrases;
            var why = voice.Public(Verdicts.Sentence(untold.Verdict));
            var line = voice.Say(Sentences.NotActedUpon, (RootText)untold.Machine, why, (PublicText)untold.Count);
            await outbox.SayAsync(transaction, line, now, About.Nothing);
            untold = untold with { ToldAt = now, Count = 0 };
        }

        await SettingStore.SetAsync(transaction, Setting, untold.Store());
    }

    private static async Task<Untold?> ReadAsync(StoreTransaction transaction) =>
        await SettingStore.GetAsync(transaction, Setting) is { } stored ? Untold.Of(stored) : null;

    /// <summary>What was counted since it was last told, and of the last one why and from where.</summary>
    private sealed record Untold(DateTimeOffset? ToldAt, long Count, Verdict Verdict, PublicText Machine)
    {
        // A clock that was put back must not make an hour of a year.
        public bool IsDue(DateTimeOffset now) => Count > 0 && (ToldAt is not { } told || now - told >= Every || now < told);

        public string Store() => string.Create(
            CultureInfo.InvariantCulture, $"{(ToldAt is { } at ? Moment.Store(at) : -1)} {Count} {Verdict} {Machine.Value}");

        public static Untold? Of(string stored) =>
            stored.Split(' ', 4) is [var told, var count, var verdict, var machine]
            && long.TryParse(told, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(count, CultureInfo.InvariantCulture, out var number)
            && Enum.TryParse<Verdict>(verdict, out var why) && Enum.IsDefined(why) && !why.MayAct()
                ? new Untold(at < 0 ? null : Moment.Read(at), number, why, PublicText.Declared(machine))
                : null;
    }
}
