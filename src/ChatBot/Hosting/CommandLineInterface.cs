using System.Collections;
using System.CommandLine;
using System.CommandLine.Invocation;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Mail;
using ChatBot.Metrics;
using ChatBot.OpenPgp;
using ChatBot.Posix;
using ChatBot.Send;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>The calls of the program: run, demo, check, classify, deliver, send, import, store, changelog, digest, mail.</summary>
internal sealed class CommandLineInterface(Stream input, TextWriter output, TextWriter errors, TimeProvider time)
{
    // Longer than any call takes to end after a signal.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(15);

    // Of a terminal that does not say.
    private const int UsualWidth = 80;

    // A text that begins with @ is a text, not the name of a file with more arguments.
    private static readonly ParserConfiguration Literal = new() { ResponseFileTokenReplacer = null };

    private readonly Option<string?> _config = new("--config")
    {
        Description = Words(
            "The configuration (default: /etc/chatbot/chatbot.toml, else config/chatbot.toml)",
            "La configuration (par défaut : /etc/chatbot/chatbot.toml, sinon config/chatbot.toml)"),
        HelpName = Words("FILE", "FICHIER"),
    };

    public async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(Words(
            "An IRC and mail bot for groups that run machines together.",
            "Un robot IRC et courrier pour les groupes qui tiennent des machines ensemble."))
        {
            Run(), Demo(), Check(), ClassifyMails(), Deliver(), Send(), ImportMails(), Store(), Changelog(), Digest(), MailTest(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersions();
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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(Words($"chatbot: cannot read or write: {failure.Message}", $"chatbot : lecture ou écriture impossible : {failure.Message}"));
            return ExitCode.TryAgain;
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            await errors.WriteLineAsync($"chatbot: this is a bug, please report it: {bug}");
            return ExitCode.Bug;
        }
    }

    private sealed class ShowVersions : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parsed)
        {
            parsed.InvocationConfiguration.Output.WriteLine(BotMetrics.Version);
            parsed.InvocationConfiguration.Output.WriteLine($"SQLite {SqliteVersion.Current}");
            return ExitCode.Done;
        }
    }

    private Command Run()
    {
        var command = new Command("run", Words(
            "Run the bot until SIGTERM; SIGHUP reads the configuration again",
            "Faire tourner le robot jusqu'à SIGTERM ; SIGHUP relit la configuration")) { _config };
        command.SetAction((parsed, cancellationToken) => new Daemon(output, errors, time).RunAsync(() => Load(parsed.GetValue(_config)), cancellationToken));
        return command;
    }

    private Command Demo()
    {
        var command = new Command("demo", Words(
            "See the bot at work: this terminal is its channels, mails arrive by themselves (in French where LANG is fr…)",
            "Voir le robot à l'œuvre : ce terminal tient lieu de canaux, les mails arrivent d'eux-mêmes (en français si LANG vaut fr…)"));
        command.SetAction((_, cancellationToken) =>
        {
#pragma warning disable RS0030 // Only the terminal itself knows whether it is one, and how wide.
            var isTerminal = !Console.IsInputRedirected;
            int? width = Console.IsOutputRedirected ? null : Console.WindowWidth is > 0 and var columns ? columns : UsualWidth;
#pragma warning restore RS0030
            return new DemoRun(new StreamReader(input), output, isTerminal, width, MessageLanguage.Of(Variables()).IsFrench ? Locale.French : Locale.English, time).RunAsync(cancellationToken);
        });
        return command;
    }

    private Command Check()
    {
        var command = new Command("check", Words(
            "Read the whole configuration, connect nowhere, and list every mistake",
            "Lire toute la configuration, sans se connecter nulle part, et lister chaque erreur")) { _config };
        command.SetAction((parsed, cancellationToken) => CheckAsync(Path(parsed.GetValue(_config)), cancellationToken));
        return command;
    }

    private async Task<int> CheckAsync(string path, CancellationToken cancellationToken)
    {
        var code = ChatBot.Configuration.Check.Run(path, Variables(), output, errors);
        if (ConfigurationFile.Load(path, Variables()).Settings is { } settings)
        {
            foreach (var note in await DigestKeys.NotesAsync(settings, MessageLanguage.Of(Variables()), time, cancellationToken))
            {
                await output.WriteLineAsync(Words($"Warning: {note}", $"Attention : {note}"));
            }
        }

        return code;
    }

    private Command ClassifyMails()
    {
        var json = new Option<bool>("--json") { Description = Words("One JSON object per line", "Un objet JSON par ligne") };
        var paths = new Argument<string[]>("PATH")
        {
            Description = Words("Files, folders, or - for standard input", "Des fichiers, des dossiers, ou - pour l'entrée standard"),
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("classify", Words(
            "Show what the bot would do with mails; changes nothing", "Montrer ce que le robot ferait de mails ; ne change rien")) { json, _config, paths };
        command.SetAction((parsed, cancellationToken) => ClassifyAsync(
            parsed.GetValue(paths)!, parsed.GetValue(json), LoadWithoutSecrets(parsed.GetValue(_config)), cancellationToken));
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
        var command = new Command("deliver", Words(
            "Store one mail from standard input; for a .forward: \"|/usr/bin/chatbot deliver\"",
            "Enregistrer un mail lu sur l'entrée standard ; pour un .forward : \"|/usr/bin/chatbot deliver\"")) { _config };
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
        var trusted = new Option<bool>("--trusted")
        {
            Description = Words("Believe the archive: only our machines could write to it", "Croire l'archive : seules nos machines ont pu y écrire"),
        };
        var path = new Argument<string>("PATH")
        {
            Description = Words(
                "A Maildir, an mbox, one mail, or a folder that contains any of them", "Un Maildir, un mbox, un mail, ou un dossier qui en contient"),
        };
        var command = new Command("import", Words(
            "Read an archive of mails into the history of incidents and changes; says nothing in any channel",
            "Verser une archive de mails dans l'historique des incidents et des modifications ; ne dit rien sur aucun canal"))
        {
            trusted, _config, path,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (LoadForStore(parsed.GetValue(_config)) is not { } settings)
            {
                return ExitCode.WrongInput;
            }

            return await new Import(settings, time, output, errors, Progress()) { Language = MessageLanguage.Of(Variables()) }
                .RunAsync(parsed.GetValue(path)!, parsed.GetValue(trusted), cancellationToken);
        });
        return command;
    }

    private Command Changelog() => new ChangelogCommand(MessageLanguage.Of(Variables()), input, output, errors, time)
        .Of(_config, LoadWithoutSecrets, () => ConfigurationFile.LoadWithoutSecrets(Path(null), Variables()).Settings?.TimeZone);

    private Command Digest() => new DigestCommand(MessageLanguage.Of(Variables()), output, errors, time).Of(_config, LoadForStore);

    private Command MailTest() => new MailTestCommand(MessageLanguage.Of(Variables()), output, errors, time).Of(_config, Load);

    private Command Store() => new StoreCommand(Words, output, errors, Progress(), time).Of(_config, LoadForStore);

    // Shown to a person alone.
    private TextWriter Progress()
    {
#pragma warning disable RS0030 // Only the terminal itself knows whether it is one.
        return Console.IsErrorRedirected ? TextWriter.Null : errors;
#pragma warning restore RS0030
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

    private static string Words(string english, string french) => MessageLanguage.Of(Variables()).Words(english, french);

    private BotSettings? Load(string? config) => Shown(ConfigurationFile.Load(Path(config), Variables()));

    private BotSettings? LoadWithoutSecrets(string? config) => Shown(ConfigurationFile.LoadWithoutSecrets(Path(config), Variables()));

    // Only a store on a server may be behind a secret.
    private BotSettings? LoadForStore(string? config)
    {
        var settings = LoadWithoutSecrets(config);
        return settings?.Storage.Connection is { IsEmpty: true } ? Load(config) : settings;
    }

    private BotSettings? Shown(ConfigurationResult result)
    {
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
