using System.Collections.Concurrent;
using ChatBot.Configuration;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>
/// Appends entries to the changelogs of machines, in their order, again until it succeeds: to a file of this machine, or by ssh where
/// <c>changelog-append</c> runs.
/// </summary>
/// <param name="settings">The configuration.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what could not be written.</param>
/// <param name="waits">Who waits for the place of an entry.</param>
/// <param name="ssh">OpenSSH's client.</param>
public sealed partial class ChangelogDelivery(
    CurrentSettings settings, TimeProvider time, ILogger<ChangelogDelivery> logger, AppendWaits waits, string ssh = SshProgram.Usual) : IDelivery
{
    private const string FileScheme = "file:";
    private const string SshScheme = "ssh:";
    private const string OwnProgram = "changelog-append";
    private const int MostRows = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    // A configuration that is read again lets everything be tried.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly SshChangelog _ssh = new(settings, time, logger, ssh);

    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    // What was said last of a machine that could not write; each reason is said once.
    private readonly ConcurrentDictionary<string, string> _said = new(StringComparer.Ordinal);

    // A file can become writable at any time.
    event Action<string>? IDelivery.Ready
    {
        add { }
        remove { }
    }

    public string Kind => OutboxStore.ChangelogKind;

    public string? ReasonAgainst(string target, Audience audience) => ChangelogOf(target) is null ? OutboxPump.NotConfigured : null;

    public OutboxRange? RangeWanted(string target) => ChangelogOf(target) is null ? null : new OutboxRange(MostRows);

    public Task<DeliveryReport> TryAsync(string target, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken) =>
        ChangelogOf(target) switch
        {
            { } place when FileOf(place) is { } file =>
                // On a thread of its own: a file on a network that hangs keeps nobody waiting who asked for something else.
                Task.Run(() => Append(target, file, rows), cancellationToken),
            { } place => AppendAsync(target, place[SshScheme.Length..], rows, cancellationToken),
            null => Task.FromResult(DeliveryReport.NothingTried),
        };

    /// <summary>The end of a machine's changelog, or why it is not to be had.</summary>
    /// <exception cref="IOException">A file of this machine cannot be read.</exception>
    internal async Task<SshOutcome> TailAsync(string machine, CancellationToken cancellationToken) => ChangelogOf(machine) switch
    {
        { } place when FileOf(place) is { } file => await Task.Run(() => ChangelogFile.Tail(file), cancellationToken),
        { } place => await _ssh.TailAsync(place[SshScheme.Length..], cancellationToken),
        null => new SshOutcome.Refused(OutboxPump.NotConfigured),
    };

    /// <summary>Whether an entry was appended there since this was asked last.</summary>
    internal bool TakeWritten(string machine) => _written.TryRemove(machine, out _);

    /// <summary>The full path where a machine's changelog is a file of this machine, else null.</summary>
    internal static string? FileOf(string? changelog) =>
        changelog?.StartsWith(FileScheme, StringComparison.Ordinal) == true ? changelog[FileScheme.Length..] : null;

    private string? ChangelogOf(string machine) => settings.Value.Settings.Inventory.Find(machine)?.Changelog;

    private DeliveryReport Append(string machine, string path, IReadOnlyList<OutboxRow> rows)
    {
        var attempts = new List<DeliveryAttempt>();
        var late = new List<(Audience Audience, SshOutcome.Appended Place)>();
        var lines = new List<Line>();
        foreach (var row in rows)
        {
            try
            {
                var place = ChangelogFile.Append(path, row.Payload);
                attempts.Add(new DeliveryAttempt([row.Id], new DeliveryResult.Sent()));
                _written[machine] = true;
                _said.TryRemove(machine, out _);
                if (!waits.Tell(row.Id, place))
                {
                    late.Add((Remarks.Read(row.Audience), new SshOutcome.Appended(place.First, place.Last, path)));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                LogNotAppended(logger, machine, e.Message);
                attempts.Add(new DeliveryAttempt([row.Id], new DeliveryResult.TryLater(RetryAfter)));
                if (Notice(machine, e is ChangelogFileException known ? known.Outcome : new SshOutcome.NotWritten("", path)) is { } notice)
                {
                    lines.Add(notice);
                }

                break;
            }
        }

        return new DeliveryReport(attempts) { Announcements = [.. Places(machine, late), .. lines] };
    }

    private async Task<DeliveryReport> AppendAsync(string machine, string host, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var attempts = new List<DeliveryAttempt>();
        var appended = new List<(Audience Audience, SshOutcome.Appended Place)>();
        var lines = new List<Line>();
        var left = SshAnswer.MostInput;
        var sent = rows.TakeWhile((row, at) => (left -= SshAnswer.Size(row.Payload)) >= 0 || at == 0).ToList();
        foreach (var (row, outcome) in sent.Zip(await _ssh.AppendAsync(host, [.. sent.Select(row => row.Payload)], cancellationToken)))
        {
            if (outcome is SshOutcome.Appended place)
            {
                _written[machine] = true;
                appended.Add((Remarks.Read(row.Audience), place));
            }

            attempts.Add(new DeliveryAttempt([row.Id], Result(outcome)));
            if (Notice(machine, outcome) is { } notice)
            {
                lines.Add(notice);
            }
        }

        return new DeliveryReport(attempts) { Announcements = [.. Places(machine, appended), .. lines] };
    }

    private static DeliveryResult Result(SshOutcome outcome) => outcome switch
    {
        SshOutcome.Appended => new DeliveryResult.Sent(),
        SshOutcome.Refused refused => new DeliveryResult.Refused(refused.Reason),
        SshOutcome.Failed failed => new DeliveryResult.TryLater(failed.Wait < LookAgain ? failed.Wait : LookAgain),
        SshOutcome.Barred barred => new DeliveryResult.TryLater(barred.Left < LookAgain ? barred.Left : LookAgain),
        _ => new DeliveryResult.TryLater(RetryAfter),
    };

    // Each where it was asked for: what was said to the root group stays there.
    private IEnumerable<Line> Places(string machine, List<(Audience Audience, SshOutcome.Appended Place)> appended)
    {
        var notices = new ChangelogNotices(settings.Value.Phrases);
        foreach (var audience in appended.GroupBy(one => one.Audience, one => one.Place))
        {
            var line = notices.Where(Name.OfMachine(machine), [.. audience]);
            yield return audience.Key == Audience.Public ? line : line.ForRootAlone;
        }
    }

    private Line? Notice(string machine, SshOutcome outcome)
    {
        var (notices, name) = (new ChangelogNotices(settings.Value.Phrases), Name.OfMachine(machine));
        switch (outcome)
        {
            case SshOutcome.Failed failed:
                return failed.IsToSay ? notices.OfFailed(name, failed) : null;
            case SshOutcome.Busy { Program: OwnProgram }:
                return null; // An earlier call whose connection was cut: it ends by itself.
            case SshOutcome.Busy busy:
                return IsNews(machine, busy.Program) ? notices.OfBusy(name, busy) : null;
            case SshOutcome.NotWritten no:
                return IsNews(machine, no.Reason) ? notices.OfNotWritten(name, no) : null;
            case SshOutcome.Appended:
                _said.TryRemove(machine, out _);
                return null;
            default:
                return null;
        }
    }

    private bool IsNews(string machine, string reason)
    {
        var isNews = _said.GetValueOrDefault(machine) != reason;
        _said[machine] = reason;
        return isNews;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changelog of {Machine} could not be written, and is tried again: {Reason}")]
    private static partial void LogNotAppended(ILogger logger, string machine, string reason);
}
