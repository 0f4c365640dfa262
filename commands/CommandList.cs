
using ChatBot.Core.Commands;

namespace ChatBot.Commands;

/// <summary>Every command, in the order of <c>!help</c>. A test sees to it that none is forgotten.</summary>
public static class CommandList
{
    public static IReadOnlyList<ICommand> All { get; } =
    [
        new StatusCommand(),
        new IncidentsCommand(),
        new IncidentCommand(),
        new WhyCommand(),
        new SinceCommand(),
        new NoiseCommand(),
        new AckCommand(),
        new UnackCommand(),
        new MuteCommand(),
        new UnmuteCommand(),
        new MutesCommand(),
        new InterventionCommand(),
        new InterventionsCommand(),
        new LogCommand(),
        new ChangesCommand(),
        new MachinesCommand(),
        new WhoAmICommand(),
        new AuthCommand(),
        new WelcomeCommand(),
        new ForgetMeCommand(),
        new HelpCommand(),
    ];
}
