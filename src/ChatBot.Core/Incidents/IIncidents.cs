
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The incidents, for commands. Every change is stored, with what is to be said of it, before a call returns.</summary>
public interface IIncidents
{
    /// <summary>The open ones in the order of their numbers.</summary>
    /// <param name="machine">A short name; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancellationToken);

    /// <summary>The open ones of these machines, in no order.</summary>
    /// <param name="machines">Names in any case; those of nothing that is open count for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<string> machines, CancellationToken cancellationToken);

    /// <summary>How many are open.</summary>
    Task<long> CountOpenAsync(CancellationToken cancellationToken);

    /// <summary>The machines with open incidents, that with the worst one first.</summary>
    /// <param name="audience">Who hears of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<OpenMachine>> OpenMachinesAsync(Audience audience, CancellationToken cancellationToken);

    /// <summary>The first of what is open, and the rest counted.</summary>
    /// <param name="audience">Who hears of them.</param>
    /// <param name="most">So many, those that they inhibit apart.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OpenCauses> OpenCausesAsync(Audience audience, int most, CancellationToken cancellationToken);

    /// <summary>The one that somebody is to acknowledge first; null where nobody is.</summary>
    Task<long?> WaitingAsync(CancellationToken cancellationToken);

    Task<Incident?> FindAsync(long number, CancellationToken cancellationToken);

    /// <summary>Everything that happened to it, oldest first.</summary>
    Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancellationToken);

    /// <summary>Takes them for a person and tells every channel but the one where it was asked; all or, where the store fails, none.</summary>
    /// <param name="numbers">The incidents.</param>
    /// <param name="acknowledgement">Who, why, until when. Replaces an earlier one.</param>
    /// <param name="askedIn">The channel that hears the reply anyway; null for a private message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of each, in the order of the numbers.</returns>
    Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(
        IReadOnlyList<long> numbers, Acknowledgement acknowledgement, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Closes them on a person's word; as <see cref="AcknowledgeAsync"/>.</summary>
    Task<IReadOnlyList<AcknowledgeOutcome>> CloseAsync(
        IReadOnlyList<long> numbers, PublicText by, Remark reason, string? askedIn, CancellationToken cancellationToken);

    /// <summary>Lets them go again; as <see cref="AcknowledgeAsync"/>.</summary>
    Task<IReadOnlyList<AcknowledgeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancellationToken);
}
