using ChatBot.Configuration.Reading;
using ChatBot.Configuration.Toml;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.People;

namespace ChatBot.Configuration;

/// <summary>
/// Reads the configuration: one file, the two it names, the welcome texts, the secrets, and the environment over all of them.
/// </summary>
public sealed class ConfigurationFile
{
    private const string Installed = "/etc/chatbot/chatbot.toml";
    private const string Example = "config/chatbot.toml";

    private readonly Scope _scope;
    private readonly EnvironmentOverrides _overrides;

    private ConfigurationFile(Scope scope)
    {
        _scope = scope;
        _overrides = new(scope.Environment, scope.Mistakes, scope.Language);
    }

    /// <summary>
    /// The file to read where none is named: the system's if <paramref name="exists"/> says so, else the example.
    /// </summary>
    public static string DefaultPath(Func<string, bool> exists) => exists(Installed) ? Installed : Example;

    /// <summary>Reads everything and connects nowhere. Every mistake is in the result; nothing is thrown for one.</summary>
    /// <param name="path">The file; relative paths in it begin at its folder.</param>
    /// <param name="environment">Variables <c>CHATBOT__…</c> win over the files; <c>CREDENTIALS_DIRECTORY</c> is where
    /// systemd puts secrets.</param>
    public static ConfigurationResult Load(string path, IReadOnlyDictionary<string, string> environment) =>
        LoadAs(path, environment, readsSecrets: true);

    /// <summary>
    /// The same with every secret empty, for calls that reach no server: the files may be out of reach for who calls, and only the unit of
    /// the bot is handed them.
    /// </summary>
    public static ConfigurationResult LoadWithoutSecrets(string path, IReadOnlyDictionary<string, string> environment) =>
        LoadAs(path, environment, readsSecrets: false);

    /// <summary>
    /// The data folder alone, for <c>chatbot deliver</c>: a mail is kept whatever else is wrong, and an MTA sees no secrets.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">As in <see cref="Load"/>.</param>
    /// <param name="mistakes">Why there is none.</param>
    /// <returns>Its full path; null where it cannot be read.</returns>
    public static string? ReadDataFolder(
        string path, IReadOnlyDictionary<string, string> environment, out IReadOnlyList<Mistake> mistakes)
    {
        var found = new List<Mistake>();
        mistakes = found;
        var file = new ConfigurationFile(new(Path.GetDirectoryName(path) ?? "", environment, found));
        return file.ReadTop(path) is { } root && ReadData(root) is { Length: > 0 } data && found.Count == 0 ? data : null;
    }

    private static ConfigurationResult LoadAs(string path, IReadOnlyDictionary<string, string> environment, bool readsSecrets)
    {
        var mistakes = new List<Mistake>();
        var scope = new Scope(Path.GetDirectoryName(path) ?? "", environment, mistakes) { ReadsSecrets = readsSecrets };
        var settings = new ConfigurationFile(scope).Read(path);
        scope.Unknown.ForEach(tell => tell());
        return mistakes.Count == 0
            ? new(settings, [])
            : new(null, [.. mistakes.OrderBy(at => at.Place.Source, StringComparer.Ordinal).ThenBy(at => at.Place.Line)]);
    }

    private Section? ReadTop(string path)
    {
        if (TextFile.Read(path, _scope.Language, out var wrong) is { } text)
        {
            return Parse(text, path, first => !IsMachine(first) && !IsPerson(first));
        }

        _scope.Mistakes.Add(new(new(path), path == Example && !File.Exists(path)
            ? _scope.Language.Words(
                $"there is no configuration that this user can see, neither this file nor {Installed}; copy config/* of the sources to /etc/chatbot, or name a file by --config",
                $"il n'y a pas de configuration que ce compte puisse voir, ni ce fichier ni {Installed} ; copiez le config/* des sources dans /etc/chatbot, ou nommez un fichier par --config")
            : _scope.Language.Words("this file ", "ce fichier ") + wrong));
        return null;
    }

    private BotSettings? Read(string path)
    {
        if (ReadTop(path) is not { } root)
        {
            return null;
        }

        var nagios = OtherReaders.Nagios(root);
        var storage = OtherReaders.Storage(root);
        var irc = IrcReader.Read(
            root.RequiredTable("irc", root.Words("servers, nick and [[irc.channels]]", "servers, nick et [[irc.channels]]")), storage.Standby);
        var settings = new BotSettings
        {
            Locale = ReadLocale(root),
            TimeZone = ReadTimeZone(root),
            Data = ReadData(root),
            Inventory = Follow(root, "machines", IsMachine) is { } machines ? MachinesReader.Read(machines) : Inventory.Empty,
            People = Follow(root, "people", IsPerson) is { } people ? PeopleReader.Read(people) : People.Empty,
            Irc = irc,
            Mail = MailSectionReader.Read(root.RequiredTable("mail", root.Words("mx and [[mail.sources]]", "mx et [[mail.sources]]"))),
            Storage = storage,
            Nagios = nagios,
            Icinga = IcingaReader.Read(root, nagios),
            Speech = OtherReaders.Speech(root),
            Welcome = WelcomeReader.Read(root, irc.Channels.Any(channel => channel.Greet)),
            OpenPgp = OpenPgpReader.Read(root),
            Retention = RetentionReader.Read(root),
            Web = OtherReaders.Web(root),
            Changelog = ChangelogReader.Read(root),
        };
        settings = settings with { Watches = WatchesReader.Read(root, settings.Inventory), Digest = DigestReader.Read(root, settings) };
        root.Done();
        return settings;
    }

    private static bool IsMachine(string level) => level.Equals("machine", StringComparison.OrdinalIgnoreCase);

    private static bool IsPerson(string level) => level.Equals("person", StringComparison.OrdinalIgnoreCase);

    private static Locale ReadLocale(Section root)
    {
        root.RequireKey("locale", root.Words("write \"fr\" or \"en\"", "écrivez \"fr\" ou \"en\""));
        return root.Word("locale", ("fr", Locale.French), ("en", Locale.English)) ?? Locale.French;
    }

    private static TimeZoneInfo ReadTimeZone(Section root) =>
        root.Required<TimeZoneInfo>("timezone", ValueParsers.Zone, ZoneAdvice(root));

    // All time zones are read from the disk only where one is wrong.
    private static string ZoneAdvice(Section root) =>
        root.Written("timezone") is { } written && !ValueParsers.Zone(written, out _)
            && Typed.Near(written, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id), most: 1) is [var nearest]
            ? root.DidYouMean($"\"{nearest}\"")
            : root.Words("write an IANA time zone, such as \"Europe/Paris\"", "écrivez un fuseau horaire de l'IANA, par exemple \"Europe/Paris\"");

    private static string ReadData(Section root)
    {
        root.RequireKey("data", root.Words("write the folder of the database and the spool, such as \"/var/lib/chatbot\"", "écrivez le dossier de la base et du spool, par exemple \"/var/lib/chatbot\""));
        var data = root.FilePath("data") ?? "";
        if (File.Exists(data))
        {
            root.Report("data", root.Words("`data` is a file; write the name of a folder", "`data` est un fichier ; écrivez le nom d'un dossier"));
        }

        return data;
    }

    /// <summary>The top of the file that a key names; null, with a mistake, if it cannot be read.</summary>
    private Section? Follow(Section root, string key, Func<string, bool> holds)
    {
        root.RequireKey(key, root.Words($"write {key} = \"{key}.toml\"", $"écrivez {key} = \"{key}.toml\""));
        if (root.Text(key) is not { } name)
        {
            return null;
        }

        if (TextFile.Read(_scope.Absolute(name), _scope.Language, out var wrong) is { } text)
        {
            return Parse(text, _scope.Shown(name), holds);
        }

        _scope.Mistakes.Add(new(root.At(key), _scope.Language.Words($"`{key}`: ", $"`{key}` : ") + $"{_scope.Shown(name)} {wrong}"));
        return null;
    }

    /// <summary>
    /// The top of a file. Where it is not TOML, that is the only mistake reported: what is missing may be in the part that could not be read.
    /// </summary>
    private Section Parse(string text, string file, Func<string, bool> holds)
    {
        var table = TomlReader.Read(text, file, _scope.Mistakes, _scope.Language, out var sound);
        _overrides.ApplyTo(table, holds);
        return new(table, "", sound ? _scope : _scope.Quiet);
    }
}

/// <summary>What came of reading the configuration: settings, or every mistake in it.</summary>
/// <param name="Settings">Null as soon as there is one mistake.</param>
/// <param name="Mistakes">Of all files, by file and line; those of environment variables by their name.</param>
public sealed record ConfigurationResult(BotSettings? Settings, IReadOnlyList<Mistake> Mistakes);
