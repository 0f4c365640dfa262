using System.CommandLine;
using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Configuration.Reading;
using ChatBot.Core.Delivery;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Posix;
using ChatBot.Storage;

namespace ChatBot.Hosting;

/// <summary>
/// <c>chatbot digest</c>: prints the digest that would be mailed, in the group's language; sends nothing, and does not count as sent. Exit 0
/// done, 1 the input is wrong, 75 the store cannot be read.
/// </summary>
/// <param name="language">Of the messages.</param>
/// <param name="output">The digest.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class DigestCommand(MessageLanguage language, TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public Command Of(Option<string?> config, Func<string?, BotSettings?> load)
    {
        var since = new Option<string>("--since")
        {
            Description = language.Words("How far it looks back, such as 24h or 7d", "Jusqu'où il remonte, par exemple 24h ou 7d"),
            HelpName = language.Words("DURATION", "DURÉE"),
            DefaultValueFactory = _ => "24h",
        };
        var command = new Command("digest", language.Words("Print the digest that would be mailed", "Afficher le résumé qui serait envoyé par mail")) { since, config };
        command.SetAction((parsed, cancellationToken) => RunAsync(load(parsed.GetValue(config)), parsed.GetValue(since)!, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(BotSettings? settings, string written, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        if (!ValueParsers.Duration(written, out var since) || since <= TimeSpan.Zero || since > Longest)
        {
            await errors.WriteLineAsync($"chatbot digest: {language.Words($"--since is \"{written}\"; write a duration of up to 90 days, such as 24h or 7d", $"--since vaut « {written} » ; écrivez une durée d'au plus 90 jours, par exemple 24h ou 7d")}");
            return ExitCode.WrongInput;
        }

        if (settings.Storage.Provider == StorageProvider.Sqlite && !File.Exists(ConfiguredStore.FileOf(settings)))
        {
            await errors.WriteLineAsync($"chatbot digest: {language.Words($"there is no store in {settings.Data} that this user can see", $"il n'y a pas de base dans {settings.Data} que ce compte puisse voir")}");
            return ExitCode.WrongInput;
        }

        try
        {
            await using var database = ConfiguredStore.Of(settings, time);
            if (!await database.OpenSharedAsync(cancellationToken))
            {
                await errors.WriteLineAsync($"chatbot digest: {language.Words("an earlier version made the database: start the bot of this version first", "une version antérieure a fait la base : démarrez d'abord le robot de cette version")}");
                return ExitCode.TryAgain;
            }

            var (now, zone) = (time.GetUtcNow(), settings.Digest?.TimeZone ?? settings.TimeZone);
            var mail = await database.ReadAsync(transaction => DigestMail.ComposeAsync(transaction, settings, settings.Locale, zone, new DigestPeriod(now - since, now)), cancellationToken);
            var text = mail is null
                ? new MailDigest(new Phrasebook(settings.Locale, zone)).NothingToSay().Value + "\n"
                : FlowedText.Write([mail.Subject.Value, "", .. mail.Paragraphs.Select(paragraph => paragraph.Value)]);
            foreach (var line in text.TrimEnd('\r', '\n').Split('\n'))
            {
                await output.WriteLineAsync(line.TrimEnd());
            }

            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is StorageException or DbException)
        {
            await errors.WriteLineAsync($"chatbot digest: {failure.Message}");
            return ExitCode.TryAgain;
        }
    }
}
