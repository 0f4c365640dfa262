namespace ChatBot.Core.Monitoring;

/// <summary>What is to be done with an order.</summary>
/// <param name="Outcome">The named reason.</param>
/// <param name="Action">What to send; null for any other outcome.</param>
public sealed record OrderStep(OrderOutcome Outcome, MonitorAction? Action = null)
{
    public static implicit operator OrderStep(OrderOutcome outcome) => new(outcome);

    public bool IsEnd => Outcome is not (OrderOutcome.Send or OrderOutcome.Wait or OrderOutcome.NotConfirmed);
}
