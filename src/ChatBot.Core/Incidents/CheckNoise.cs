
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>How often one check cried, and what would have silenced it.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="Incidents">How many incidents.</param>
/// <param name="Notifications">How often the monitor cried of them.</param>
/// <param name="NeverTaken">How many nobody took.</param>
/// <param name="Median">How long they lasted; those that are open count until now.</param>
/// <param name="Remedies">What covers the most first.</param>
public sealed record CheckNoise(
    PublicText Machine, PublicText? Service, int Incidents, int Notifications, int NeverTaken, TimeSpan Median,
    IReadOnlyList<Remedy> Remedies);
