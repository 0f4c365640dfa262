
using System.Net;
using ChatBot.Configuration;
using ChatBot.Configuration.Settings;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Net;

namespace ChatBot.Demo;

/// <summary>The group of the demo: GlobeNet's machines, with the person at the terminal as its admin.</summary>
internal static class DemoSettings
{
    public const string Channel = "#globenet";
    public const string RootChannel = "#root";
    public const string Nick = "globot";

    /// <param name="folder">Everything is kept under it.</param>
    /// <param name="locale">The language of the one at the terminal.</param>
    /// <param name="you">Their nick, account and name.</param>
    /// <param name="isQuick">Nobody sits there to watch.</param>
    public static BotSettings Of(string folder, Locale locale, string you, bool isQuick) => new()
    {
        Locale = locale,
        TimeZone = TimeZoneInfo.Local,
        Data = folder,
        Inventory = Machines(folder, locale),
        People = new People([new Person { Name = you, Roles = [Person.AdminRole], Accounts = [you] }]),
        Irc = new IrcSettings
        {
            Servers = [new HostPort("localhost", 6667)],
            Tls = false,
            Nick = Nick,
            Pace = IrcPace.Off,
            Channels = [new IrcChannel(Channel, Audience.Public, Greet: true)],
        },
        Mail = new MailSettings { Sources = [new MaildirSettings(Maildir(folder), Closed: true)] },
        Storage = new StorageSettings(StorageProvider.Sqlite),
        Nagios = new NagiosSettings(null, null),
        Speech = new SpeechSettings(isQuick ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(2), PublicOutput: false),
        Welcome = new WelcomeSettings(isQuick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(5), "", 3, French, English),
        Web = new WebSettings(new IPEndPoint(IPAddress.Loopback, 0)),
    };

    /// <summary>The same group with both its channels, for somebody who watches.</summary>
    /// <param name="folder">Everything is kept under it.</param>
    /// <param name="locale">The language of the one at the terminal.</param>
    /// <param name="you">Their nick, account and name.</param>
    /// <param name="isQuick">Nobody sits there to watch.</param>
    public static BotSettings WithBothChannels(string folder, Locale locale, string you, bool isQuick)
    {
        var settings = Of(folder, locale, you, isQuick);
        return settings with
        {
            Irc = settings.Irc with { Channels = [.. settings.Irc.Channels, new IrcChannel(RootChannel, Audience.Root)] },
            // The evening of the demo is short.
            Speech = settings.Speech with { GroupInterval = settings.Speech.GroupWait },
        };
    }

    public static string Maildir(string folder) => Path.Combine(folder, "Maildir");

    private static string[] French =>
    [
        "Bonjour {nick}, bienvenue sur {channel} ! Ici, des bénévoles tiennent les machines de GlobeNet.",
        "« {prefix}état » dit comment vont les machines, « {prefix}aide » tout ce que je comprends. Dans un vrai groupe, les liens pour commencer sont ici.",
    ];

    private static string[] English =>
    [
        "Hello {nick}, welcome to {channel}! Volunteers run GlobeNet's machines here.",
        "“{prefix}status” says how the machines are, “{prefix}help” all that I understand. In a real group, the links to begin with stand here.",
    ];

    private static Inventory Machines(string folder, Locale locale)
    {
        return new(
        [
            new Machine { Name = "routeur" },
            Shared("sud", About("façade", "front"), "routeur"),
            Shared("coordsud", About("façade", "front"), "routeur"),
            Shared("filer", About("les fichiers des sites et des boîtes", "files of sites and mailboxes"), "sud"),
            Shared("sql", About("les bases de données", "databases"), "sud"),
            new Machine
            {
                Name = "hal", Names = ["hal.globenet.org"], Group = "no-log", About = About("tout no-log sauf le webmail", "all of no-log but webmail"),
                Services = ["POP3", "IMAP", "SMTP"], Changelog = "file:" + Path.Combine(folder, "hal.changelog"),
            },
            new Machine { Name = "webmail", Names = ["webmail.no-log.org"], Group = "no-log" },
            new Machine { Name = "web", Names = ["web.no-log.org"], Group = "no-log", About = About("développement", "development") },
            Shared("www2", About("maquette", "mock-up")),
        ]);

        string About(string french, string english) => locale == Locale.French ? french : english;

        Machine Shared(string name, string about, params string[] dependsOn) => new()
        {
            Name = name,
            Names = [$"{name}.globenet.org"],
            Group = About("mutualisé", "shared"),
            About = about,
            DependsOn = dependsOn,
        };
    }
}
