using System.Globalization;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration;

/// <summary>The work of <c>chatbot check</c>: reads everything, connects nowhere.</summary>
public static class Check
{
    /// <summary>Tells each mistake on <paramref name="errors"/>, or what would be done on <paramref name="output"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">Of the process: it overrides settings, names the folder of credentials and sets the language of the messages.</param>
    /// <param name="output">Receives what would be done, notes and warnings.</param>
    /// <param name="errors">Receives the mistakes.</param>
    /// <returns>The exit code: 0 if the configuration is right, 1 if it has a mistake.</returns>
    public static int Run(string path, IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter errors)
    {
        var result = ConfigurationFile.Load(path, environment);
        if (result.Settings is not { } settings)
        {
            foreach (var mistake in result.Mistakes)
            {
                errors.WriteLine(mistake);
            }

            return 1;
        }

        var language = MessageLanguage.Of(environment);
        output.WriteLine(language.Words($"{path} is right. The bot would do this:", $"{path} est correct. Le robot ferait ceci :"));
        foreach (var line in new Summary(settings, language).Lines())
        {
            output.WriteLine($"  {line}");
        }

        foreach (var note in SetupNotes.OfUnit(path, language).Concat(SetupNotes.Of(settings, language)))
        {
            output.WriteLine(language.Words($"Note: {note}", $"À noter : {note}"));
        }

        foreach (var warning in SendingPlaceWarnings.Of(settings, language).Concat(RetentionWarnings.Of(settings.Retention, language)))
        {
            output.WriteLine(language.Words($"Warning: {warning}", $"Attention : {warning}"));
        }

        return 0;
    }

    private sealed class Summary(BotSettings settings, MessageLanguage language)
    {
        public IEnumerable<string> Lines() => [.. Irc(), .. Mail(), .. Others(), .. Audiences()];

        private string Words(string english, string french) => language.Words(english, french);

        private IEnumerable<string> Irc()
        {
            var irc = settings.Irc;
            yield return Words(
                $"connect to {string.Join(", else ", irc.Servers)} {(irc.Tls ? "with" : "without")} TLS, as {irc.Nick}",
                $"se connecter à {string.Join(", sinon ", irc.Servers)} {(irc.Tls ? "avec" : "sans")} TLS, sous le pseudo {irc.Nick}");
            if (irc.Sasl is { } sasl)
            {
                yield return sasl.Mechanism == SaslMechanism.External
                    ? Words("identify by its certificate (SASL EXTERNAL)", "s'identifier par son certificat (SASL EXTERNAL)")
                    : Words($"identify as {sasl.Account} by SASL", $"s'identifier comme {sasl.Account} par SASL");
            }

            if (irc.Services is { } services)
            {
                yield return services.Account.Length > 0
                    ? Words(
                        $"identify to {services.NickServ} as {services.Account}, and ask {services.ChanServ} to let it into its channels",
                        $"s'identifier auprès de {services.NickServ} comme {services.Account}, et demander à {services.ChanServ} de le laisser entrer sur ses canaux")
                    : Words(
                        $"ask {services.ChanServ} to let it into its channels, and {services.NickServ} to give its nick back",
                        $"demander à {services.ChanServ} de le laisser entrer sur ses canaux, et à {services.NickServ} de lui rendre son pseudo");
            }

            foreach (var channel in irc.Channels)
            {
                yield return Words(
                    $"join {channel.Name}: {Word(channel.Audience)}{(channel.Greet ? ", greet newcomers" : "")}{(channel.Colours ? ", states in colour" : "")}",
                    $"entrer sur {channel.Name} : {Word(channel.Audience)}{(channel.Greet ? ", accueillir les nouveaux venus" : "")}{(channel.Colours ? ", états en couleur" : "")}");
            }
        }

        private IEnumerable<string> Mail()
        {
            foreach (var source in settings.Mail.Sources)
            {
                yield return Words($"read {Source(source)}", $"lire {Source(source)}");
            }

            yield return Words(
                $"read what `chatbot deliver` and `chatbot send` store in {settings.Data}",
                $"lire ce que `chatbot deliver` et `chatbot send` enregistrent dans {settings.Data}");
            if (settings.Mail.Smtp is { } smtp)
            {
                var server = smtp.Sendmail ?? new HostPort(smtp.Host, smtp.Port).ToString();
                yield return Words(
                    $"write to {smtp.RootAlias} by {server} when IRC is away for an hour",
                    $"écrire à {smtp.RootAlias} par {server} quand IRC est injoignable depuis une heure");
                if (smtp.Threads)
                {
                    yield return Words(
                        "answer there, in the thread of its alert, when an incident is acknowledged or ends",
                        "y répondre, dans le fil de son alerte, quand un incident est pris ou se termine");
                }

                if (settings.OpenPgp is not null && (settings.Mail.Door.Ack == MailProof.OpenPgp || settings.Mail.Door.Write == MailProof.OpenPgp))
                {
                    yield return Words(
                        $"take commands of admins by mails to {smtp.From} that are signed with OpenPGP",
                        $"prendre les ordres des admins par des mails à {smtp.From}, signés avec OpenPGP");
                }
            }
        }

        private IEnumerable<string> Others()
        {
            if (settings.Digest is { } digest)
            {
                var count = digest.Recipients.Count;
                var hour = digest.At.ToString("HH:mm", CultureInfo.InvariantCulture);
                yield return Words(
                    $"mail a digest at {hour} ({digest.TimeZone.Id}) to {count}, {digest.Recipients.Count(one => one.IsEncrypted)} of them encrypted",
                    $"envoyer un résumé par mail à {hour} ({digest.TimeZone.Id}) à {count}, dont {digest.Recipients.Count(one => one.IsEncrypted)} chiffré(s)");
            }

            if (Monitor() is { } monitor)
            {
                yield return monitor;
            }

            foreach (var watch in settings.Watches)
            {
                yield return Words(
                    $"open an incident where {watch.Source} of {watch.Machine} is silent for {watch.SilentAfter.TotalHours:0.#} hours",
                    $"ouvrir un incident si {watch.Source} de {watch.Machine} se tait pendant {watch.SilentAfter.TotalHours:0.#} heures");
            }

            if (settings.Storage.Standby is { } standby)
            {
                yield return standby == Standby.Warm
                    ? Words(
                        $"wait on IRC as {settings.Irc.StandbyNick}, in no channel, while another bot speaks from the same database, and take over where it stops",
                        $"attendre sur IRC sous le pseudo {settings.Irc.StandbyNick}, sur aucun canal, tant qu'un autre robot parle depuis la même base, et prendre la main s'il s'arrête")
                    : Words(
                        "wait off IRC while another bot speaks from the same database, and take over where it stops",
                        "attendre hors d'IRC tant qu'un autre robot parle depuis la même base, et prendre la main s'il s'arrête");
            }

            if (settings.OpenPgp is { } openPgp)
            {
                yield return Words(
                    $"let admins prove who they are by signatures of the keys in {openPgp.Keys} (!auth)",
                    $"laisser les admins prouver qui ils sont par une signature des clés de {openPgp.Keys} (!prouve)");
            }
            else if (settings.People.HaveKeys)
            {
                yield return Words(
                    "leave `pgp` of people alone: without [openpgp] there is no key to verify with",
                    "laisser de côté le `pgp` des personnes : sans [openpgp], il n'y a pas de clé pour vérifier");
            }

            if (settings.Web is { } web)
            {
                yield return Words($"serve /healthz and /metrics on {web.Listen}", $"servir /healthz et /metrics sur {web.Listen}");
            }
        }

        private string Kept()
        {
            var keep = settings.Retention;
            return Words(
                $"erase plugin output {English(keep.PluginOutput)} and names {English(keep.Names)} after the end, the steps of incidents after "
                + $"{English(keep.Incidents)}, authors in changelogs {(keep.ChangelogAuthors is { } asked ? $"after {English(asked)}" : "when they ask")}, "
                + $"delivered lines after {English(keep.Delivered)}, mails of the own spool after {English(keep.Mails)}, who was greeted after {English(keep.Greeted)}",
                $"effacer la sortie des sondes {French(keep.PluginOutput)} et les noms {French(keep.Names)} après la fin, les étapes des incidents après "
                + $"{French(keep.Incidents)}, les auteurs des changelogs {(keep.ChangelogAuthors is { } after ? $"après {French(after)}" : "à leur demande")}, "
                + $"les lignes envoyées après {French(keep.Delivered)}, les mails de son propre spool après {French(keep.Mails)}, qui a été accueilli après {French(keep.Greeted)}");

            static string English(TimeSpan kept) => Count((int)kept.TotalDays, "day", "days");
            static string French(TimeSpan kept) => Count((int)kept.TotalDays, "jour", "jours");
        }

        private IEnumerable<string> Audiences()
        {
            yield return Kept();
            var (machines, persons) = (settings.Inventory.Machines.Count, settings.People.Persons.Count);
            var admins = settings.People.Persons.Count(person => person.IsAdmin);
            yield return Words(
                $"know {Count(machines, "machine", "machines")} and {Count(persons, "person", "persons")}, {Count(admins, "admin", "admins")} among them",
                $"connaître {Count(machines, "machine", "machines")} et {Count(persons, "personne", "personnes")}, dont {Count(admins, "admin", "admins")}");
            yield return Words(
                "public channels get: machine, service, state and number of alerts, their end, planned work, changes as counts with their folders and packages",
                "les canaux publics reçoivent : machine, service, état et numéro des alertes, leur fin, les travaux annoncés, les modifications en nombres avec leurs dossiers et paquets")
                + (settings.Speech.PublicOutput
                    ? Words(", plugin output, redacted", ", la sortie des sondes, expurgée")
                    : Words("; no text of any mail", " ; aucun texte d'aucun mail"));
            yield return Words(
                "root channels get: the same, with plugin output, names of changed files, changelog lines, and the subjects of other mails",
                "les canaux root reçoivent : de même, avec la sortie des sondes, les noms des fichiers modifiés, les lignes de changelog et les sujets des autres mails");
        }

        private string? Monitor() => settings switch
        {
            { Icinga: { } icinga } => Words(
                $"send acknowledgements and downtimes to Icinga at {icinga.Url.Authority}, as {icinga.User}, and compare its state",
                $"envoyer acquittements et maintenances à Icinga sur {icinga.Url.Authority}, comme {icinga.User}, et comparer son état"),
            { Nagios.TakesOrders: true } => Words(
                $"send acknowledgements and downtimes to Nagios by {settings.Nagios.CommandFile}, and compare its state",
                $"envoyer acquittements et maintenances à Nagios par {settings.Nagios.CommandFile}, et comparer son état"),
            { Nagios.StatusFile: { } file } => Words(
                $"compare the state of Nagios in {file}, and send it nothing",
                $"comparer l'état de Nagios dans {file}, sans rien lui envoyer"),
            _ => null,
        };

        private static string Word(Audience audience) => audience == Audience.Root ? "root" : "public";

        private string Source(MailSourceSettings source) => source switch
        {
            MaildirSettings maildir => Words($"Maildir {maildir.Path}", $"le Maildir {maildir.Path}") + Closed(source),
            ImapSettings imap => Words(
                $"{imap.Folder} of {imap.User} on {new HostPort(imap.Host, imap.Port)}", $"{imap.Folder} de {imap.User} sur {new HostPort(imap.Host, imap.Port)}")
                + Closed(source),
            Pop3Settings pop3 => Words(
                $"the mailbox of {pop3.User} on {new HostPort(pop3.Host, pop3.Port)}, {(pop3.LeaveOnServer ? "leaving mails there" : "deleting there what is stored")}",
                $"la boîte de {pop3.User} sur {new HostPort(pop3.Host, pop3.Port)}, {(pop3.LeaveOnServer ? "en y laissant les mails" : "en y effaçant ce qui est enregistré")}")
                + Closed(source),
            _ => source.Kind,
        };

        private string Closed(MailSourceSettings source) =>
            source.Closed ? Words(", whose mail is not checked further", ", dont le courrier n'est pas vérifié davantage") : "";

        private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
    }
}
