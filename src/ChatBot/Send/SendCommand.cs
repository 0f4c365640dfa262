using System.CommandLine;
using System.CommandLine.Parsing;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Posix;

namespace ChatBot.Send;

/// <summary>
/// <c>chatbot send</c>: a report from a script, a systemd unit or a monitor, kept durably whether or not the bot runs. Exit 0 kept,
/// 2 wrong usage, 75 not kept, try again.
/// </summary>
/// <param name="words">Chooses between English and French.</param>
/// <param name="errors">Where it says what is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class SendCommand(Func<string, string, string> words, TextWriter errors, TimeProvider time)
{
    private readonly Option<string> _machine = new("--machine")
    {
        Description = words("Which machine it is about (default: this one)", "De quelle machine il s'agit (par défaut : celle-ci)"),
        HelpName = "M",
        DefaultValueFactory = _ => Environment.MachineName,
    };

    private readonly Option<string?> _service = new("--service")
    {
        Description = words("Which check (default: script)", "Quel contrôle (par défaut : script)"),
        HelpName = "S",
    };

    private readonly Option<string> _kind = new("--kind")
    {
        Description = words(
            "alert opens an incident, ok ends the one of that machine and service, note is announced once (default: note)",
            "alert ouvre un incident, ok termine celui de cette machine et de ce service, note est annoncé une fois (par défaut : note)"),
        DefaultValueFactory = _ => "note",
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = words(
            "How it is: WARNING, CRITICAL, UNKNOWN, DOWN or UNREACHABLE for an alert (default: CRITICAL), OK or UP for ok (default: OK)",
            "Dans quel état : WARNING, CRITICAL, UNKNOWN, DOWN ou UNREACHABLE pour alert (par défaut : CRITICAL), OK ou UP pour ok (par défaut : OK)"),
        HelpName = "STATE",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = words(
            "The same key again, for the same kind and machine, changes nothing, so that a call may be repeated",
            "Une deuxième fois la même clé, pour le même genre et la même machine, ne change rien : l'appel peut être répété"),
        HelpName = "K",
    };

    private readonly Option<string> _audience = new("--audience")
    {
        Description = words(
            "Who may read the text: root, or public for a note (default: root)",
            "Qui peut lire le texte : root, ou public pour une note (par défaut : root)"),
        DefaultValueFactory = _ => "root",
    };

    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = words("What happened", "Ce qui s'est passé"),
        Arity = ArgumentArity.OneOrMore,
    };

    /// <param name="config">The option that names the configuration.</param>
    /// <param name="readData">Reads the data folder out of it; null if it has mistakes, which are then printed.</param>
    public Command Of(Option<string?> config, Func<string?, string?> readData)
    {
        _kind.AcceptOnlyFromAmong("alert", "ok", "note");
        _audience.AcceptOnlyFromAmong("root", "public");
        var command = new Command("send", words(
            "Send a report to the bot, from a script, a systemd unit or a monitor; it is stored until the bot runs",
            "Envoyer un message au bot, depuis un script, une unité systemd ou une supervision ; il est enregistré jusqu'à ce que le bot tourne"))
        {
            _machine, _service, _kind, _state, _key, _audience, config, _text,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Mistake(parsed) is { } mistake)
            {
                await errors.WriteLineAsync($"chatbot send: {mistake}");
                return ExitCode.Usage;
            }

            return readData(parsed.GetValue(config)) is { } data
                ? await KeepAsync(Report(parsed), data, cancellationToken)
                : ExitCode.TryAgain;
        });
        return command;
    }

    private async Task<int> KeepAsync(SentReport report, string data, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(report.Write());
        return await Spool.DeliverAsync(bytes, SendIntake.Spool(data), time, errors, cancellationToken);
    }

    private string? Mistake(ParseResult parsed)
    {
        const string english = "write at most 40 letters, digits, spaces and _ . : / -, without an address or a number of six digits";
        const string french = "écrivez au plus 40 lettres, chiffres, espaces et _ . : / -, sans adresse ni nombre de six chiffres";
        // The parser takes an option that it does not know for a word of the text.
        if (parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
        {
            return words(
                $"there is no option {unknown.Value}; write -- before a text that begins like one",
                $"il n'y a pas d'option {unknown.Value} ; écrivez -- devant un texte qui commence ainsi");
        }

        if (!SentReport.IsName(parsed.GetValue(_machine)!))
        {
            return words($"--machine: {english}", $"--machine : {french}");
        }

        if (parsed.GetValue(_service) is { } service && !SentReport.IsName(service))
        {
            return words($"--service: {english}", $"--service : {french}");
        }

        if (parsed.GetValue(_state) is { } state && !SentReport.IsStateOf(parsed.GetValue(_kind)!, state))
        {
            return words(
                "--state: write WARNING, CRITICAL, UNKNOWN, DOWN or UNREACHABLE for --kind alert, OK or UP for --kind ok, and none for a note",
                "--state : écrivez WARNING, CRITICAL, UNKNOWN, DOWN ou UNREACHABLE pour --kind alert, OK ou UP pour --kind ok, et rien pour une note");
        }

        if (parsed.GetValue(_key) is { } key && key.Length is 0 or > SentReport.LongestKey)
        {
            return words($"--key: write 1 to {SentReport.LongestKey} characters", $"--key : écrivez 1 à {SentReport.LongestKey} caractères");
        }

        return parsed.GetValue(_audience) == "public" && parsed.GetValue(_kind) != "note"
            ? words(
                "--audience public is for notes; of an alert everybody reads machine, service and state, and root the text",
                "--audience public est pour les notes ; d'une alerte tout le monde lit machine, service et état, et root le texte")
            : null;
    }

    private SentReport Report(ParseResult parsed)
    {
        var text = string.Join(' ', parsed.GetValue(_text)!);
        return new SentReport(
            parsed.GetValue(_machine)!,
            parsed.GetValue(_service),
            parsed.GetValue(_kind)!,
            parsed.GetValue(_key),
            parsed.GetValue(_audience) == "public",
            Cleaner.Shorten(text, SentReport.LongestText),
            time.GetUtcNow(),
            parsed.GetValue(_state));
    }
}
