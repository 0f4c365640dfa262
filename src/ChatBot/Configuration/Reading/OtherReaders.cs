using System.Net;
using ChatBot.Configuration.Settings;


namespace ChatBot.Configuration.Reading;

/// <summary>Reads the small tables, every one of which may be left out.</summary>
internal static class OtherReaders
{
    public static StorageSettings Storage(Section root)
    {
        var section = root.Table("storage");
        var provider = section.Text("provider") ?? "sqlite";
        if (provider is not ("sqlite" or "postgresql"))
        {
            section.Report("provider", section.Words(
                $"`provider` is \"{provider}\"; write \"sqlite\" or \"postgresql\"", $"`provider` vaut \"{provider}\" ; écrivez \"sqlite\" ou \"postgresql\""));
            section.Skip();
        }

        var connection = provider == "postgresql" ? Connection(section) : null;
        var standby = provider == "postgresql" ? section.Word("standby", ("warm", Standby.Warm), ("cold", Standby.Cold)) : null;
        if (provider == "sqlite" && section.Has("standby"))
        {
            section.Report("standby", section.Words(
                "two bots share no file of SQLite; write provider = \"postgresql\" or leave `standby` out",
                "deux robots ne partagent pas un fichier SQLite ; écrivez provider = \"postgresql\" ou retirez `standby`"));
            section.Skip();
        }

        section.Done();
        return new(connection is null ? StorageProvider.Sqlite : StorageProvider.Postgresql, connection, standby);
    }

    public static NagiosSettings Nagios(Section root)
    {
        var section = root.Table("nagios");
        var settings = new NagiosSettings(section.FilePath("command_file"), section.FilePath("status_file"));
        if (settings is { CommandFile: not null, StatusFile: null } && !section.Has("status_file"))
        {
            section.Report("command_file", section.Words("`command_file` needs `status_file`, where the bot sees whether Nagios carried out its commands", "`command_file` demande `status_file`, où le robot voit si Nagios a exécuté ses commandes"));
        }

        section.Done();
        return settings;
    }

    private static SecretValue? Connection(Section section)
    {
        if (section.Has("connection") == section.Has("connection_file"))
        {
            section.Report(section.Has("connection") ? "connection" : "provider", section.Has("connection")
                ? section.Words("`connection` and `connection_file` say the same; keep one of them", "`connection` et `connection_file` disent la même chose ; gardez l'un des deux")
                : section.Words(
                    "\"postgresql\" needs `connection`, such as \"Host=db;Database=chatbot;Username=chatbot\", or `connection_file`, a file with such a line",
                    "\"postgresql\" demande `connection`, par exemple \"Host=db;Database=chatbot;Username=chatbot\", ou `connection_file`, un fichier avec une telle ligne"));
            section.Skip();
            return null;
        }

        var key = section.Has("connection") ? "connection" : "connection_file";
        var text = key == "connection" ? section.Text(key) is { } written ? new SecretValue(written) : null : section.SecretOf("connection");
        if (text?.Reveal() is not { Length: > 0 } line)
        {
            return text;
        }

        if (PostgresConnection.Flaw(line, hasSecret: key == "connection_file", section.Scope.Language) is { } flaw)
        {
            section.Report(key, $"`{key}` {flaw}");
        }

        return text;
    }

    public static SpeechSettings Speech(Section root)
    {
        var section = root.Table("speech");
        var loads = section.List<string>("load_services", ValueParsers.Any, section.Words("write the names of services, such as \"Current Load\"", "écrivez des noms de services, par exemple \"Current Load\""));
        var settings = new SpeechSettings(
            section.Duration("group_wait", TimeSpan.FromSeconds(5), TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            section.Flag("public_output"))
        {
            GroupInterval = section.Duration("group_interval", TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.FromHours(1)),
            Repeat = section.Duration("repeat", TimeSpan.FromHours(24), TimeSpan.Zero, TimeSpan.FromDays(30)),
            OverloadWait = section.Duration("overload_wait", TimeSpan.FromMinutes(10), TimeSpan.Zero, TimeSpan.FromHours(24)),
            LoadServices = section.Has("load_services") ? loads : SpeechSettings.UsualLoadServices,
        };
        section.Done();
        return settings;
    }

    public static WebSettings? Web(Section root)
    {
        var section = root.Table("web");
        if (!root.Has("web"))
        {
            return null;
        }

        var settings = new WebSettings(section.Required<IPEndPoint>("listen", ValueParsers.Listen,
            section.Words("write an address of this machine and a port, such as \"127.0.0.1:8080\"", "écrivez une adresse de cette machine et un port, par exemple \"127.0.0.1:8080\"")));
        section.Done();
        return settings;
    }
}
