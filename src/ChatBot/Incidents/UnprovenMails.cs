using System.Globalization;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>
/// Bounds what anybody who can write to the alias makes the bot say and store: so many lines an hour for all mails that nothing vouches
/// for, so many rows a day. The others are counted, and the count is announced at the end of the hour. All of it is in the store.
/// Of the lines of an hour the last ones are kept for refused alerts, and the very last for those that came from a place of ours: what
/// strangers write hides no monitor that is refused.
/// </summary>
internal sealed class UnprovenMails(OutboxWriter outbox, CurrentSettings settings)
{
    public const int MostLines = 6;
    public const int MostOfOthers = 5;
    public const int MostOfLetters = 4;
    public const int MostRows = 2000;

    private const string Setting = "unproven-mails";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>Whether the rows of one more may be stored today; if not, and it would have had a line, it is counted.</summary>
    public async Task<bool> MayStoreAsync(StoreTransaction transaction, Arrival arrival, DateTimeOffset now)
    {
        var state = await ReadAsync(transaction);
        if (!IsWithin(state.Day, Day, now))
        {
            state = state with { Day = now, Rows = 0 };
        }

        var mayStore = state.Rows < MostRows;
        var isLine = arrival.Effect == ArrivalEffect.UnprovenLine;
        if (!mayStore && isLine && !IsWithin(state.Hour, Hour, now))
        {
            state = await AnnouncedAsync(transaction, state, now) with { Hour = now };
        }

        await SetAsync(transaction, mayStore
            ? state with { Rows = state.Rows + 1 + (arrival.Thread?.Marks.Count ?? 0) + (isLine ? 1 : 0) }
            : state with { Counted = state.Counted + (isLine ? 1 : 0) });
        return mayStore;
    }

    /// <summary>Whether one more line may be said this hour; if not, it is counted.</summary>
    public async Task<bool> MaySayAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var state = await OfThisHourAsync(transaction, now);
        var maySay = state.Lines < MostOfLetters;
        await SetAsync(transaction, maySay ? state with { Lines = state.Lines + 1 } : state with { Counted = state.Counted + 1 });
        return maySay;
    }

    /// <summary>Whether one more line about a refused mail may be said this hour; who asks counts those that may not.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isOfOurPlace">It came from our networks or the mail server itself.</param>
    /// <param name="now">The moment.</param>
    public async Task<bool> MaySayRefusedAsync(StoreTransaction transaction, bool isOfOurPlace, DateTimeOffset now)
    {
        var state = await OfThisHourAsync(transaction, now);
        var maySay = state.Lines < (isOfOurPlace ? MostLines : MostOfOthers);
        await SetAsync(transaction, maySay ? state with { Lines = state.Lines + 1 } : state);
        return maySay;
    }

    /// <summary>Announces the count of the last hour, if it is over.</summary>
    /// <returns>When to look again.</returns>
    public async Task<TimeSpan> AnnounceDueAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = await database.ReadAsync(ReadAsync, cancellationToken);
        if (state.Counted > 0 && !IsWithin(state.Hour, Hour, now))
        {
            await database.WriteAsync(
                async transaction => await SetAsync(transaction, await AnnouncedAsync(transaction, await ReadAsync(transaction), now)),
                cancellationToken);
        }

        return LookEvery;
    }

    private async Task<State> OfThisHourAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var state = await ReadAsync(transaction);
        return IsWithin(state.Hour, Hour, now) ? state : await AnnouncedAsync(transaction, state, now) with { Hour = now };
    }

    private async Task<State> AnnouncedAsync(StoreTransaction transaction, State state, DateTimeOffset now)
    {
        if (state.Counted > 0)
        {
            await outbox.SayAsync(
                transaction, settings.Value.Phrases.Say(Sentences.UnprovenCounted, (RootText)(PublicText)state.Counted), now, About.Nothing);
        }

        return state with { Hour = null, Lines = 0, Counted = 0 };
    }

    // A clock that was put back must not make an hour of a year.
    private static bool IsWithin(DateTimeOffset? began, TimeSpan length, DateTimeOffset now) => began is { } at && now >= at && now - at < length;

    private static async Task<State> ReadAsync(StoreTransaction transaction) =>
        await SettingStore.GetAsync(transaction, Setting) is { } stored ? State.Of(stored) : State.Empty;

    private static Task SetAsync(StoreTransaction transaction, State state) => SettingStore.SetAsync(transaction, Setting, state.Store());

    /// <summary>When the hour and the day began, and what there was in each.</summary>
    private sealed record State(DateTimeOffset? Hour, long Lines, long Counted, DateTimeOffset? Day, long Rows)
    {
        public static readonly State Empty = new(null, 0, 0, null, 0);

        public string Store() => string.Create(
            CultureInfo.InvariantCulture, $"{Moment.Store(Hour) ?? -1} {Lines} {Counted} {Moment.Store(Day) ?? -1} {Rows}");

        public static State Of(string stored)
        {
            var numbers = stored.Split(' ').Select(one => long.TryParse(one, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
            return numbers is [var hour, var lines, var counted, var day, var rows]
                ? new State(hour < 0 ? null : Moment.Read(hour), lines, counted, day < 0 ? null : Moment.Read(day), rows)
                : Empty;
        }
    }
}
