using System.CommandLine;
using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Posix;

namespace ChatBot.Hosting;

/// <summary>
/// <c>chatbot changelog setup MACHINE</c>: prints what to paste. Exit 0 done, 1 the configuration does not allow it. <c>chatbot changelog read
/// FILE</c>: <see cref="ChangelogListing"/>.
/// </summary>
/// <param name="language">Of the messages.</param>
/// <param name="input">Standard input.</param>
/// <param name="output">The lines.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangelogCommand(MessageLanguage language, Stream input, TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <param name="config">Which configuration.</param>
    /// <param name="load">Reads it, and says what is wrong in it.</param>
    /// <param name="zone">That of the configuration, where one can be read.</param>
    public Command Of(Option<string?> config, Func<string?, BotSettings?> load, Func<TimeZoneInfo?> zone)
    {
        var machine = new Argument<string>("MACHINE") { Description = language.Words("Its short name", "Son nom court") };
        var setup = new Command("setup", language.Words(
            "Print every line to paste before !log reaches a machine by ssh. It connects nowhere and asks ssh -G for the way. Call it as the bot's account",
            "Afficher chaque ligne à coller pour que !log atteigne une machine par ssh. Ne se connecte nulle part et demande le chemin à ssh -G. À lancer sous le compte du robot")) { config, machine };
        setup.SetAction((parsed, cancellationToken) => RunAsync(load(parsed.GetValue(config)), parsed.GetValue(machine)!, cancellationToken));
        return new Command("changelog", language.Words("The changelogs of machines", "Les changelogs des machines")) { setup, Read(config, load, zone) };
    }

    private Command Read(Option<string?> config, Func<string?, BotSettings?> load, Func<TimeZoneInfo?> zone)
    {
        var file = new Argument<string>("FILE") { Description = language.Words("A changelog; - reads standard input", "Un changelog ; - lit l'entrée standard") };
        var read = new Command("read", language.Words(
            "Show what the bot reads in a changelog: line, time, author, text; and what stands out of order. Changes nothing; times are of the configuration's zone, else of this machine's",
            "Montrer ce que le robot lit dans un changelog : ligne, heure, auteur, texte ; et ce qui n'est pas dans l'ordre. Ne change rien ; les heures sont du fuseau de la configuration, sinon de celui de cette machine")) { config, file };
        read.SetAction(async (parsed, cancellationToken) =>
        {
            // A configuration that is named has to be right; none is needed.
            var named = parsed.GetValue(config);
            return (named is null ? zone() ?? TimeZoneInfo.Local : load(named)?.TimeZone) is { } its
                ? await new ChangelogListing(language, input, output, errors).RunAsync(parsed.GetValue(file)!, its, cancellationToken)
                : ExitCode.WrongInput;
        });
        return read;
    }

    private async Task<int> RunAsync(BotSettings? settings, string name, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        if (settings.Inventory.Find(name) is not { } machine)
        {
            var near = Typed.Near(name, settings.Inventory.Machines.Select(one => one.Name));
            return await RefuseAsync(
                $"the inventory has no machine {name}" + (near.Count > 0 ? $"; did you mean {string.Join(", ", near)}?" : ""),
                $"l'inventaire n'a pas de machine {name}" + (near.Count > 0 ? $" ; vouliez-vous dire {string.Join(", ", near)} ?" : ""));
        }

        if (ChangelogSetup.HostOf(machine) is null)
        {
            return await RefuseAsync(
                $"{machine.Name} is not reached by ssh; write changelog = \"ssh:{machine.Name}\" in the inventory",
                $"{machine.Name} n'est pas atteinte par ssh ; écrivez changelog = \"ssh:{machine.Name}\" dans l'inventaire");
        }

        try
        {
            await output.WriteAsync(await new ChangelogSetup(settings, language, time).TextAsync(machine, cancellationToken));
            return ExitCode.Done;
        }
        catch (SshException wrong)
        {
            return await RefuseAsync(wrong.Message, wrong.French);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(wrong.Message, wrong.Message);
        }
    }

    private async Task<int> RefuseAsync(string english, string french)
    {
        await errors.WriteLineAsync($"chatbot changelog: {language.Words(english, french)}");
        return ExitCode.WrongInput;
    }
}
