using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>Keeps changelog entries, and has them carried to the machines' own files: at once where the file is on this machine.</summary>
public sealed class ChangelogWriter(Database database, OutboxWriter outbox, OutboxPump pump, CurrentSettings settings) : IChangelog, IChanges
{
    private const int LookedAt = 200;

    // What waits longer is not on its way.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    public async Task<AppendResult> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken)
    {
        var machine = settings.Value.Settings.Inventory.Find(entry.Machine.Value);
        var row = await database.WriteAsync(transaction => StoreAsync(transaction, entry, machine?.Changelog is not null, askedIn), cancellationToken);
        if (row is not { } waiting)
        {
            return AppendResult.StoredOnly;
        }

        if (!ChangelogDelivery.IsFile(machine!.Changelog))
        {
            return await database.ReadAsync(transaction => IsHeldUpAsync(transaction, entry), cancellationToken) ? AppendResult.Waiting : AppendResult.OnItsWay;
        }

        await pump.CarryAsync(OutboxStore.ChangelogKind, entry.Machine.Value, cancellationToken);
        return await database.ReadAsync(transaction => OutboxStore.IsDoneAsync(transaction, waiting), cancellationToken)
            ? AppendResult.Appended
            : AppendResult.Waiting;
    }

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

    private async Task<long?> StoreAsync(StoreTransaction transaction, ChangelogEntry entry, bool hasFile, string? askedIn)
    {
        var number = await ChangelogStore.AddAsync(transaction, entry);
        long? row = null;
        if (hasFile)
        {
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

        return row;
    }

    private string Written(ChangelogEntry entry, long number)
    {
        var live = settings.Value.Settings;
        return ChangelogFormat.Write(entry, number, live.Changelog.Style, live.TimeZone);
    }

    private static async Task<bool> IsHeldUpAsync(StoreTransaction transaction, ChangelogEntry entry) =>
        (await OutboxStore.PendingAsync(transaction, OutboxStore.ChangelogKind, entry.Machine.Value, 1)) is [var oldest] && entry.At - oldest.At > OnItsWay;
}
