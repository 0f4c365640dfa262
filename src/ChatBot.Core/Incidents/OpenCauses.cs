using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>What is open, as far as it is shown.</summary>
/// <param name="First">The first of <see cref="IncidentText.CauseFirst"/>.</param>
/// <param name="Heard">How many incidents are open of which the audience hears.</param>
/// <param name="All">How many are open.</param>
public sealed record OpenCauses(IReadOnlyList<CauseAndInhibited> First, long Heard, long All);

/// <summary>A machine with open incidents.</summary>
/// <param name="Machine">Its name.</param>
/// <param name="Count">How many it has.</param>
public sealed record OpenMachine(Name Machine, long Count);
