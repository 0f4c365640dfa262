using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using ChatBot.Outbox;
using ChatBot.Reports;
using ChatBot.Storage;

namespace ChatBot.Incidents;

/// <summary>Loads what is known of incidents, has the planner decide, and stores the outcome: all in one transaction.</summary>
public sealed class IncidentBook(
    Database database, OutboxWriter outbox, CurrentSettings settings, BotMetrics metrics, TimeProvider time) : IIncidents
{
    // What the store does not keep: a restart forgets it, and two lines may be said for one.
    private DateTimeOffset? _manyEndedAt;

    private readonly IncidentMails _mails = new(settings);

    /// <summary>Applies reports that name their machine and state, in order.</summary>
    /// <param name="transaction">A transaction.</param>
    /// <param name="reports">Of one message.</param>
    /// <param name="at">When it arrived.</param>
    /// <param name="mail">What is remembered of it, where it is a mail.</param>
    public async Task ApplyAsync(StoreTransaction transaction, IReadOnlyList<Report> reports, DateTimeOffset at, OpeningMail? mail = null)
    {
        var live = settings.Value;
        var situation = await SituationLoader.OfReportsAsync(transaction, live.Settings.Inventory, reports, at);
        await SaveAsync(transaction, live.Planner.Plan(situation, reports, at, time.GetUtcNow()), openedBy: mail);
    }

    /// <summary>Puts into the outbox what is to be announced by now.</summary>
    public async Task AnnounceDueAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        await SettleAsync(transaction, now);
        await AnnounceAsync(transaction, now, later: null);
    }

    /// <summary>Ends expired acknowledgements, and puts into the outbox what is to be announced by now.</summary>
    /// <returns>When something about incidents is due next; null where nothing is.</returns>
    public async Task<DateTimeOffset?> TurnAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var planner = settings.Value.Planner;
        await SaveAsync(transaction, planner.Expire(await DueStore.AcknowledgedUntilAsync(transaction, now), now));
        await SettleAsync(transaction, now);
        var later = planner.NextAt(
            await DueStore.NextAcknowledgedUntilAsync(transaction),
            null,
            await CheckHistoryStore.NextSettledAsync(transaction),
            await DueStore.FirstUnacknowledgedAsync(transaction, now - planner.Rules.Repeat, planner.Rules.Repeat));
        return (await AnnounceAsync(transaction, now, later)).NextAt;
    }

    /// <summary>When something about incidents is due, alerts that wait for company apart; null where nothing is.</summary>
    public async Task<DateTimeOffset?> FirstAsync(StoreTransaction transaction) => settings.Value.Planner.NextAt(
        await DueStore.NextAcknowledgedUntilAsync(transaction),
        await DueStore.NextUninhibitedAsync(transaction),
        await CheckHistoryStore.NextSettledAsync(transaction),
        await DueStore.FirstUnacknowledgedAsync(transaction, DateTimeOffset.UnixEpoch, settings.Value.Planner.Rules.Repeat));

    /// <summary>Time has passed without a message about what its program never reports to have ended: some of it may be silent now.</summary>
    /// <param name="transaction">A transaction.</param>
    /// <param name="listened">For how long every mailbox was watched since the last call.</param>
    /// <param name="now">The moment.</param>
    public async Task PassAsync(StoreTransaction transaction, TimeSpan listened, DateTimeOffset now)
    {
        var unheard = await DueStore.PassUnheardAsync(transaction, listened);
        if (unheard.Any(incident => incident.Repeats!.IsOverdue))
        {
            var live = settings.Value;
            var silences = await SituationLoader.SilencesAsync(transaction, live.Settings.Inventory);
            await SaveAsync(transaction, live.Planner.FallSilent(new Situation { Silences = silences, Incidents = unheard }, now));
        }
    }

    /// <summary>Ends an incident that nobody watches any more.</summary>
    public Task UnwatchAsync(StoreTransaction transaction, Incident open, DateTimeOffset now) => SaveAsync(transaction, Planner.Unwatch(open, now));

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancellationToken) =>
        database.RecallAsync("open", machine, IncidentStore.OpenAsync, cancellationToken);

    public Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<string> machines, CancellationToken cancellationToken) =>
        database.RecallAsync(
            "open of", string.Join('\n', machines), (transaction, _) => IncidentStore.OpenOfAsync(transaction, machines), cancellationToken);

    public Task<long> CountOpenAsync(CancellationToken cancellationToken) => database.ReadAsync(OpenStore.CountAsync, cancellationToken);

    public Task<IReadOnlyList<OpenMachine>> OpenMachinesAsync(Audience audience, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => OpenStore.MachinesAsync(transaction, audience), cancellationToken);

    public Task<OpenCauses> OpenCausesAsync(Audience audience, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => OpenStore.CausesAsync(transaction, audience, most, IncidentText.MostInhibited), cancellationToken);

    public Task<long?> WaitingAsync(CancellationToken cancellationToken) => database.ReadAsync(OpenStore.WaitingAsync, cancellationToken);

    public Task<Incident?> FindAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => IncidentStore.FindAsync(transaction, number), cancellationToken);

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => IncidentStore.StoryAsync(transaction, number), cancellationToken);

    public Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(
        IReadOnlyList<long> numbers, Acknowledgement acknowledgement, string? askedIn, CancellationToken cancellationToken) =>
        EachAsync(numbers, known => settings.Value.Planner.Acknowledge(numbers, known, acknowledgement), askedIn, cancellationToken);

    public Task<IReadOnlyList<AcknowledgeOutcome>> CloseAsync(
        IReadOnlyList<long> numbers, PublicText by, Remark reason, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return EachAsync(numbers, known => settings.Value.Planner.Close(numbers, known, by, reason, now), askedIn, cancellationToken);
    }

    public Task<IReadOnlyList<AcknowledgeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return EachAsync(numbers, known => settings.Value.Planner.Release(numbers, known, by, now), askedIn, cancellationToken);
    }

    private async Task SettleAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        var live = settings.Value;
        if (await SituationLoader.SettledAsync(transaction, live.Settings.Inventory, now) is { } settled)
        {
            await SaveAsync(transaction, live.Planner.Settle(settled, now));
        }
    }

    private async Task<Outcome> AnnounceAsync(StoreTransaction transaction, DateTimeOffset now, DateTimeOffset? later)
    {
        var live = settings.Value;
        var situation = await SituationLoader.DueAsync(transaction, live.Planner, live.Settings.Inventory, now);
        var outcome = live.Planner.Due(situation with { ManyEndedAt = _manyEndedAt, Later = later }, now);
        await SaveAsync(transaction, outcome);
        return outcome;
    }

    private Task<IReadOnlyList<AcknowledgeOutcome>> EachAsync(
        IReadOnlyList<long> numbers, Func<IReadOnlyList<Incident>, (IReadOnlyList<AcknowledgeOutcome>, Outcome)> decide, string? askedIn,
        CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            var known = new List<Incident>();
            foreach (var number in numbers.Distinct())
            {
                if (await IncidentStore.FindAsync(transaction, number) is { } incident)
                {
                    known.Add(incident);
                }
            }

            var (each, outcome) = decide(known);
            await SaveAsync(transaction, outcome, askedIn);
            return each;
        },
        cancellationToken);

    private async Task SaveAsync(StoreTransaction transaction, Outcome outcome, string? askedIn = null, OpeningMail? openedBy = null)
    {
        await OutcomeSaver.SaveAsync(transaction, outbox, settings.Value.Incidents, outcome, askedIn, _mails, openedBy);
        transaction.AfterCommit(() =>
        {
            foreach (var reason in outcome.Suppressed)
            {
                metrics.Suppressed(reason);
            }

            _manyEndedAt = outcome.ManyEndedAt ?? _manyEndedAt;
        });
    }
}
