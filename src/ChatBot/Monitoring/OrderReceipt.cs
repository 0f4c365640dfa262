
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>What became of handing an action to the monitor.</summary>
/// <param name="Outcome"><see cref="OrderOutcome.Wait"/> where it has it, <see cref="OrderOutcome.Send"/> where it is to be tried
/// again; else its end.</param>
/// <param name="Trouble">Why it is to be tried again.</param>
internal readonly record struct OrderReceipt(OrderOutcome Outcome, MonitorTrouble? Trouble = null)
{
    public static OrderReceipt Of(MonitorTrouble? trouble) =>
        trouble is null ? new OrderReceipt(OrderOutcome.Wait) : new OrderReceipt(OrderOutcome.Send, trouble);
}
