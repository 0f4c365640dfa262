
using ChatBot.Core.Text;

namespace ChatBot.Core.Interventions;

/// <summary>The interventions, for commands. Every change is stored, with what is to be said of it, before a call returns.</summary>
public interface IInterventions
{
    /// <summary>Those planned and under way, the one that begins first at the front.</summary>
    Task<IReadOnlyList<Intervention>> ComingAsync(CancellationToken cancellationToken);

    Task<Intervention?> FindAsync(long number, CancellationToken cancellationToken);

    /// <summary>Plans a new one, and announces it in every channel but the one where it was asked.</summary>
    /// <param name="intervention">Without number.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the other channels hear.</returns>
    Task<Line> PlanAsync(Intervention intervention, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Gives it other times: moved before it begins, longer or shorter while it is under way; as <see cref="PlanAsync"/>.</summary>
    /// <returns>Null where it has begun or ended meanwhile, so that it cannot be done.</returns>
    Task<Line?> MoveAsync(long number, DateTimeOffset begins, DateTimeOffset ends, PublicText by, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Cancels one that is to come; as <see cref="MoveAsync"/>.</summary>
    Task<Line?> CancelAsync(long number, PublicText by, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Ends one that is under way; as <see cref="MoveAsync"/>.</summary>
    Task<Line?> FinishAsync(long number, string? askedIn, CancellationToken cancellationToken);
}
