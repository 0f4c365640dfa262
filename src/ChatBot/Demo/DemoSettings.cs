
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
        Inventory = Machines(folder),
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

    public static string Maildir(string folder) => Path.Combine(folder, "Maildir");

    private static string[] French =>
    [
        "Bonjour {nick}, bienvenue sur {channel} ! Ici, des bénévoles tiennent les machines de GlobeNet.",
        "« {prefix}status » dit comment vont les machines, « {prefix}aide » tout ce que je comprends. Dans un vrai groupe, les liens pour commencer sont ici.",
    ];

    private static string[] English =>
    [
        "Hello {nick}, welcome to {channel}! Volunteers run GlobeNet's machines here.",
        "“{prefix}status” says how the machines are, “{prefix}help” all that I understand. In a real group, the links to begin with stand here.",
    ];

    private static Inventory Machines(string folder) => new(
    [
        new Machine { Name = "routeur" },
        new Machine { Name = "sud", Names = ["sud.globenet.org"], Group = "mutualisé", About = "façade", DependsOn = ["routeur"] },
        new Machine { Name = "coordsud", Names = ["coordsud.globenet.org"], Group = "mutualisé", About = "façade", DependsOn = ["routeur"] },
        new Machine { Name = "filer", Names = ["filer.globenet.org"], Group = "mutualisé", DependsOn = ["sud"] },
        new Machine { Name = "sql", Names = ["sql.globenet.org"], Group = "mutualisé", DependsOn = ["sud"] },
        new Machine
        {
            Name = "hal", Names = ["hal.globenet.org"], Group = "no-log", About = "tout no-log sauf le webmail",
            Services = ["POP3", "IMAP", "SMTP"], Changelog = "file:" + Path.Combine(folder, "hal.changelog"),
        },
        new Machine { Name = "webmail", Names = ["webmail.no-log.org"], Group = "no-log" },
        new Machine { Name = "web", Names = ["web.no-log.org"], Group = "no-log", About = "développement" },
        new Machine { Name = "www2", Names = ["www2.globenet.org"], Group = "mutualisé", About = "maquette" },
    ]);
}
