using System.Text;
using ChatBot.Configuration.Settings;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[irc.services]</c>.</summary>
internal static class ServicesReader
{
    // What fits into one line to NickServ with the longest account.
    private const int LongestPassword = 300;

    /// <summary>Null where it is not written. <paramref name="clear"/>: what is sent crosses the network unencrypted.</summary>
    public static IrcServices? Read(Section irc, bool clear)
    {
        var section = irc.Table("services");
        if (!irc.Has("services"))
        {
            return null;
        }

        var settings = new IrcServices(
            section.Optional<string>("nickserv", ValueParsers.Service, section.Words("write the nick of the service, such as \"NickServ\" or \"NickServ@services.example.org\"", "écrivez le pseudo du service, par exemple \"NickServ\" ou \"NickServ@services.example.org\"")) ?? "NickServ",
            section.Optional<string>("chanserv", ValueParsers.Nick, section.Words("write the nick of the service, such as \"ChanServ\"", "écrivez le pseudo du service, par exemple \"ChanServ\"")) ?? "ChanServ",
            section.Optional<string>("account", ValueParsers.Nick, section.Words("write the nick that the bot has registered", "écrivez le pseudo que le robot a enregistré")) ?? "",
            section.SecretOf("password")?.Reveal() ?? "");
        if (section.Has("account") || section.Has("password_file"))
        {
            Check(irc, section, settings.Password, clear);
        }

        section.Done();
        return settings;
    }

    private static void Check(Section irc, Section section, string password, bool clear)
    {
        section.RequireKey("account", section.Words("write the nick that the bot has registered, or leave `password_file` out", "écrivez le pseudo que le robot a enregistré, ou retirez `password_file`"));
        section.RequireKey("password_file", section.Words("write the name of a file with the password on its first line, or leave `account` out", "écrivez le nom d'un fichier dont la première ligne est le mot de passe, ou retirez `account`"));
        if (irc.Has("sasl"))
        {
            section.Report("account", section.Words("the bot identifies by [irc.sasl] already; leave `account` and `password_file` out of [irc.services]", "le robot s'identifie déjà par [irc.sasl] ; retirez `account` et `password_file` de [irc.services]"));
        }

        if (clear && section.Has("password_file"))
        {
            section.Report("password_file",
                section.Words("this password would cross the network unencrypted; write tls = true in [irc], or a server on this machine", "ce mot de passe passerait en clair sur le réseau ; écrivez tls = true dans [irc], ou un serveur de cette machine"));
        }

        if (password.Any(sign => char.IsControl(sign) || sign == ' ') || Encoding.UTF8.GetByteCount(password) > LongestPassword)
        {
            section.Report("password_file",
                section.Words($"NickServ takes no password with spaces or controls, or of more than {LongestPassword} bytes; choose another one", $"NickServ ne prend pas de mot de passe avec des espaces ou des caractères de contrôle, ni de plus de {LongestPassword} octets ; choisissez-en un autre"));
        }
    }
}
