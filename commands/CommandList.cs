using ChatBot.Core.Changelog;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Mutes;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;

namespace ChatBot.Commands;

/// <summary>Every command, in the order of <c>!help</c>, each with what it needs. A test sees to it that none is forgotten.</summary>
public static class CommandList
{
    public static IReadOnlyList<ICommand> Of(Troubles troubles, Silences silences, MachineRecords machines, Visitors visitors)
    {
        var (incidents, history, lines, reception) = troubles;
        var (mutes, interventions) = silences;
        var (monitor, changes, changelog) = machines;
        var (newcomers, absences, proofs, forgetting) = visitors;
        var open = new IncidentsCommand(incidents, reception);
        IReadOnlyList<ICommand> commands =
        [
            new StatusCommand(incidents, mutes, interventions, changes, changelog, monitor, reception),
            open,
            new IncidentCommand(incidents, changes, open),
            new WhyCommand(incidents, history, changes),
            new SinceCommand(incidents, history, absences, reception),
            new NoiseCommand(history),
            new AckCommand(incidents, lines),
            new UnackCommand(incidents, lines),
            new CloseCommand(incidents, lines),
            new MuteCommand(incidents, mutes),
            new UnmuteCommand(incidents, mutes),
            new MutesCommand(mutes),
            new InterventionCommand(interventions),
            new InterventionsCommand(interventions),
            new LogCommand(changelog),
            new UndoCommand(changelog),
            new TodoCommand(changelog),
            new ChangesCommand(changes),
            new MachinesCommand(),
            new WhoAmICommand(),
            new AuthCommand(proofs),
            new WelcomeCommand(newcomers),
            new ForgetMeCommand(absences, newcomers, forgetting),
        ];
        return [.. commands, new HelpCommand(commands)];
    }

    /// <summary>What is and was wrong.</summary>
    /// <param name="Incidents">What is open, and what is done about it.</param>
    /// <param name="History">What was.</param>
    /// <param name="Lines">The words for it by the configuration in force, which a reload changes.</param>
    /// <param name="Reception">Whether all of it is known.</param>
    public sealed record Troubles(IIncidents Incidents, IHistory History, Func<IncidentLines> Lines, IReception Reception);

    /// <summary>What is not announced.</summary>
    public sealed record Silences(IMutes Mutes, IInterventions Interventions);

    /// <summary>What is known of machines besides.</summary>
    public sealed record MachineRecords(IMonitor Monitor, IChanges Changes, IChangelog Changelog);

    /// <summary>Who comes, was away, shows who they are, and asks to be forgotten.</summary>
    public sealed record Visitors(INewcomers Newcomers, Absences Absences, IAdminProofs Proofs, IForgetting Forgetting);
}
