
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>How often one check alerted, and what would have prevented it.</summary>
/// <param name="Machine">The short name.</param>
/// <param name="Service">Null for the machine itself.</param>
/// <param name="Incidents">How many incidents.</param>
/// <param name="Notifications">How many notifications the monitor sent about them.</param>
/// <param name="Unacknowledged">How many nobody acknowledged.</param>
/// <param name="Median">How long they lasted; those that are open count until now.</param>
/// <param name="Remedies">The one that prevents the most incidents first.</param>
public sealed record CheckNoise(
    Name Machine, Name? Service, int Incidents, int Notifications, int Unacknowledged, TimeSpan Median,
    IReadOnlyList<Remedy> Remedies);
