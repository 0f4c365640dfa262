using ChatBot.Core.Speech;

namespace ChatBot.Core.Incidents;

/// <summary>The incidents, for commands. Every change is stored, with what is to be said of it, before a call returns.</summary>
public interface IIncidents
{
    /// <summary>The open ones in the order of their numbers.</summary>
    /// <param name="machine">A short name; null for all.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancel);

    Task<Incident?> FindAsync(long number, CancellationToken cancel);

    /// <summary>Everything that happened to it, oldest first.</summary>
    Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancel);

    /// <summary>Takes it for a person and tells every channel but the one where it was asked.</summary>
    /// <param name="number">The incident.</param>
    /// <param name="taken">Who, why, until when. Replaces whoever had it.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The incident as it is now; null where there is none of that number.</returns>
    Task<(TakeResult Result, Incident? Incident)> TakeAsync(
        long number, Taken taken, string? askedIn, CancellationToken cancel);

    /// <summary>Lets it go again; as <see cref="TakeAsync"/>.</summary>
    Task<(TakeResult Result, Incident? Incident)> ReleaseAsync(
        long number, PublicText by, string? askedIn, CancellationToken cancel);
}
