using ChatBot.Configuration;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Changelog;

/// <summary>Asks the root group once who made a change of which nobody wrote a line.</summary>
public sealed class ChangeQuestions(OutboxWriter outbox, CurrentSettings settings)
{
    // metche reports a change once an hour has been quiet, so that a line may well be older than the change.
    private static readonly TimeSpan WrittenBefore = TimeSpan.FromHours(2);

    // unattended-upgrades writes once a day, before or after metche has seen the packages.
    private static readonly TimeSpan UpgradedBefore = TimeSpan.FromHours(26);

    /// <summary>Asks what is to be asked by now.</summary>
    public async Task AskDueAsync(Database database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(transaction => AreDueAsync(transaction, now), cancellationToken))
        {
            await database.WriteAsync(transaction => AskDueAsync(transaction, now), cancellationToken);
        }
    }

    private async Task AskDueAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var machine in (await ChangeQuestionStore.WaitingAsync(transaction)).GroupBy(one => one.Change.Machine))
        {
            if (!machine.Any(one => Announcement.IsDue(one.AskAt, now, ChangeOrigin.Patience)))
            {
                continue;
            }

            await ChangeQuestionStore.SettleAsync(transaction, machine.Key.Value);
            List<Change> changes = [.. machine.Select(one => one.Change).OrderBy(change => change.At)];
            await AskAsync(transaction, changes, now);
        }
    }

    private static async Task<bool> AreDueAsync(StoreTransaction transaction, DateTimeOffset now) =>
        (await ChangeQuestionStore.WaitingAsync(transaction)).Any(one => Announcement.IsDue(one.AskAt, now, ChangeOrigin.Patience));

    /// <summary>Those of which nobody has written who made them, and no program says that it did.</summary>
    /// <param name="transaction">A transaction.</param>
    /// <param name="changes">Of one machine, the oldest first; at least one.</param>
    public static async Task<IReadOnlyList<Change>> UnexplainedAsync(StoreTransaction transaction, IReadOnlyList<Change> changes)
    {
        if (await ChangeQuestionStore.IsAnsweredAsync(transaction, changes[0].Machine.Value, changes[0].At - WrittenBefore, changes[0].At))
        {
            return [];
        }

        var automatic = await ChangeQuestionStore.AutomaticPackagesAsync(transaction, changes[0].Machine.Value, changes[0].At - UpgradedBefore);
        return changes
            .Select(change => change with
            {
                Summary = change.Summary with { Packages = [.. change.Summary.Packages.Where(package => !automatic.Contains(package))] },
            })
            .Where(change => RecentChange.SomethingMoved(change.Summary))
            .ToList();
    }

    private async Task AskAsync(StoreTransaction transaction, List<Change> changes, DateTimeOffset now)
    {
        var unexplained = await UnexplainedAsync(transaction, changes);
        if (unexplained.Count == 0)
        {
            return;
        }

        var live = settings.Value;
        var prefix = PublicText.Declared(live.Settings.Irc.CommandPrefix);
        await outbox.SayAsync(transaction, new ChangeMention(live.Phrases).WhoDid(unexplained, prefix, now), now, About.Nothing);
    }
}
