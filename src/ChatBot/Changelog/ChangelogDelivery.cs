using ChatBot.Configuration;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>
/// Appends lines to the changelogs of machines whose file is on this machine, again until it succeeds. Lines for machines that are
/// reached by ssh wait.
/// </summary>
public sealed partial class ChangelogDelivery(CurrentSettings settings, ILogger<ChangelogDelivery> logger) : IDelivery
{
    private const string FileScheme = "file:";
    private const int MostRows = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    // A file can become writable at any time.
    event Action<string>? IDelivery.Ready
    {
        add { }
        remove { }
    }

    public string Kind => OutboxStore.ChangelogKind;

    public string? ReasonAgainst(string target, Audience audience) => ChangelogOf(target) is null ? OutboxPump.NotConfigured : null;

    public OutboxRange? RangeWanted(string target) => IsFile(ChangelogOf(target)) ? new OutboxRange(MostRows) : null;

    // On a thread of its own: a file on a network that hangs keeps nobody waiting who asked for something else.
    public Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken) =>
        Task.Run(() => Append(target, rows), cancellationToken);

    private DeliveryReport Append(string target, IReadOnlyList<OutboxRow> rows)
    {
        var attempts = new List<DeliveryAttempt>();
        foreach (var row in rows)
        {
            attempts.Add(new DeliveryAttempt([row.Id], Append(target, row)));
            if (attempts[^1].Result is DeliveryResult.TryLater)
            {
                break;
            }
        }

        return new DeliveryReport(attempts);
    }

    /// <summary>Whether a machine's changelog is a file of this machine.</summary>
    internal static bool IsFile(string? changelog) => changelog?.StartsWith(FileScheme, StringComparison.Ordinal) == true;

    private string? ChangelogOf(string machine) => settings.Value.Settings.Inventory.Find(machine)?.Changelog;

    private DeliveryResult Append(string machine, OutboxRow row)
    {
        try
        {
            ChangelogFile.AppendLine(ChangelogOf(machine)![FileScheme.Length..], row.Payload);
            return new DeliveryResult.Sent();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            LogNotAppended(logger, machine, e.Message);
            return new DeliveryResult.TryLater(RetryAfter);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changelog of {Machine} could not be written, and is tried again: {Reason}")]
    private static partial void LogNotAppended(ILogger logger, string machine, string reason);
}
