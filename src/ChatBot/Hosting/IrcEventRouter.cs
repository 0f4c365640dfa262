
using ChatBot.Commands;
using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Newcomers;
using ChatBot.OpenPgp;

namespace ChatBot.Hosting;

/// <summary>Hands what happens on IRC to those whom it concerns. Nobody it calls waits, so that nothing waits behind it.</summary>
public sealed class IrcEventRouter(
    IrcClient irc, OpenPgpLogin proofs, CommandHandler commands, NewcomerGreeter newcomers, Absences absences, ChannelDelivery channels, BotMetrics metrics,
    TimeProvider time)
{
    private bool _registeredBefore;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var happened in irc.Events.ReadAllAsync(cancellationToken))
        {
            // First, so that whoever is heard next is judged by what has happened before.
            if (proofs.Hear(happened))
            {
                continue;
            }

            absences.Hear(happened, time.GetUtcNow());
            switch (happened)
            {
                case IrcEvent.Message message:
                    commands.Hear(message);
                    break;
                case IrcEvent.Joined joined:
                    channels.Joined(joined.Channel);
                    break;
                case IrcEvent.Registered when _registeredBefore:
                    metrics.IrcReconnected();
                    break;
                case IrcEvent.Registered:
                    _registeredBefore = true;
                    break;
            }

            newcomers.Hear(happened);
        }
    }
}
