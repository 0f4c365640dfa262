using ChatBot.Core.Incidents;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Monitoring;

/// <summary>
/// Decides about an order by what the monitor's state shows: never written twice where it is there already, and done only where it is seen.
/// </summary>
public static class OrderRules
{
    /// <summary>A state this much newer than the command would show it: then it was lost, and is written again.</summary>
    public static readonly TimeSpan Lost = TimeSpan.FromSeconds(30);

    /// <summary>How long the bot waits for a state that shows it before it says so.</summary>
    public static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(60);

    /// <summary>Decides; changes nothing.</summary>
    /// <param name="waiting">The order.</param>
    /// <param name="state">What the monitor says; null where that cannot be read.</param>
    /// <param name="inventory">Knows machines by all their names.</param>
    /// <param name="now">The time.</param>
    public static OrderStep Decide(WaitingOrder waiting, MonitorState? state, Inventory inventory, DateTimeOffset now)
    {
        if (Void(waiting, now) is { } end)
        {
            return end;
        }

        return state is null ? Unseen(waiting, now) : waiting.Order switch
        {
            MonitorOrder.Acknowledge it => Acknowledge(it, waiting, state, inventory, now),
            MonitorOrder.Unacknowledge => Unacknowledge(waiting, state, inventory, now),
            MonitorOrder.ScheduleDowntime it => Schedule(it, waiting, state, inventory, now),
            MonitorOrder.CancelDowntime it => Cancel(it, waiting, state, now),
            _ => throw new ArgumentOutOfRangeException(nameof(waiting)),
        };
    }

    private static OrderOutcome? Void(WaitingOrder waiting, DateTimeOffset now) => waiting.Order switch
    {
        MonitorOrder.Acknowledge or MonitorOrder.Unacknowledge when waiting.Incident is not { IsOpen: true } => OrderOutcome.IncidentOver,
        MonitorOrder.Acknowledge when waiting.Incident?.Acknowledgement?.At != waiting.At => OrderOutcome.Superseded,
        MonitorOrder.Unacknowledge when waiting.Incident?.Acknowledgement is not null => OrderOutcome.Superseded,
        MonitorOrder.ScheduleDowntime when waiting.IsCancelled => OrderOutcome.Superseded,
        MonitorOrder.ScheduleDowntime it when it.Until <= now => OrderOutcome.TooLate,
        _ => null,
    };

    private static OrderStep Acknowledge(
        MonitorOrder.Acknowledge order, WaitingOrder waiting, MonitorState state, Inventory inventory, DateTimeOffset now)
    {
        if (Check(waiting, state, inventory) is not { } check)
        {
            return IsNews(state, waiting) ? OrderOutcome.Unknown : Unseen(waiting, now);
        }

        if (check.IsAcknowledged)
        {
            return Shows(state, waiting) ? OrderOutcome.Shown : Unseen(waiting, now);
        }

        if (check.State.IsGood())
        {
            return IsNews(state, waiting) ? OrderOutcome.AlreadyWell : Unseen(waiting, now);
        }

        return Send(
            new MonitorAction.Acknowledge(check, order.By.Value, order.Reason.Value, MonitorMark.Of(order.Incident)), waiting, state, now);
    }

    private static OrderStep Unacknowledge(WaitingOrder waiting, MonitorState state, Inventory inventory, DateTimeOffset now)
    {
        if (Check(waiting, state, inventory) is not { } check)
        {
            return IsNews(state, waiting) ? OrderOutcome.Unknown : Unseen(waiting, now);
        }

        if (!check.IsAcknowledged)
        {
            return IsNews(state, waiting) ? OrderOutcome.Shown : Unseen(waiting, now);
        }

        return Send(new MonitorAction.RemoveAcknowledgement(check), waiting, state, now);
    }

    private static OrderStep Schedule(
        MonitorOrder.ScheduleDowntime order, WaitingOrder waiting, MonitorState state, Inventory inventory, DateTimeOffset now)
    {
        if (state.Find(Name.OfMachine(order.Machine.Value), null, inventory) is not { } host)
        {
            return IsNews(state, waiting) ? OrderOutcome.Unknown : Unseen(waiting, now);
        }

        var mark = MonitorMark.Of(order.Key);
        if (state.Downtimes.Any(one => one.Host == host.Host && Ends(one, mark)))
        {
            return OrderOutcome.Shown;
        }

        return Send(
            new MonitorAction.ScheduleDowntime(host.Host, order.From, order.Until, order.By.Value, order.Reason.Value, mark),
            waiting,
            state,
            now);
    }

    private static OrderStep Cancel(MonitorOrder.CancelDowntime order, WaitingOrder waiting, MonitorState state, DateTimeOffset now)
    {
        var mark = MonitorMark.Of(order.Key);
        var its = state.Downtimes.Where(one => Ends(one, mark)).ToList();
        if (its.Count == 0)
        {
            return IsNews(state, waiting) ? OrderOutcome.Shown : Unseen(waiting, now);
        }

        return Send(new MonitorAction.DeleteDowntimes(its), waiting, state, now);
    }

    // Once, and again only where a newer state would show it.
    private static OrderStep Send(MonitorAction action, WaitingOrder waiting, MonitorState state, DateTimeOffset now) =>
        waiting.WrittenAt is not { } written || state.CreatedAt > written + Lost
            ? new OrderStep(OrderOutcome.Send, action)
            : Unseen(waiting, now);

    private static OrderOutcome Unseen(WaitingOrder waiting, DateTimeOffset now) =>
        now >= (waiting.WrittenAt ?? waiting.At) + ConfirmedWithin ? OrderOutcome.NotConfirmed : OrderOutcome.Wait;

    // Its seconds are whole: one of the very second may have been made before.
    private static bool IsNews(MonitorState state, WaitingOrder waiting) => state.CreatedAt > (waiting.WrittenAt ?? waiting.At);

    private static bool Shows(MonitorState state, WaitingOrder waiting) => state.CreatedAt.AddSeconds(1) > (waiting.WrittenAt ?? waiting.At);

    private static MonitoredCheck? Check(WaitingOrder waiting, MonitorState state, Inventory inventory) =>
        state.Find(waiting.Incident!.Machine, waiting.Incident.Service, inventory, waiting.Incident.Part);

    private static bool Ends(MonitoredDowntime downtime, string mark) => downtime.Comment.EndsWith(mark, StringComparison.Ordinal);
}
