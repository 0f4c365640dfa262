using ChatBot.Core.Monitoring;
using ChatBot.Storage;

namespace ChatBot.Monitoring;

/// <summary>What a turn made of one order.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Order">Null for a row that is none.</param>
/// <param name="Outcome">Its end, or that it still waits.</param>
/// <param name="Trouble">Why it waits, where that is to be said.</param>
internal sealed record OrderResult(OutboxRow Row, WaitingOrder? Order, OrderOutcome Outcome, MonitorTrouble? Trouble)
{
    /// <summary>The monitor has just been given it.</summary>
    public bool IsFresh { get; init; }

    public bool IsEnd => new OrderStep(Outcome).IsEnd;
}

/// <summary>What became of handing an action to the monitor.</summary>
/// <param name="Outcome"><see cref="OrderOutcome.Wait"/> where it has it, <see cref="OrderOutcome.Send"/> where it is to be tried
/// again; else its end.</param>
/// <param name="Trouble">Why it is to be tried again.</param>
internal readonly record struct OrderReceipt(OrderOutcome Outcome, MonitorTrouble? Trouble = null)
{
    public static OrderReceipt Of(MonitorTrouble? trouble) =>
        trouble is null ? new OrderReceipt(OrderOutcome.Wait) : new OrderReceipt(OrderOutcome.Send, trouble);
}
