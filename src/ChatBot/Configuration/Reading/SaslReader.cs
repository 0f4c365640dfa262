
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

        section.RequireKey("mechanism", "write \"plain\", \"external\" or \"scram-sha-256\"");
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
        if (section.Text("certificate_file") is not { } path)
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
            section.RequireKey("certificate_file", "write the name of a PEM file with the certificate and its key");
            if (section.Has("password_file"))
            {
                section.Report("password_file", "`password_file` means nothing with \"external\"; leave it out");
            }
        }
        else
        {
            section.RequireKey("account", "write the services account of the bot");
            section.RequireKey("password_file", "write the name of a file with the password on its first line");
        }

        if (!tls && section.Has("certificate_file"))
        {
            section.Report("certificate_file", "a certificate is only shown under TLS; write tls = true in [irc]");
        }

        if (clear && mechanism == SaslMechanism.Plain)
        {
            section.Report("mechanism",
                "\"plain\" would send the password unencrypted; write tls = true in [irc], or \"scram-sha-256\"");
        }
    }
}
