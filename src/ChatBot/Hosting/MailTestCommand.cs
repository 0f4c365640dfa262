using System.CommandLine;
using System.Data.Common;
using ChatBot.Configuration;
using ChatBot.Configuration.Reading;
using ChatBot.Configuration.Settings;
using ChatBot.Core.People;
using ChatBot.Mail;
using ChatBot.Outbox;
using ChatBot.Posix;
using ChatBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBot.Hosting;

/// <summary>
/// <c>chatbot mail test PERSON</c>: mails a person by the configured way, and waits until the running bot has carried out the signed <c>ping</c> that
/// they answer. Exit 0 both ways work, 1 the input or the configuration is wrong or the mail is refused, 75 it could not be handed over now, or no answer
/// came in time.
/// </summary>
/// <param name="language">Of the messages.</param>
/// <param name="output">What happens.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class MailTestCommand(MessageLanguage language, TextWriter output, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public Command Of(Option<string?> config, Func<string?, BotSettings?> load)
    {
        var wait = new Option<string>("--wait")
        {
            Description = language.Words("How long to wait for the answer, such as 10m", "Combien de temps attendre la réponse, par exemple 10m"),
            HelpName = language.Words("DURATION", "DURÉE"),
            DefaultValueFactory = _ => "10m",
        };
        var person = new Argument<string>("PERSON") { Description = language.Words("Their name in the people file", "Son nom dans le fichier des personnes") };
        var test = new Command("test", language.Words("Mail a person, and wait for their signed answer", "Envoyer un mail à une personne, et attendre sa réponse signée")) { person, wait, config };
        test.SetAction((parsed, cancellationToken) => RunAsync(load(parsed.GetValue(config)), parsed.GetValue(person)!, parsed.GetValue(wait)!, cancellationToken));
        return new Command("mail", language.Words("Test the way of mails to a person and back", "Essayer le chemin des mails vers une personne et retour")) { test };
    }

    private async Task<int> RunAsync(BotSettings? settings, string name, string written, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return ExitCode.WrongInput;
        }

        if (!ValueParsers.Duration(written, out var wait) || wait <= TimeSpan.Zero || wait > Longest)
        {
            return await FailAsync(ExitCode.WrongInput, $"--wait is \"{written}\"; write a duration of up to 24 hours, such as 10m", $"--wait vaut « {written} » ; écrivez une durée d'au plus 24 heures, par exemple 10m");
        }

        var person = settings.People.Persons.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return person is null
            ? await FailAsync(ExitCode.WrongInput, "the people file has nobody of that name", "le fichier des personnes n'a personne de ce nom")
            : Missing(settings, person) is var (english, french)
                ? await FailAsync(ExitCode.WrongInput, english, french)
                : await TestAsync(settings, person, wait, cancellationToken);
    }

    private static (string English, string French)? Missing(BotSettings settings, Person person) => settings switch
    {
        { Mail.Smtp: null } => ("without [mail.smtp] no mail leaves; write it", "sans [mail.smtp] aucun mail ne part ; écrivez-le"),
        { Mail.Door: { Ack: MailProof.Off, Write: MailProof.Off } } => ("without [mail.door] the bot takes no commands by mail; write it", "sans [mail.door] le robot ne prend pas d'ordres par mail ; écrivez-le"),
        { OpenPgp: null } => ("without [openpgp] no signature can be verified; write it, with `keys`", "sans [openpgp] aucune signature ne peut être vérifiée ; écrivez-le, avec `keys`"),
        _ when person.Mail.Count == 0 => ($"{person.Name} has no `mail` in the people file", $"{person.Name} n'a pas de `mail` dans le fichier des personnes"),
        _ when person.Pgp.Count == 0 => ($"{person.Name} has no `pgp` in the people file", $"{person.Name} n'a pas de `pgp` dans le fichier des personnes"),
        _ when !person.IsAdmin => ($"{person.Name} does not have the role admin: the bot takes no commands of theirs", $"{person.Name} n'a pas le rôle admin : le robot ne prend pas ses ordres"),
        _ => null,
    };

    private async Task<int> TestAsync(BotSettings settings, Person person, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (settings.Storage.Provider == StorageProvider.Sqlite && !File.Exists(ConfiguredStore.FileOf(settings)))
        {
            return await FailAsync(ExitCode.WrongInput, $"there is no store in {settings.Data} that this user can see", $"il n'y a pas de base dans {settings.Data} que ce compte puisse voir");
        }

        try
        {
            await using var database = ConfiguredStore.Of(settings, time);
            if (!await database.OpenSharedAsync(cancellationToken))
            {
                return await FailAsync(ExitCode.TryAgain, "an earlier version made the database: start the bot of this version first", "une version antérieure a fait la base : démarrez d'abord le robot de cette version");
            }

            var (test, sent) = (new MailTest(settings, NullLogger.Instance), time.GetUtcNow());
            switch (await test.SendAsync(person, sent, time, cancellationToken))
            {
                case DeliveryResult.Refused(var code):
                    return await FailAsync(ExitCode.WrongInput, $"the mail was refused: {code}", $"le mail a été refusé : {code}");
                case DeliveryResult.TryLater { Reason: var why }:
                    return await FailAsync(ExitCode.TryAgain, $"the mail could not be handed over now: {why}", $"le mail n'a pas pu être remis pour l'instant : {why}");
            }

            await SayAsync(
                $"A mail for {person.Name} was accepted after {Seconds(time.GetUtcNow() - sent)} s; it says how to answer. I wait for their signed ping for {wait.TotalSeconds:0} s; the bot must be running.",
                $"Un mail pour {person.Name} a été accepté après {Seconds(time.GetUtcNow() - sent)} s ; il dit comment répondre. J'attends son ping signé pendant {wait.TotalSeconds:0} s ; le robot doit tourner.");
            return await WaitAsync(test, database, person, sent, wait, cancellationToken);
        }
        catch (Exception e) when (e is DbException or StorageException)
        {
            return await FailAsync(ExitCode.TryAgain, $"the store cannot be read: {e.Message}", $"la base ne peut pas être lue : {e.Message}");
        }
    }

    private async Task<int> WaitAsync(MailTest test, Database database, Person person, DateTimeOffset sent, TimeSpan wait, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < wait; await Task.Delay(Every, time, cancellationToken))
        {
            if (await test.AnsweredAsync(database, person, cancellationToken) is { At: var answered, Proof: var proof })
            {
                var isOpenPgp = proof == MailTest.ByOpenPgp;
                await SayAsync(
                    $"Both ways work: the ping of {person.Name}, proved by {(isOpenPgp ? "an OpenPGP" : "a DKIM")} signature, was carried out {Seconds(answered - sent)} s after the mail left.",
                    $"Les deux sens marchent : le ping de {person.Name}, prouvé par une signature {(isOpenPgp ? "OpenPGP" : "DKIM")}, a été exécuté {Seconds(answered - sent)} s après le départ du mail.");
                return ExitCode.Done;
            }
        }

        return await FailAsync(
            ExitCode.TryAgain,
            $"no signed ping of {person.Name} came within {wait.TotalSeconds:0} s; a refusal of their mail stands in the root channel and in the bot's answer to them",
            $"aucun ping signé de {person.Name} n'est venu en {wait.TotalSeconds:0} s ; un refus de son mail est dans le canal root et dans la réponse du robot");
    }

    private static string Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    private Task SayAsync(string english, string french) => output.WriteLineAsync(language.Words(english, french));

    private async Task<int> FailAsync(int code, string english, string french)
    {
        await errors.WriteLineAsync("chatbot mail test: " + language.Words(english, french));
        return code;
    }
}
