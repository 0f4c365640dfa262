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
