
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[irc]</c>.</summary>
internal static class IrcReader
{
    private const string ServerAdvice = "write host:port, such as \"irc.example.org:6697\"";

    public static IrcSettings Read(Section section)
    {
        var servers = section.List<HostPort>("servers", HostPort.TryParse, ServerAdvice);
        section.RequireItem("servers", "[irc] has no server; write servers = [\"irc.example.org:6697\"]");
        var tls = section.Flag("tls", otherwise: true);
        var clear = !tls && !servers.All(server => server.IsLoopback);
        var settings = new IrcSettings
        {
            Servers = servers,
            Tls = tls,
            TlsFingerprint = section.Optional<string>("tls_fingerprint", ValueParsers.Sha256,
                "write the SHA-256 of the certificate, 64 hexadecimal digits"),
            TlsCaFile = section.Authorities("tls_ca_file"),
            Nick = section.Required<string>("nick", ValueParsers.Nick,
                "write a nick, such as \"globot\": letters, digits and []\\`_^{|}-, no digit first"),
            User = section.Optional<string>("user", ValueParsers.Nick, "write letters and digits, such as \"globot\""),
            Realname = section.Text("realname"),
            Password = section.SecretOf("password")?.Reveal(),
            CommandPrefix = section.Optional<string>("command_prefix", ValueParsers.Prefix,
                "write one to three signs such as \"!\", but not /") ?? "!",
            Pace = section.Word("pace", ("auto", IrcPace.Auto), ("off", IrcPace.Off)) ?? IrcPace.Auto,
            Sasl = SaslReader.Read(section, tls, clear),
            Services = ServicesReader.Read(section, clear),
            Channels = ReadChannels(section),
            Bots = section.List<string>("bots", ValueParsers.Nick, "write the nick of a bot"),
        };
        CheckTls(section, tls, clear);
        section.Done();
        return settings;
    }

    private static void CheckTls(Section section, bool tls, bool clear)
    {
        if (clear && section.Has("password_file"))
        {
            section.Report("password_file",
                "this password would cross the network unencrypted; write tls = true, or a server on this machine");
        }

        foreach (var key in new[] { "tls_fingerprint", "tls_ca_file" })
        {
            if (!tls && section.Has(key))
            {
                section.Report(key, $"`{key}` means nothing without TLS; write tls = true or leave it out");
            }
        }
    }

    private static List<IrcChannel> ReadChannels(Section irc)
    {
        var sections = irc.Tables("channels");
        irc.RequireItem("channels",
            "[irc] has no channel; write [[irc.channels]] with name = \"#…\" and audience = \"public\" or \"root\"");
        var channels = new List<IrcChannel>();
        foreach (var section in sections)
        {
            var channel = ReadChannel(section);
            if (channels.Any(other => CaseMapping.Rfc1459.Equals(other.Name, channel.Name)))
            {
                section.Report("name", $"\"{channel.Name}\" is written twice; keep one [[irc.channels]] for it");
            }

            channels.Add(channel);
        }

        return channels;
    }

    private static IrcChannel ReadChannel(Section section)
    {
        var name = section.Required<string>("name", ValueParsers.Channel,
            "write a channel, such as \"#example\", without spaces or commas");
        section.RequireKey("audience", "write \"public\" if everybody may join it, \"root\" if only the root group can");
        var audience = section.Word("audience", ("public", Audience.Public), ("root", Audience.Root));
        var channel = new IrcChannel(name, audience ?? Audience.Public, section.Flag("greet"), section.SecretOf("key")?.Reveal())
        {
            Colours = section.Flag("colours"),
        };
        section.Done();
        return channel;
    }
}
