using ChatBot.Core.Irc;
using ChatBot.Irc;
using ChatBot.Metrics;

namespace ChatBot.Hosting;

/// <summary>Passes IRC events to those that handle them. None of them waits, so that no event waits for another.</summary>
/// <param name="irc">Where it happens.</param>
/// <param name="metrics">Count returns to the server.</param>
/// <param name="claims">
/// Asked first, so that the next message is judged by what has happened before. True for what is for nobody else.
/// </param>
/// <param name="listeners">Each is given every other event, in order.</param>
public sealed class IrcEventRouter(
    IrcClient irc, BotMetrics metrics, Func<IrcEvent, bool> claims, IReadOnlyList<Action<IrcEvent>> listeners)
{
    private bool _registeredBefore;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var happened in irc.Events.ReadAllAsync(cancellationToken))
        {
            if (claims(happened))
            {
                continue;
            }

            if (happened is IrcEvent.Registered)
            {
                Registered();
            }

            foreach (var listener in listeners)
            {
                listener(happened);
            }
        }
    }

    private void Registered()
    {
        if (_registeredBefore)
        {
            metrics.IrcReconnected();
        }

        _registeredBefore = true;
    }
}
