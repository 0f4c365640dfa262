
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[irc]</c>.</summary>
internal static class IrcReader
{
    /// <param name="section">That table.</param>
    /// <param name="standby">How the bot waits for another one; null where it does not.</param>
    public static IrcSettings Read(Section section, Standby? standby)
    {
        var servers = section.List<HostPort>("servers", HostPort.TryParse,
            section.Words("write host:port, such as \"irc.example.org:6697\"", "écrivez hôte:port, par exemple \"irc.example.org:6697\""));
        section.RequireItem("servers", section.Words("[irc] has no server; write servers = [\"irc.example.org:6697\"]", "[irc] n'a pas de serveur ; écrivez servers = [\"irc.example.org:6697\"]"));
        var tls = section.Flag("tls", otherwise: true);
        var clear = !tls && !servers.All(server => server.IsLoopback);
        var settings = new IrcSettings
        {
            Servers = servers,
            Tls = tls,
            TlsFingerprint = section.Optional<string>("tls_fingerprint", ValueParsers.Sha256,
                section.Words("write the SHA-256 of the certificate, 64 hexadecimal digits", "écrivez le SHA-256 du certificat, 64 chiffres hexadécimaux")),
            TlsCaFile = section.Authorities("tls_ca_file"),
            Nick = section.Required<string>("nick", ValueParsers.Nick,
                section.Words("write a nick, such as \"globot\": letters, digits and []\\`_^{|}-, no digit first", "écrivez un pseudo, par exemple \"globot\" : des lettres, des chiffres et []\\`_^{|}-, sans chiffre au début")),
            User = section.Optional<string>("user", ValueParsers.Nick, section.Words("write letters and digits, such as \"globot\"", "écrivez des lettres et des chiffres, par exemple \"globot\"")),
            Realname = section.Text("realname"),
            Password = section.SecretOf("password")?.Reveal(),
            CommandPrefix = section.Optional<string>("command_prefix", ValueParsers.Prefix,
                section.Words("write one to three signs such as \"!\", but not /", "écrivez un à trois signes, par exemple \"!\", mais pas /")) ?? "!",
            Pace = section.Word("pace", ("auto", IrcPace.Auto), ("off", IrcPace.Off)) ?? IrcPace.Auto,
            Sasl = SaslReader.Read(section, tls, clear),
            Services = ServicesReader.Read(section, clear),
            Channels = ReadChannels(section),
            Bots = section.List<string>("bots", ValueParsers.Nick, section.Words("write the nick of a bot", "écrivez le pseudo d'un robot")),
        };
        settings = settings with { StandbyNick = ReadStandbyNick(section, settings.Nick, standby) };
        CheckTls(section, tls, clear);
        section.Done();
        return settings;
    }

    private static string? ReadStandbyNick(Section section, string nick, Standby? standby)
    {
        var written = section.Optional<string>("standby_nick", ValueParsers.Nick,
            section.Words("write a nick, such as \"globot2\"", "écrivez un pseudo, par exemple \"globot2\""));
        if (written is not null && standby != Standby.Warm)
        {
            section.Report("standby_nick", section.Words(
                "only a bot that waits on IRC has this nick; write standby = \"warm\" in [storage] or leave it out",
                "seul un robot qui attend sur IRC porte ce pseudo ; écrivez standby = \"warm\" dans [storage] ou retirez-le"));
        }
        else if (written is not null && CaseMapping.Rfc1459.Equals(written, nick))
        {
            section.Report("standby_nick", section.Words("the bot that speaks has this nick; write another one", "le robot qui parle porte ce pseudo ; écrivez-en un autre"));
        }

        return standby == Standby.Warm ? written ?? nick + "2" : null;
    }

    private static void CheckTls(Section section, bool tls, bool clear)
    {
        if (clear && section.Has("password_file"))
        {
            section.Report("password_file",
                section.Words("this password would cross the network unencrypted; write tls = true, or a server on this machine", "ce mot de passe passerait en clair sur le réseau ; écrivez tls = true, ou un serveur de cette machine"));
        }

        foreach (var key in new[] { "tls_fingerprint", "tls_ca_file" })
        {
            if (!tls && section.Has(key))
            {
                section.Report(key, section.Words($"`{key}` means nothing without TLS; write tls = true or leave it out", $"`{key}` n'a pas de sens sans TLS ; écrivez tls = true ou retirez-le"));
            }
        }
    }

    private static List<IrcChannel> ReadChannels(Section irc)
    {
        var sections = irc.Tables("channels");
        irc.RequireItem("channels",
            irc.Words("[irc] has no channel; write [[irc.channels]] with name = \"#…\" and audience = \"public\" or \"root\"", "[irc] n'a pas de canal ; écrivez [[irc.channels]] avec name = \"#…\" et audience = \"public\" ou \"root\""));
        var channels = new List<IrcChannel>();
        foreach (var section in sections)
        {
            var channel = ReadChannel(section);
            if (channels.Any(other => CaseMapping.Rfc1459.Equals(other.Name, channel.Name)))
            {
                section.Report("name", section.Words($"\"{channel.Name}\" is written twice; keep one [[irc.channels]] for it", $"\"{channel.Name}\" est écrit deux fois ; gardez un seul [[irc.channels]] pour lui"));
            }

            channels.Add(channel);
        }

        return channels;
    }

    private static IrcChannel ReadChannel(Section section)
    {
        var name = section.Required<string>("name", ValueParsers.Channel,
            section.Words("write a channel, such as \"#example\", without spaces or commas", "écrivez un canal, par exemple \"#exemple\", sans espace ni virgule"));
        section.RequireKey("audience", section.Words("write \"public\" if everybody may join it, \"root\" if only the root group can", "écrivez \"public\" si tout le monde peut y entrer, \"root\" si seul le groupe root le peut"));
        var audience = section.Word("audience", ("public", Audience.Public), ("root", Audience.Root));
        var channel = new IrcChannel(name, audience ?? Audience.Public, section.Flag("greet"), section.SecretOf("key")?.Reveal())
        {
            Colours = section.Flag("colours"),
        };
        section.Done();
        return channel;
    }
}
