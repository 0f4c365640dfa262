using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Text;
using ChatBot.Incidents;
using ChatBot.Outbox;
using ChatBot.Storage;

namespace ChatBot.Interventions;

/// <summary>Carries out interventions: each step is stored in one transaction with what is to be said of it, so that it is said once.</summary>
public sealed class InterventionBook(
    Database database, OutboxWriter outbox, CurrentSettings settings, TimeProvider time) : IInterventions
{
    public Task<IReadOnlyList<Intervention>> ComingAsync(CancellationToken cancellationToken) =>
        database.RecallAsync("interventions", null, static (transaction, _) => InterventionStore.ComingAsync(transaction), cancellationToken);

    public Task<Intervention?> FindAsync(long number, CancellationToken cancellationToken) =>
        database.ReadAsync(transaction => InterventionStore.FindAsync(transaction, number), cancellationToken);

    public async Task<Line> PlanAsync(Intervention intervention, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var planned = InterventionRules.Planned(intervention, intervention.BeginsAt, intervention.EndsAt, now);
        return (await ChangeAsync(
            async transaction =>
            {
                // What begins now is announced by its beginning.
                var begins = planned.BeginsAt <= now;
                var saved = await InterventionStore.SaveAsync(transaction, begins ? planned with { BeganAt = now } : planned);
                await AskDowntimeAsync(transaction, saved, now);
                var lines = settings.Value.Interventions;
                return (begins ? lines.Begins(saved, now) : lines.Announced(saved), About.Nothing);
            },
            now,
            askedIn,
            cancellationToken))!.Value;
    }

    public Task<Line?> MoveAsync(
        long number, DateTimeOffset begins, DateTimeOffset ends, PublicText by, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            async transaction =>
            {
                if (await InterventionStore.FindAsync(transaction, number) is not { IsOver: false } one || (one.IsInCourse && one.BeginsAt != begins))
                {
                    return null;
                }

                var moved = (one.IsInCourse ? one with { EndsAt = ends } : InterventionRules.Planned(one, begins, ends, now)) with
                {
                    Moves = one.Moves + 1,
                };
                await InterventionStore.SaveAsync(transaction, moved);
                await CancelDowntimeAsync(transaction, one, now);
                await AskDowntimeAsync(transaction, moved, now);
                return (settings.Value.Interventions.NewTimes(moved, by, now), About.Nothing);
            },
            now,
            askedIn,
            cancellationToken);
    }

    public Task<Line?> CancelAsync(long number, PublicText by, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            async transaction =>
            {
                if (await InterventionStore.FindAsync(transaction, number) is not { IsOver: false, IsInCourse: false } one)
                {
                    return null;
                }

                var cancelled = one with { OverAt = now, IsCancelled = true };
                await InterventionStore.SaveAsync(transaction, cancelled);
                await CancelDowntimeAsync(transaction, one, now);
                return (settings.Value.Interventions.Cancelled(cancelled, by), About.Nothing);
            },
            now,
            askedIn,
            cancellationToken);
    }

    public Task<Line?> FinishAsync(long number, string? askedIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(
            async transaction =>
            {
                if (await InterventionStore.FindAsync(transaction, number) is not { IsInCourse: true } one)
                {
                    return null;
                }

                await CancelDowntimeAsync(transaction, one, now);
                return await StepAsync(transaction, InterventionStep.Ends, one with { OverAt = now }, now);
            },
            now,
            askedIn,
            cancellationToken);
    }

    /// <summary>Does what is due, and announces it.</summary>
    public async Task TurnAsync(StoreTransaction transaction, DateTimeOffset now)
    {
        foreach (var one in await InterventionStore.ComingAsync(transaction))
        {
            if (InterventionRules.Due(one, now) is not var (step, after))
            {
                continue;
            }

            if (step is not { } due)
            {
                await InterventionStore.SaveAsync(transaction, after);
                continue;
            }

            var (line, about) = await StepAsync(transaction, due, after, now);
            await outbox.SayAsync(transaction, line, now, about);
        }
    }

    private async Task<(Line Line, About About)> StepAsync(StoreTransaction transaction, InterventionStep step, Intervention after, DateTimeOffset now)
    {
        await InterventionStore.SaveAsync(transaction, after);
        var live = settings.Value;
        var inventory = live.Settings.Inventory;
        if (step != InterventionStep.Ends)
        {
            return (live.Interventions.Of(step, after, null, now), About.Nothing);
        }

        var others = await SituationLoader.SilencesAsync(transaction, inventory);
        var suppressed = await SuppressionEnds.EndAsync(
            transaction, outbox, live.Incidents, ((machine, _) => after.Covers(machine, inventory), after.BeganAt!.Value), others, now);
        var isQuiet = after.Machines.All(machine => SuppressionRules.Of(Name.OfMachine(machine.Value), null, others) is not null);
        return (live.Interventions.Of(step, after, isQuiet ? null : suppressed.Text(live.Phrases, withMachine: true), now), About.Whole(suppressed.Open));
    }

    // The monitor's own silence; one that ends in its time ends there by itself.
    private async Task AskDowntimeAsync(StoreTransaction transaction, Intervention one, DateTimeOffset now)
    {
        foreach (var machine in one.Machines)
        {
            await outbox.AskMonitorAsync(
                transaction,
                new MonitorOrder.ScheduleDowntime(one.DowntimeKey, machine, one.BeginsAt, one.EndsAt, one.By, one.What.Text),
                now);
        }
    }

    private async Task CancelDowntimeAsync(StoreTransaction transaction, Intervention one, DateTimeOffset now)
    {
        foreach (var machine in one.Machines)
        {
            await outbox.AskMonitorAsync(transaction, new MonitorOrder.CancelDowntime(one.DowntimeKey, machine), now);
        }
    }

    private async Task<Line?> ChangeAsync(
        Func<StoreTransaction, Task<(Line Line, About About)?>> change, DateTimeOffset now, string? askedIn, CancellationToken cancellationToken)
    {
        var announced = await database.WriteAsync(
            async transaction =>
            {
                var announced = await change(transaction);
                if (announced is var (line, about))
                {
                    await outbox.SayAsync(transaction, line, now, about, askedIn);
                }

                return announced;
            },
            cancellationToken);
        return announced?.Line;
    }
}
