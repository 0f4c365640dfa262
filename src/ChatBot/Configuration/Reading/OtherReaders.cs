using System.Net;


namespace ChatBot.Configuration.Reading;

/// <summary>Reads the small tables, every one of which may be left out.</summary>
internal static class OtherReaders
{
    public static StorageSettings Storage(Section root)
    {
        var section = root.Table("storage");
        if (section.Text("provider") is { } provider && provider != "sqlite")
        {
            section.Report("provider", provider == "postgresql"
                ? section.Words("\"postgresql\" is not yet implemented; write \"sqlite\"", "\"postgresql\" n'existe pas encore ; écrivez \"sqlite\"")
                : section.Words($"`provider` is \"{provider}\"; write \"sqlite\"", $"`provider` vaut \"{provider}\" ; écrivez \"sqlite\""));
            section.Skip();
        }

        section.Done();
        return new(StorageProvider.Sqlite);
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
