using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[icinga]</c>, which may be left out.</summary>
internal static class IcingaReader
{
    private static readonly Uri Nowhere = new("https://localhost");

    public static IcingaSettings? Read(Section root, NagiosSettings nagios)
    {
        var section = root.Table("icinga");
        if (!root.Has("icinga"))
        {
            return null;
        }

        if (nagios is not { CommandFile: null, StatusFile: null })
        {
            root.Report("icinga", root.Words("[icinga] and [nagios] are both written, but the bot has one monitor; leave one of them out", "[icinga] et [nagios] sont écrits tous les deux, mais le robot n'a qu'une supervision ; retirez l'un des deux"));
        }

        var user = section.Words("write the name of an ApiUser of Icinga, without \":\"", "écrivez le nom d'un ApiUser d'Icinga, sans « : »");
        section.RequireKey("password_file", section.Words("write the name of a file with the password on its first line", "écrivez le nom d'un fichier dont la première ligne est le mot de passe"));
        var settings = new IcingaSettings(
            section.Required<Uri>("url", Url, section.Words("write where its API is, such as \"https://icinga.example.org:5665\"; http:// only on this machine", "écrivez où est son API, par exemple \"https://icinga.example.org:5665\" ; http:// sur cette machine seulement")),
            section.Required<string>("user", User, user),
            section.SecretOf("password") ?? new(""))
        {
            TlsCaFile = section.Authorities("tls_ca_file"),
            TlsFingerprint = section.Optional<string>("tls_fingerprint", ValueParsers.Sha256, section.Words("write the SHA-256 of the certificate, 64 hexadecimal digits", "écrivez le SHA-256 du certificat, 64 chiffres hexadécimaux")),
        };
        CheckTls(section, settings);
        section.Done();
        return settings;
    }

    private static void CheckTls(Section section, IcingaSettings settings)
    {
        foreach (var key in new[] { "tls_fingerprint", "tls_ca_file" })
        {
            if (settings.Url.Scheme == Uri.UriSchemeHttp && section.Has(key))
            {
                section.Report(key, section.Words($"`{key}` means nothing without TLS; write https:// or leave it out", $"`{key}` n'a pas de sens sans TLS ; écrivez https:// ou retirez-le"));
            }
        }
    }

    private static bool User(string text, out string value)
    {
        value = text;
        return !text.Contains(':', StringComparison.Ordinal); // RFC 7617, 2: what comes after it would be the password.
    }

    private static bool Url(string text, out Uri value)
    {
        value = Nowhere;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            return false;
        }

        if (url.Scheme != Uri.UriSchemeHttps && (url.Scheme != Uri.UriSchemeHttp || !HostPort.IsLoopbackHost(url.IdnHost)))
        {
            return false;
        }

        value = url;
        return true;
    }
}
