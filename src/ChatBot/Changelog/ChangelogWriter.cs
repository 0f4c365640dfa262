using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>Keeps changelog entries, and has them carried to the machines' own files: at once where the file is on this machine.</summary>
/// <param name="database">The store.</param>
/// <param name="outbox">What is said.</param>
/// <param name="pump">What carries.</param>
/// <param name="settings">The configuration.</param>
/// <param name="waits">Shared with <see cref="ChangelogDelivery"/>.</param>
public sealed class ChangelogWriter(Database database, OutboxWriter outbox, OutboxPump pump, CurrentSettings settings, AppendWaits waits) : IChangelog, IChanges
{
    private const int LookedAt = 200;

    // What has a date alone stands at its beginning.
    private static readonly TimeSpan OfADay = TimeSpan.FromDays(1);

    // What waits longer is not on its way.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    public async Task<Appending> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken)
    {
        var row = await database.WriteAsync(
            async transaction =>
            {
                var (number, carried) = await StoreAsync(transaction, entry, null, askedIn);
                await TodoStore.ApplyAsync(transaction, entry, number);
                return carried;
            },
            cancellationToken);
        return await CarryAsync(entry, row, cancellationToken);
    }

    public async Task<UndoResult> UndoAsync(Undo undo, string? askedIn, CancellationToken cancellationToken)
    {
        var (result, strike, row) = await database.WriteAsync(transaction => UndoAsync(transaction, undo, askedIn), cancellationToken);
        return strike is null ? result : result with { Append = await CarryAsync(strike, row, cancellationToken) };
    }

    public Task<IReadOnlyList<ChangelogEntry>> SinceAsync(string? machine, DateTimeOffset since, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            transaction => machine is null
                ? ChangelogStore.WrittenSinceAsync(transaction, since - OfADay, count)
                : ChangelogStore.OfMachineAsync(transaction, machine, since - OfADay, count),
            cancellationToken);

    public Task<IReadOnlyList<OpenPoint>> OpenPointsAsync(int count, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => TodoStore.OpenAsync(transaction, count), cancellationToken);

    public Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        count == 1
            ? database.RecallAsync("last line", machine, static (transaction, of) => ChangelogStore.LatestAsync(transaction, of!, 1), cancellationToken)
            : database.ReadAsync(transaction => ChangelogStore.LatestAsync(transaction, machine, count), cancellationToken);

    Task<IReadOnlyList<Change>> IChanges.LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        count == 1
            ? database.RecallAsync("last change", machine, static (transaction, of) => ChangeStore.LatestAsync(transaction, of!, 1), cancellationToken)
            : database.ReadAsync(transaction => ChangeStore.LatestAsync(transaction, machine, count), cancellationToken);

    Task<Change?> IChanges.BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction => RecentChange.Before(
            await ChangeStore.OfMachineAsync(transaction, Name.OfMachine(machine), at - RecentChange.Within, at, LookedAt), Name.OfMachine(machine), at),
        cancellationToken);

    private async Task<Appending> CarryAsync(ChangelogEntry entry, long? row, CancellationToken cancellationToken)
    {
        if (row is not { } waiting)
        {
            return new Appending(AppendResult.StoredOnly);
        }

        if (ChangelogDelivery.FileOf(ChangelogOf(entry)) is null)
        {
            return new Appending(
                await database.ReadAsync(transaction => IsHeldUpAsync(transaction, entry), cancellationToken) ? AppendResult.Waiting : AppendResult.OnItsWay);
        }

        // Nothing is carried before it is committed.
        if (database.IsTogether)
        {
            return new Appending(AppendResult.OnItsWay);
        }

        try
        {
            await pump.CarryAsync(OutboxStore.ChangelogKind, entry.Machine.Value, cancellationToken);
            return await database.ReadAsync(transaction => OutboxStore.IsDoneAsync(transaction, waiting), cancellationToken)
                ? new Appending(AppendResult.Appended, waits.End(waiting))
                : new Appending(AppendResult.Waiting);
        }
        finally
        {
            waits.End(waiting);
        }
    }

    private async Task<(UndoResult Result, ChangelogEntry? Strike, long? Row)> UndoAsync(StoreTransaction transaction, Undo undo, string? askedIn)
    {
        var own = await ChangelogStore.LastTypedAsync(transaction, undo.By.Value, undo.Machine, default);
        var last = await ChangelogStore.LastTypedAsync(transaction, null, undo.Machine, undo.At - Undo.Window);
        var outcome = undo.Judge(own, last);
        var meant = outcome == UndoOutcome.OfSomebodyElse ? last : outcome == UndoOutcome.NothingToUndo ? null : own;
        var entry = meant is null ? null : await ChangelogStore.WithNumberAsync(transaction, meant.Number);
        if (outcome != UndoOutcome.Undone)
        {
            return (new UndoResult(outcome, entry), null, null);
        }

        var strike = undo.Strike(entry!, meant!.Number, settings.Value.Phrases);
        var (number, row) = await StoreAsync(transaction, strike, meant.Number, askedIn);
        await TodoStore.UndoAsync(transaction, meant.Number, number);
        return (new UndoResult(outcome, entry, meant.Number), strike, row);
    }

    private string? ChangelogOf(ChangelogEntry entry) => settings.Value.Settings.Inventory.Find(entry.Machine.Value)?.Changelog;

    private async Task<(long Number, long? Row)> StoreAsync(StoreTransaction transaction, ChangelogEntry entry, long? strikes, string? askedIn)
    {
        var number = await ChangelogStore.AddAsync(transaction, entry, strikes);
        long? row = null;
        if (ChangelogOf(entry) is { } changelog)
        {
            // Before the pump is woken.
            if (ChangelogDelivery.FileOf(changelog) is not null && !database.IsTogether)
            {
                transaction.AfterCommit(() => waits.Begin(row!.Value));
            }

            row = await OutboxStore.AddAsync(
                transaction, OutboxStore.ChangelogKind, entry.Machine.Value, entry.Text.SaidTo, Written(entry, number), entry.At);
        }

        if (askedIn is null)
        {
            await outbox.SayAsync(
                transaction,
                settings.Value.Phrases.Say(Sentences.ChangelogEntry, entry.Machine, entry.By, entry.Text),
                entry.At,
                About.Nothing);
        }

        return (number, row);
    }

    private string Written(ChangelogEntry entry, long number)
    {
        var live = settings.Value.Settings;
        return ChangelogFormat.Write(entry, number, live.Changelog.Style, live.TimeZone);
    }

    private static async Task<bool> IsHeldUpAsync(StoreTransaction transaction, ChangelogEntry entry) =>
        (await OutboxStore.PendingAsync(transaction, OutboxStore.ChangelogKind, entry.Machine.Value, 1)) is [var oldest] && entry.At - oldest.At > OnItsWay;
}
