using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Text;
using ChatBot.Storage;

namespace ChatBot.Outbox;

/// <summary>
/// Where every line for a channel goes: stored with the decision to say it, delivered by the pump. And what is asked of
/// the monitor.
/// </summary>
public sealed class OutboxWriter(CurrentSettings settings)
{
    /// <summary>Stores a line for each channel whose audience has one.</summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="line">The line.</param>
    /// <param name="at">When what it announces arrived.</param>
    /// <param name="about">The facts of the line.</param>
    /// <param name="except">A channel that knows already, as the configuration names it.</param>
    public async Task SayAsync(StoreTransaction transaction, Line line, DateTimeOffset at, About about, string? except = null)
    {
        foreach (var channel in settings.Value.Settings.Irc.Channels)
        {
            if (line.Marked(channel.Audience) is { } text && !channel.Name.Equals(except, StringComparison.Ordinal))
            {
                await OutboxStore.AddAsync(transaction, OutboxStore.LineKind, channel.Name, channel.Audience, text, at, about);
            }
        }
    }

    /// <summary>Says that a row is set aside, by its number alone.</summary>
    internal Task SayAsync(StoreTransaction transaction, Sentence3 setAside, long row, string target, string code, DateTimeOffset at) => SayAsync(
        transaction,
        settings.Value.Phrases.Say(setAside, (RootText)(PublicText)row, PublicText.Declared(target), PublicText.Declared(code)),
        at,
        About.Nothing);

    /// <summary>
    /// Stores an order for the monitor; its result is announced. Stores nothing where no monitor accepts orders.
    /// </summary>
    /// <param name="transaction">The transaction of the decision.</param>
    /// <param name="order">What.</param>
    /// <param name="at">When it was decided; for an acknowledgement, when it was made.</param>
    public async Task AskMonitorAsync(StoreTransaction transaction, MonitorOrder order, DateTimeOffset at)
    {
        if (settings.Value.Settings.MonitorTakesOrders)
        {
            await OutboxStore.AddAsync(transaction, OutboxStore.MonitorKind, OutboxStore.MonitorKind, Audience.Root, MonitorOrders.Write(order), at);
        }
    }
}
