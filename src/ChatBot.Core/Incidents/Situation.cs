
using ChatBot.Core.Interventions;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;

namespace ChatBot.Core.Incidents;

/// <summary>What is known at a moment that may keep an alert from being told.</summary>
/// <param name="Inventory">Which machine depends on which.</param>
/// <param name="Mutes">Those in force.</param>
/// <param name="Interventions">Those in course.</param>
public sealed record Situation(Inventory Inventory, IReadOnlyList<Mute> Mutes, IReadOnlyList<Intervention> Interventions);
