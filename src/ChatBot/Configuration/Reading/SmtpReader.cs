using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[mail.smtp]</c>.</summary>
internal static class SmtpReader
{
    private static readonly string[] OfServer = ["host", "port", "tls", "tls_ca_file", "user", "password_file"];

    public static SmtpSettings? Read(Section mail)
    {
        var section = mail.Table("smtp");
        if (!mail.Has("smtp"))
        {
            return null;
        }

        var advice = section.Words("write an address, such as \"root@example.org\"", "écrivez une adresse, par exemple \"root@example.org\"");
        var sendmail = Sendmail(section);
        var settings = new SmtpSettings(
            sendmail is null ? Host(section) : section.Text("host") ?? "",
            section.Number("port", 25, 1, 65535),
            section.Required<string>("from", ValueParsers.Address, advice),
            section.Required<string>("root_alias", ValueParsers.Address, advice))
        {
            Sendmail = sendmail,
            EnvelopeFrom = section.Optional<string>("envelope_from", ValueParsers.Address, advice),
            Threads = section.Flag("threads"),
            TlsCaFile = section.FilePath("tls_ca_file"),
            User = section.Text("user"),
            Password = section.SecretOf("password"),
        };
        settings = settings with
        {
            Tls = section.Word(
                "tls", ("starttls-if-available", SmtpTls.IfOffered), ("starttls", SmtpTls.StartTls), ("implicit", SmtpTls.Implicit), ("none", SmtpTls.None))
                ?? (HostPort.IsLoopbackHost(settings.Host) ? SmtpTls.None : SmtpTls.StartTls),
        };
        Check(section, settings);
        section.Done();
        return settings;
    }

    private static string Host(Section section) => section.Required<string>(
        "host",
        ValueParsers.Host,
        section.Words(
            "write the mail server that relays for the bot, such as \"localhost\", or sendmail = \"/usr/sbin/sendmail\" instead",
            "écrivez le serveur de courrier qui relaie pour le robot, par exemple \"localhost\", ou bien sendmail = \"/usr/sbin/sendmail\""));

    private static string? Sendmail(Section section)
    {
        if (section.Text("sendmail") is not { } path)
        {
            return null;
        }

        if (!Path.IsPathRooted(path) || !File.Exists(path))
        {
            section.Report("sendmail", section.Words(
                $"`sendmail` \"{path}\" is no program on this machine; write its full path, such as \"/usr/sbin/sendmail\", without arguments",
                $"`sendmail` \"{path}\" n'est pas un programme de cette machine ; écrivez son chemin complet, par exemple \"/usr/sbin/sendmail\", sans arguments"));
        }

        foreach (var key in OfServer.Where(section.Has))
        {
            section.Report(key, section.Words(
                $"`{key}` is of a mail server, and `sendmail` takes its place; leave one of them out",
                $"`{key}` concerne un serveur de courrier, que `sendmail` remplace ; retirez l'un des deux"));
        }

        return path;
    }

    private static void Check(Section section, SmtpSettings settings)
    {
        if (settings.TlsCaFile is { } path && !File.Exists(path))
        {
            section.Report("tls_ca_file", section.Words("`tls_ca_file` names no file; write the path of a PEM file", "`tls_ca_file` ne désigne aucun fichier ; écrivez le chemin d'un fichier PEM"));
        }

        if (section.Has("user"))
        {
            section.RequireKey("password_file", section.Words("write the name of a file with the password on its first line", "écrivez le nom d'un fichier dont la première ligne est le mot de passe"));
        }
        else if (section.Has("password_file"))
        {
            section.RequireKey("user", section.Words("write the login at the mail server", "écrivez l'identifiant auprès du serveur de courrier"));
        }

        if (section.Has("user") && settings.Tls is SmtpTls.IfOffered or SmtpTls.None && !HostPort.IsLoopbackHost(settings.Host))
        {
            section.Report(
                section.Has("tls") ? "tls" : "user", section.Words("the password could cross the network unencrypted; write tls = \"starttls\" or tls = \"implicit\"", "le mot de passe pourrait passer en clair sur le réseau ; écrivez tls = \"starttls\" ou tls = \"implicit\""));
        }
    }
}
