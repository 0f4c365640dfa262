using System.Data.Common;
using System.Globalization;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>
/// Keeps changelog entries and carries them to the machines' own files: at once where the file is on this machine, again until
/// it succeeds where it fails. Lines for machines reached by ssh stay in the outbox.
/// </summary>
public sealed partial class ChangelogWriter(
    Database database, OutboxWriter outbox, CurrentSettings settings, TimeProvider time, ILogger<ChangelogWriter> logger)
    : IChangelog, IChanges, IDisposable
{
    private const string FileScheme = "file:";
    private const int LookedAt = 200;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _appending = new(1, 1);
    private readonly Signal _retry = new();

    public async Task<AppendResult> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken)
    {
        var machine = settings.Value.Settings.Inventory.Find(entry.Machine.Value);
        await database.WriteAsync(transaction => StoreAsync(transaction, entry, machine?.Changelog is not null, askedIn), cancellationToken);
        if (machine?.Changelog is not { } changelog)
        {
            return AppendResult.StoredOnly;
        }

        if (!changelog.StartsWith(FileScheme, StringComparison.Ordinal))
        {
            return AppendResult.WaitingForSsh;
        }

        var delivered = false;
        try
        {
            delivered = await DeliverAsync(machine.Name, changelog[FileScheme.Length..], cancellationToken);
        }
        finally
        {
            if (!delivered)
            {
                _retry.Set(); // The loop tries once more, and from then on by its own clock.
            }
        }

        return delivered ? AppendResult.Appended : AppendResult.Waiting;
    }

    public Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => ChangelogStore.LatestAsync(transaction, machine, count), cancellationToken);

    Task<IReadOnlyList<Change>> IChanges.LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => ChangeStore.LatestAsync(transaction, machine, count), cancellationToken);

    Task<Change?> IChanges.BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken) => database.ReadAsync(
        async transaction => RecentChange.Before(
            await ChangeStore.BetweenAsync(transaction, at - RecentChange.Within, at, LookedAt), PublicText.Declared(machine), at),
        cancellationToken);

    public void Dispose() => _appending.Dispose();

    /// <summary>Tries again what waits for files of this machine, for ever.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var all = true;
            foreach (var machine in settings.Value.Settings.Inventory.Machines)
            {
                if (machine.Changelog is { } changelog && changelog.StartsWith(FileScheme, StringComparison.Ordinal))
                {
                    all &= await DeliverAsync(machine.Name, changelog[FileScheme.Length..], cancellationToken);
                }
            }

            await _retry.WaitAsync(all ? null : RetryAfter, time, cancellationToken);
        }
    }

    private async Task StoreAsync(StoreTransaction transaction, ChangelogEntry entry, bool hasFile, string? askedIn)
    {
        await ChangelogStore.AddAsync(transaction, entry);
        if (hasFile)
        {
            await OutboxStore.AddAsync(
                transaction, OutboxStore.ChangelogKind, entry.Machine.Value, Audience.Root, FileLine(entry), entry.At);
        }

        if (askedIn is null)
        {
            await outbox.SayAsync(
                transaction,
                settings.Value.Phrases.Say(Sentences.ChangelogEntry, entry.Machine, entry.By, entry.Text),
                entry.At,
                About.Nothing);
        }
    }

    private string FileLine(ChangelogEntry entry)
    {
        var local = TimeZoneInfo.ConvertTime(entry.At, settings.Value.Settings.TimeZone);
        return $"{local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {entry.By}: {entry.Text.Text.Value}";
    }

    /// <returns>Whether nothing waits for that file any more.</returns>
    private async Task<bool> DeliverAsync(string machine, string path, CancellationToken cancellationToken)
    {
        await _appending.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var rows = await database.ReadAsync(
                    transaction => OutboxStore.PendingAsync(transaction, OutboxStore.ChangelogKind, machine, 50), cancellationToken);
                if (rows.Count == 0)
                {
                    return true;
                }

                foreach (var row in rows)
                {
                    ChangelogFile.AppendLine(path, row.Text);
                    await database.WriteAsync(transaction => OutboxStore.DoneAsync(transaction, row.Id, time.GetUtcNow()), cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or DbException)
        {
            LogNotAppended(logger, machine, e.Message);
            return false;
        }
        finally
        {
            _appending.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changelog of {Machine} could not be written, and is tried again: {Reason}")]
    private static partial void LogNotAppended(ILogger logger, string machine, string reason);
}
