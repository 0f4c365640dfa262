using ChatBot.Core.Interventions;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;

namespace ChatBot.Core.Incidents;

/// <summary>What people suppress at a moment.</summary>
/// <param name="Inventory">Which machine depends on which.</param>
/// <param name="Mutes">Those in force.</param>
/// <param name="Interventions">Those under way.</param>
public sealed record Silences(Inventory Inventory, IReadOnlyList<Mute> Mutes, IReadOnlyList<Intervention> Interventions);
