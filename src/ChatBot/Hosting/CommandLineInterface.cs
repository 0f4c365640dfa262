using System.Collections;
using System.CommandLine;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Mail;
using ChatBot.Posix;
using ChatBot.Send;

namespace ChatBot.Hosting;

/// <summary>The calls of the program: run, demo, check, classify, deliver, send, import.</summary>
internal sealed class CommandLineInterface(Stream input, TextWriter output, TextWriter errors, TimeProvider time)
{
    // Longer than any call takes to end after a signal.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(15);

    // A text that begins with @ is a text, not the name of a file with more arguments.
    private static readonly ParserConfiguration Literal = new() { ResponseFileTokenReplacer = null };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The configuration (default: /etc/chatbot/chatbot.toml, else config/chatbot.toml)",
        HelpName = "FILE",
    };

    public async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("An IRC and mail bot for groups that run machines together.")
        {
            Run(), Demo(), Check(), ClassifyMails(), Deliver(), Send(), ImportMails(),
        };
        var parsed = root.Parse(args, Literal);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await errors.WriteLineAsync($"chatbot: {error.Message} (see chatbot --help)");
            }

            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Goodbye,
            });
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            await errors.WriteLineAsync($"chatbot: this is a bug, please report it: {bug}");
            return ExitCode.Bug;
        }
    }

    private Command Run()
    {
        var command = new Command("run", "Run the bot until SIGTERM; SIGHUP reads the configuration again") { _config };
        command.SetAction((parsed, cancellationToken) => new Daemon(output, errors, time).RunAsync(() => Load(parsed.GetValue(_config)), cancellationToken));
        return command;
    }

    private Command Demo()
    {
        var command = new Command("demo", "See the bot at work: this terminal is the channel, mails arrive by themselves");
        command.SetAction((_, cancellationToken) =>
        {
#pragma warning disable RS0030 // Only the terminal itself knows whether it is one.
            var isTerminal = !Console.IsInputRedirected;
#pragma warning restore RS0030
            var locale = (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG") ?? "")
                .StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Locale.English : Locale.French;
            return new DemoRun(new StreamReader(input), output, isTerminal, locale, time).RunAsync(cancellationToken);
        });
        return command;
    }

    private Command Check()
    {
        var command = new Command("check", "Read the whole configuration, connect nowhere, and list every mistake") { _config };
        command.SetAction(parsed => ChatBot.Configuration.Check.Run(Path(parsed.GetValue(_config)), Variables(), output, errors));
        return command;
    }

    private Command ClassifyMails()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object per line" };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, folders, or - for standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("classify", "Show what the bot would do with mails; changes nothing") { json, _config, paths };
        command.SetAction((parsed, cancellationToken) => ClassifyAsync(
            parsed.GetValue(paths)!, parsed.GetValue(json), Load(parsed.GetValue(_config)), cancellationToken));
        return command;
    }

    private async Task<int> ClassifyAsync(string[] paths, bool json, BotSettings? settings, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        var live = new SettingsSnapshot(settings);
        var now = time.GetUtcNow();
        return await new Classify(
            settings.Inventory, (report, from) => live.Reports.Of(report, from, report.When ?? now), input, output, errors)
        { OwnAddress = settings.Mail.Smtp?.From, Trust = settings.Mail.Trust }
            .RunAsync(paths, json, cancellationToken);
    }

    private Command Deliver()
    {
        var command = new Command("deliver", "Store one mail from standard input; for an alias: root: \"|/usr/bin/chatbot deliver\"") { _config };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            return ReadDataFolder(parsed.GetValue(_config)) is { } data
                ? await Spool.DeliverAsync(input, MailSources.Spool(data), time, errors, cancellationToken)
                : ExitCode.TryAgain;
        });
        return command;
    }

    private Command Send() => new SendCommand(Words, errors, time).Of(_config, ReadDataFolder);

    private Command ImportMails()
    {
        var trusted = new Option<bool>("--trusted") { Description = "Believe the archive: only our machines could write to it" };
        var path = new Argument<string>("PATH") { Description = "A Maildir, an mbox, one mail, or a folder that contains any of them" };
        var command = new Command("import", "Read an archive of mails into the history of incidents and changes; says nothing in any channel")
        {
            trusted, _config, path,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Load(parsed.GetValue(_config)) is not { } settings)
            {
                return ExitCode.WrongInput;
            }
#pragma warning disable RS0030 // Only the terminal itself knows whether it is one.
            var progress = Console.IsErrorRedirected ? TextWriter.Null : errors;
#pragma warning restore RS0030
            return await new Import(settings, time, output, errors, progress)
                .RunAsync(parsed.GetValue(path)!, parsed.GetValue(trusted), cancellationToken);
        });
        return command;
    }

    private string? ReadDataFolder(string? config)
    {
        var data = ConfigurationFile.ReadDataFolder(Path(config), Variables(), out var mistakes);
        foreach (var mistake in mistakes)
        {
            errors.WriteLine(mistake);
        }

        return data;
    }

    // The first of these variables that is set says which language messages have (setlocale(3)).
    private static string Words(string english, string french) =>
        ((string[])["LC_ALL", "LC_MESSAGES", "LANG"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(set => !string.IsNullOrEmpty(set))
            ?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? french : english;

    private BotSettings? Load(string? config)
    {
        var result = ConfigurationFile.Load(Path(config), Variables());
        foreach (var mistake in result.Mistakes)
        {
            errors.WriteLine(mistake);
        }

        return result.Settings;
    }

    private static string Path(string? config) => config ?? ConfigurationFile.DefaultPath(File.Exists);

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
