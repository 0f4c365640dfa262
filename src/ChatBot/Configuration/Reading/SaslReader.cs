
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[irc.sasl]</c>, whose keys depend on its mechanism.</summary>
internal static class SaslReader
{
    /// <summary>Null where it is not written. <paramref name="clear"/>: what is sent crosses the network unencrypted.</summary>
    public static IrcSasl? Read(Section irc, bool tls, bool clear)
    {
        var section = irc.Table("sasl");
        if (!irc.Has("sasl"))
        {
            return null;
        }

        section.RequireKey("mechanism", section.Words("write \"plain\", \"external\" or \"scram-sha-256\"", "écrivez \"plain\", \"external\" ou \"scram-sha-256\""));
        var mechanism = section.Word("mechanism",
            ("plain", SaslMechanism.Plain), ("external", SaslMechanism.External), ("scram-sha-256", SaslMechanism.ScramSha256));
        var settings = new IrcSasl(
            mechanism ?? SaslMechanism.Plain,
            section.Text("account") ?? "",
            section.SecretOf("password")?.Reveal() ?? "",
            Certificate(section));
        if (mechanism is not null)
        {
            Check(section, settings.Mechanism, tls, clear);
        }

        section.Done();
        return settings;
    }

    private static string? Certificate(Section section)
    {
        if (section.Text("certificate_file") is not { } path || !section.Scope.ReadsSecrets)
        {
            return null;
        }

        var file = SecretFiles.Find(section.Scope, path, out var wrong);
        if (file is null)
        {
            section.Report("certificate_file", $"`certificate_file` {wrong}");
        }

        return file;
    }

    private static void Check(Section section, SaslMechanism mechanism, bool tls, bool clear)
    {
        if (mechanism == SaslMechanism.External)
        {
            section.RequireKey("certificate_file", section.Words("write the name of a PEM file with the certificate and its key", "écrivez le nom d'un fichier PEM avec le certificat et sa clé"));
            if (section.Has("password_file"))
            {
                section.Report("password_file", section.Words("`password_file` means nothing with \"external\"; leave it out", "`password_file` n'a pas de sens avec \"external\" ; retirez-le"));
            }
        }
        else
        {
            section.RequireKey("account", section.Words("write the services account of the bot", "écrivez le compte de services du robot"));
            section.RequireKey("password_file", section.Words("write the name of a file with the password on its first line", "écrivez le nom d'un fichier dont la première ligne est le mot de passe"));
        }

        if (!tls && section.Has("certificate_file"))
        {
            section.Report("certificate_file", section.Words("a certificate is only shown under TLS; write tls = true in [irc]", "un certificat n'est montré que sous TLS ; écrivez tls = true dans [irc]"));
        }

        if (clear && mechanism == SaslMechanism.Plain)
        {
            section.Report("mechanism",
                section.Words("\"plain\" would send the password unencrypted; write tls = true in [irc], or \"scram-sha-256\"", "\"plain\" enverrait le mot de passe en clair ; écrivez tls = true dans [irc], ou \"scram-sha-256\""));
        }
    }
}
