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
            root.Report("icinga", "[icinga] and [nagios] are both written, but the bot has one monitor; leave one of them out");
        }

        const string user = "write the name of an ApiUser of Icinga, without \":\"";
        section.RequireKey("password_file", "write the name of a file with the password on its first line");
        var settings = new IcingaSettings(
            section.Required<Uri>("url", Url, "write where its API is, such as \"https://icinga.example.org:5665\"; http:// only on this machine"),
            section.Required<string>("user", User, user),
            section.SecretOf("password") ?? new(""))
        {
            TlsCaFile = section.Authorities("tls_ca_file"),
            TlsFingerprint = section.Optional<string>("tls_fingerprint", ValueParsers.Sha256, "write the SHA-256 of the certificate, 64 hexadecimal digits"),
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
                section.Report(key, $"`{key}` means nothing without TLS; write https:// or leave it out");
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
