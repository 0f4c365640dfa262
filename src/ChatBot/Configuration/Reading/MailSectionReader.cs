using System.Net;
using ChatBot.Core.Machines;
using ChatBot.Core.Mail;
using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[mail]</c>.</summary>
internal static class MailSectionReader
{
    private const int ShortestFlag = 3;

    public static MailSettings Read(Section section)
    {
        var settings = new MailSettings
        {
            Trust = ReadTrust(section),
            Dkim = section.Flag("dkim", otherwise: true),
            PublicFlag = section.Text("public_flag") ?? "[public]",
            Sources = ReadSources(section),
            Smtp = SmtpReader.Read(section),
            Door = MailDoorReader.Read(section),
        };
        if (settings.PublicFlag.AsSpan().Trim().Length < ShortestFlag)
        {
            section.Report("public_flag", section.Words("a subject could contain this by chance; write something such as \"[public]\"", "un sujet pourrait contenir cela par hasard ; écrivez par exemple \"[public]\""));
        }

        section.Done();
        return settings;
    }

    private static MailTrust ReadTrust(Section section)
    {
        var monitors = section.TablesOrTexts("monitors", "address").Select(ReadMonitor).ToList();
        return new()
        {
            Mx = section.Optional<string>("mx", ValueParsers.Host, section.Words("write a host name, such as \"mail.example.org\"", "écrivez un nom de machine, par exemple \"mail.example.org\"")),
            Networks = section.List<IPNetwork>("networks", ValueParsers.Network,
                section.Words("write a network from its first address, such as \"192.0.2.0/24\", \"192.0.2.7/32\" or \"2001:db8::/32\"", "écrivez un réseau par sa première adresse, par exemple \"192.0.2.0/24\", \"192.0.2.7/32\" ou \"2001:db8::/32\"")),
            TrustedSenders = section.List<string>("trusted_senders", ValueParsers.AddressPattern,
                section.Words("write an address, such as \"*@*.example.org\"", "écrivez une adresse, par exemple \"*@*.example.org\"")),
            Monitors = [.. monitors.Select(monitor => monitor.Address)],
            MonitorPlaces = monitors
                .GroupBy(monitor => monitor.Address, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    one => one.Key, IReadOnlyList<SendingPlace> (one) => [.. one.SelectMany(monitor => monitor.From)], StringComparer.OrdinalIgnoreCase),
        };
    }

    private static (string Address, IReadOnlyList<SendingPlace> From) ReadMonitor(Section section)
    {
        var monitor = (
            section.Required<string>("address", ValueParsers.Address,
                section.Words("write one exact address, such as \"nagios@example.org\": it speaks for every machine", "écrivez une adresse exacte, par exemple \"nagios@example.org\" : elle parle pour toutes les machines")),
            section.List<SendingPlace>("from", ValueParsers.SendingPlace, MachinesReader.PlaceAdvice(section)));
        section.Done();
        return monitor;
    }

    private static List<MailSourceSettings> ReadSources(Section mail)
    {
        var sources = new List<MailSourceSettings>();
        foreach (var section in mail.Tables("sources"))
        {
            var source = ReadSource(section);
            section.Done();
            if (source is null)
            {
                continue;
            }

            sources.Add(source);
            if (!source.Closed && !mail.Has("mx"))
            {
                section.Report("kind", section.Words(
                    "anybody could write to this source; write mx = \"the name of your MX\" in [mail] so that "
                    + "its header fields show who did, or closed = true here if only your machines can write to it",
                    "n'importe qui pourrait écrire à cette source ; écrivez mx = \"le nom de votre MX\" dans [mail], pour que ses en-têtes "
                    + "montrent qui l'a fait, ou closed = true ici si seules vos machines peuvent y écrire"));
            }
        }

        return sources;
    }

    private static MailSourceSettings? ReadSource(Section section)
    {
        var advice = section.Words("write \"maildir\", \"imap\" or \"pop3\"", "écrivez \"maildir\", \"imap\" ou \"pop3\"");
        section.RequireKey("kind", advice);
        switch (section.Text("kind"))
        {
            case "maildir":
                return ReadMaildir(section);
            case "imap":
                return ReadImap(section);
            case "pop3":
                return ReadPop3(section);
            case { } other:
                section.Report("kind", section.Words($"`kind` is \"{other}\"; {advice}", $"`kind` vaut \"{other}\" ; {advice}"));
                break;
        }

        section.Skip();
        return null;
    }

    private static MaildirSettings ReadMaildir(Section section)
    {
        section.RequireKey("path", section.Words("write the folder that contains new, cur and tmp", "écrivez le dossier qui contient new, cur et tmp"));
        var path = section.FilePath("path") ?? "";
        if (File.Exists(path))
        {
            section.Report("path", section.Words(
                "`path` is a file, perhaps an mbox; write the folder of a Maildir, which contains new, cur and tmp",
                "`path` est un fichier, peut-être un mbox ; écrivez le dossier d'un Maildir, qui contient new, cur et tmp"));
        }

        return new(path, section.Flag("closed"));
    }

    private static ImapSettings ReadImap(Section section)
    {
        var settings = new ImapSettings(section.Flag("closed"))
        {
            Host = section.Required<string>("host", ValueParsers.Host, section.Words("write a host name, such as \"imap.example.org\"", "écrivez un nom de machine, par exemple \"imap.example.org\"")),
            Port = section.Number("port", 993, 1, 65535),
            Tls = section.Flag("tls", otherwise: true),
            TlsCaFile = section.Authorities("tls_ca_file"),
            User = section.Required<string>("user", ValueParsers.Any, section.Words("write the login of the mailbox", "écrivez l'identifiant de la boîte")),
            Password = section.SecretOf("password") ?? new(""),
            Folder = section.Text("folder") ?? "INBOX",
            ProcessedFolder = section.Required<string>("processed_folder", ValueParsers.Any,
                section.Words("write the folder where a mail goes once it is stored", "écrivez le dossier où va un mail une fois enregistré")),
            Poll = section.OptionalDuration("poll", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
        };
        CheckServer(section, settings);
        if (settings.ProcessedFolder == settings.Folder)
        {
            section.Report("processed_folder", section.Words("`processed_folder` is the folder that is read; write another", "`processed_folder` est le dossier qui est lu ; écrivez-en un autre"));
        }

        return settings;
    }

    private static Pop3Settings ReadPop3(Section section)
    {
        var settings = new Pop3Settings(section.Flag("closed"))
        {
            Host = section.Required<string>("host", ValueParsers.Host, section.Words("write a host name, such as \"pop.example.org\"", "écrivez un nom de machine, par exemple \"pop.example.org\"")),
            Port = section.Number("port", 995, 1, 65535),
            Tls = section.Flag("tls", otherwise: true),
            TlsCaFile = section.Authorities("tls_ca_file"),
            User = section.Required<string>("user", ValueParsers.Any, section.Words("write the login of the mailbox", "écrivez l'identifiant de la boîte")),
            Password = section.SecretOf("password") ?? new(""),
            Poll = section.Duration("poll", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            LeaveOnServer = section.Flag("leave_on_server"),
        };
        CheckServer(section, settings);
        return settings;
    }

    private static void CheckServer(Section section, MailServerSettings settings)
    {
        section.RequireKey("password_file", section.Words("write the name of a file with the password on its first line", "écrivez le nom d'un fichier dont la première ligne est le mot de passe"));
        if (!settings.Tls && !HostPort.IsLoopbackHost(settings.Host))
        {
            section.Report("tls", section.Words("the password would cross the network unencrypted; write tls = true", "le mot de passe passerait en clair sur le réseau ; écrivez tls = true"));
        }

        if (!settings.Tls && section.Has("tls_ca_file"))
        {
            section.Report("tls_ca_file", section.Words("`tls_ca_file` means nothing without TLS; write tls = true or leave it out", "`tls_ca_file` n'a pas de sens sans TLS ; écrivez tls = true ou retirez-le"));
        }
    }
}
