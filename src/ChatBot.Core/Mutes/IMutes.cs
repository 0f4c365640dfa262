
using ChatBot.Core.Text;

namespace ChatBot.Core.Mutes;

/// <summary>The mutes, for commands. Every change is stored, with what is to be said of it, before a call returns.</summary>
public interface IMutes
{
    /// <summary>Those in force, the one that ends first at the front.</summary>
    Task<IReadOnlyList<Mute>> NowAsync(CancellationToken cancellationToken);

    /// <summary>Mutes, and announces it in every channel but the one where it was asked.</summary>
    /// <param name="mute">Takes the place of one of the same machine and service, whose beginning it keeps.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the other channels hear.</returns>
    Task<Line> MuteAsync(Mute mute, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Ends one early; as <see cref="MuteAsync"/>.</summary>
    /// <returns>What was suppressed; null where it has ended meanwhile.</returns>
    Task<Line?> EndAsync(Mute mute, string? askedIn, CancellationToken cancellationToken);
}
