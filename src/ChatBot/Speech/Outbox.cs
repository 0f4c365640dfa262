using ChatBot.Configuration;
using ChatBot.Core.Speech;
using ChatBot.Storage;

namespace ChatBot.Speech;

/// <summary>Where every line for a channel goes: stored with the decision to say it, said by the <see cref="Speaker"/>.</summary>
public sealed class Outbox(LiveSettings settings)
{
    /// <summary>Something was stored: wake whoever delivers.</summary>
    public event Action? Filled;

    /// <summary>Stores a line for each channel whose audience has one.</summary>
    /// <param name="work">The transaction of the decision.</param>
    /// <param name="line">The line.</param>
    /// <param name="at">When what it tells of arrived.</param>
    /// <param name="about">The facts of the line.</param>
    /// <param name="except">A channel that knows already.</param>
    public async Task SayAsync(Work work, Line line, DateTimeOffset at, About about, string? except = null)
    {
        foreach (var channel in settings.Now.Settings.Irc.Channels)
            if (line.For(channel.Audience) is { } text && !channel.Name.Equals(except, StringComparison.OrdinalIgnoreCase))
                await OutboxStore.AddAsync(work, OutboxStore.LineKind, channel.Name, channel.Audience, text, at, about);
    }

    /// <summary>To be called once the transaction is committed.</summary>
    public void Wake() => Filled?.Invoke();
}
