using ChatBot.Configuration;

namespace ChatBot.Tests.Configuration;

/// <summary>The smallest configuration without a mistake, to which a test adds what it is about.</summary>
internal sealed class Sample : IDisposable
{
    private const string Top = """
        locale = "en"
        timezone = "Europe/Paris"
        data = "data"
        machines = "machines.toml"
        people = "people.toml"

        """;

    public Sample()
    {
        Folder.Write("machines.toml", "[[machine]]\nname = \"hal\"\n");
        Folder.Write("people.toml", "[[person]]\nname = \"lunar\"\n");
    }

    public TemporaryFolder Folder { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>More lines of <c>[irc]</c>.</summary>
    public string Irc { get; set; } = "";

    /// <summary>Tables after the others.</summary>
    public string Rest { get; set; } = "";

    public ConfigurationResult Load() => ConfigurationFile.Load(Folder.Write("chatbot.toml", Text()), Environment);

    public BotSettings Settings() =>
        Load() is { Settings: { } settings } ? settings : throw new InvalidOperationException(string.Join('\n', Mistakes()));

    /// <summary>The mistakes without the folder of this sample.</summary>
    public string[] Mistakes() => [.. Load().Mistakes.Select(mistake => Short(mistake.ToString()))];

    public void Dispose() => Folder.Dispose();

    private string Short(string text) =>
        text.Replace(Folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private string Text() => $"""
        {Top}
        [irc]
        servers = ["irc.example.org:6697"]
        nick = "globot"
        {Irc}
        [[irc.channels]]
        name = "#example"
        audience = "public"

        [mail]
        mx = "mail.example.org"

        {Rest}
        """;
}
