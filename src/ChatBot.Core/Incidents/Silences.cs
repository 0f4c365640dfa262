using ChatBot.Core.Interventions;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;

namespace ChatBot.Core.Incidents;

/// <summary>What people keep from the channel at a moment.</summary>
/// <param name="Inventory">Which machine depends on which.</param>
/// <param name="Mutes">Those in force.</param>
/// <param name="Interventions">Those in course.</param>
public sealed record Silences(Inventory Inventory, IReadOnlyList<Mute> Mutes, IReadOnlyList<Intervention> Interventions);
