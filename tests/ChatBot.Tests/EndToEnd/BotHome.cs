using System.Globalization;
using ChatBot.Core.Language;
using ChatBot.Tests.Configuration;
using Microsoft.Data.Sqlite;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A configuration and the data of one bot in a folder of its own, which outlive its process. The machines and people are those of
/// the example configuration; what a test needs otherwise it says before <see cref="Write"/>.
/// </summary>
internal sealed class BotHome : IDisposable
{
    public const string Channel = "#globenet";
    public const string RootChannel = "#globenet-root";
    public const string RootKey = "clef";

    private readonly TemporaryFolder _folder = new();
    private readonly Locale _locale;
    private int _delivered;

    /// <param name="ircPort">Of the server on this machine.</param>
    /// <param name="locale">The group's language.</param>
    public BotHome(int ircPort, Locale locale = Locale.French)
    {
        _locale = locale;
        IrcPort = ircPort;
        Data = System.IO.Path.Combine(_folder.Path, "data");
        Maildir = System.IO.Path.Combine(_folder.Path, "Maildir");
        HalChangelog = System.IO.Path.Combine(_folder.Path, "hal.changelog");
        Sources = SourceAt(Maildir);
        Write();
    }

    public int IrcPort { get; }

    public int WebPort { get; } = FreePort.Ask();

    public string Data { get; set; }

    public string Maildir { get; }

    /// <summary>Where <c>!log hal</c> writes while <see cref="HalIsHere"/>.</summary>
    public string HalChangelog { get; }

    /// <summary>Else the machine hal is elsewhere, reached by ssh.</summary>
    public bool HalIsHere { get; set; }

    /// <summary>More lines of <c>[irc]</c> and tables under it.</summary>
    public string Irc { get; set; } = "";

    /// <summary>Else as fast as it can, which some servers do not take.</summary>
    public bool IsPaced { get; init; }

    public bool HasRootChannel { get; set; }

    /// <summary>How long an alert waits for company.</summary>
    public string GroupWait { get; init; } = "0s";

    public bool Greets { get; set; }

    public string WelcomeDelay { get; set; } = "1s";

    public string Sources { get; set; }

    /// <summary>Lunar's OpenPGP fingerprint.</summary>
    public string Pgp { get; set; } = "";

    /// <summary>Lunar's certificate.</summary>
    public string CertFp { get; set; } = "";

    /// <summary>Where the public keys are; none where empty.</summary>
    public string Keys { get; set; } = "";

    /// <summary>The lines of <c>[nagios]</c>; no such table where empty.</summary>
    public string Nagios { get; set; } = "";

    /// <summary>The lines of <c>[icinga]</c>; no such table where empty.</summary>
    public string Icinga { get; set; } = "";

    /// <summary>The lines of <c>[storage]</c>; no such table where empty.</summary>
    public string Storage { get; set; } = "";

    /// <summary>The lines of <c>[changelog]</c>; no such table where empty.</summary>
    public string Changelog { get; set; } = "";

    /// <summary>More machines, as TOML.</summary>
    public string MoreMachines { get; set; } = "";

    public string Path => _folder.Path;

    public string ConfigurationFile => System.IO.Path.Combine(Path, "chatbot.toml");

    public string DatabaseFile => System.IO.Path.Combine(Data, "chatbot.db");

    public string Spool => System.IO.Path.Combine(Data, "spool");

    /// <summary>A Maildir to which only the machines can write.</summary>
    public static string SourceAt(string maildir) => $"""
        [[mail.sources]]
        kind = "maildir"
        path = "{maildir}"
        closed = true
        """;

    /// <summary>The one of these two texts that is in the group's language.</summary>
    public string In(string french, string english) => _locale == Locale.French ? french : english;

    /// <summary>Writes a file that only the bot can read.</summary>
    public string WriteFile(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes the configuration as it is said now.</summary>
    public void Write()
    {
        var machines = File.ReadAllText(System.IO.Path.Combine(Repository.Config, "machines.toml"))
            .Replace("file:/var/lib/chatbot/sud.changelog", "ssh:sud", StringComparison.Ordinal)
            .Replace("ssh:hal", HalIsHere ? $"file:{HalChangelog}" : "ssh:hal", StringComparison.Ordinal);
        WriteFile("machines.toml", $"{machines}\n{MoreMachines}\n");
        WriteFile("people.toml", File.ReadAllText(System.IO.Path.Combine(Repository.Config, "people.toml"))
            .Replace("certfps  = []", CertFp.Length > 0 ? $"certfps = [\"{CertFp}\"]" : "certfps = []", StringComparison.Ordinal)
            .Replace("pgp      = []", Pgp.Length > 0 ? $"pgp = [\"{Pgp}\"]" : "pgp = []", StringComparison.Ordinal));
        WriteFile("welcome.fr.md", "Bonjour {nick}, bienvenue sur {channel}.\n");
        WriteFile("welcome.en.md", "Hello {nick}, welcome to {channel}.\n");
        WriteFile("root.key", RootKey + "\n");
        WriteFile("chatbot.toml", Toml());
    }

    /// <summary>As a local delivery agent does: written under tmp, renamed into new.</summary>
    public void Deliver(byte[] mail)
    {
        foreach (var folder in (string[])["tmp", "new", "cur"])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Maildir, folder));
        }

        var name = string.Create(
            CultureInfo.InvariantCulture, $"1795381483.M{Interlocked.Increment(ref _delivered):D6}P1.test");
        var draft = System.IO.Path.Combine(Maildir, "tmp", name);
        File.WriteAllBytes(draft, mail);
        File.Move(draft, System.IO.Path.Combine(Maildir, "new", name));
    }

    /// <summary>How many mails stand in a folder of the Maildir, <c>new</c> or <c>cur</c>.</summary>
    public int Mails(string folder) => Mails(Maildir, folder);

    public static int Mails(string maildir, string folder) =>
        System.IO.Path.Combine(maildir, folder) is var path && Directory.Exists(path) ? Directory.GetFiles(path).Length : 0;

    /// <summary>One value of the store, read beside the bot; null where the store is not made yet.</summary>
    public T? Ask<T>(string sql)
    {
        if (!File.Exists(DatabaseFile))
        {
            return default;
        }

        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        using var command = new SqliteCommand(sql, connection);
        try
        {
            connection.Open();
            return command.ExecuteScalar() is T value ? value : default;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 1)
        {
            return default; // The schema is not made yet.
        }
    }

    /// <summary>Changes the store beside the bot.</summary>
    public void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        using var command = new SqliteCommand(sql, connection);
        connection.Open();
        command.ExecuteNonQuery();
    }

    /// <summary>Every byte of the store: the database, its log, the spool. The lock is the bot's: a number, which it lets nobody read.</summary>
    public byte[] Stored() =>
        [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("/lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)];

    public void Dispose() => _folder.Dispose();

    private string Toml() => $"""
        locale = "{In("fr", "en")}"
        timezone = "Europe/Paris"
        data = "{Data}"
        machines = "machines.toml"
        people = "people.toml"

        [irc]
        servers = ["127.0.0.1:{IrcPort}"]
        tls = false
        nick = "globot"
        pace = "{(IsPaced ? "auto" : "off")}"
        {Irc}

        [[irc.channels]]
        name = "{Channel}"
        audience = "public"
        greet = {(Greets ? "true" : "false")}
        {(HasRootChannel ? $"""

            [[irc.channels]]
            name = "{RootChannel}"
            audience = "root"
            key_file = "root.key"
            """ : "")}

        [mail]
        {Sources}

        [speech]
        group_wait = "{GroupWait}"

        {(Keys.Length > 0 ? $"[openpgp]\nkeys = \"{Keys}\"" : "")}

        {(Nagios.Length > 0 ? $"[nagios]\n{Nagios}" : "")}

        {(Storage.Length > 0 ? $"[storage]\n{Storage}" : "")}

        {(Icinga.Length > 0 ? $"[icinga]\n{Icinga}" : "")}

        {(Changelog.Length > 0 ? $"[changelog]\n{Changelog}" : "")}

        [welcome]
        delay = "{WelcomeDelay}"

        [web]
        listen = "127.0.0.1:{WebPort}"
        """;
}
