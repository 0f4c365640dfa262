
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Mutes;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;

namespace ChatBot.Core.Commands;

/// <summary>Everything a command may use. A reload of the configuration makes another one; a call keeps the one it began with.</summary>
public sealed record CommandContext
{
    public required Phrasebook Phrases { get; init; }

    /// <summary>What stands before a command in a channel, <c>!</c>.</summary>
    public required string Prefix { get; init; }

    public required Inventory Inventory { get; init; }

    public required ChatBot.Core.People.People People { get; init; }

    public required IReadOnlyList<ICommand> Commands { get; init; }

    public required IncidentLines Lines { get; init; }

    public required IIncidents Incidents { get; init; }

    public required IMutes Mutes { get; init; }

    public required MuteLines MuteLines { get; init; }

    public required IInterventions Interventions { get; init; }

    public required InterventionLines InterventionLines { get; init; }

    public required IHistory History { get; init; }

    public required Absences Absences { get; init; }

    public required IMonitor Monitor { get; init; }

    public required IChanges Changes { get; init; }

    public required IChangelog Changelog { get; init; }

    public required INewcomers Newcomers { get; init; }

    public required IAdminProofs Proofs { get; init; }
}
