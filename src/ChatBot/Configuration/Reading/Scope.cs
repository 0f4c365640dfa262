using ChatBot.Configuration.Toml;

namespace ChatBot.Configuration.Reading;

/// <summary>What every reader of one configuration shares.</summary>
/// <param name="Folder">Where relative paths begin, as the caller wrote it; "" is the working folder.</param>
/// <param name="Environment">The variables of the process.</param>
/// <param name="Mistakes">Those found so far, in the order they were met.</param>
internal sealed record Scope(string Folder, IReadOnlyDictionary<string, string> Environment, List<Mistake> Mistakes)
{
    /// <summary>Which tables each key was looked for in.</summary>
    public Dictionary<string, SortedSet<string>> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>Tells the keys that nobody looked for; added to when a table is read, called once all are.</summary>
    public List<Action> Unknown { get; } = [];

    /// <summary>The language of the mistakes.</summary>
    public MessageLanguage Language { get; } = MessageLanguage.Of(Environment);

    /// <summary>False for a call that needs no secret: those of the bot's own unit may be out of its reach.</summary>
    public bool ReadsSecrets { get; init; } = true;

    /// <summary>The same, for a part whose mistakes would only follow from one already listed.</summary>
    public Scope Quiet => this with { Mistakes = [] };

    /// <summary>A path as a message shows it: short, from where the caller stands.</summary>
    public string Shown(string path) => Path.Combine(Folder, path);

    public string Absolute(string path) => Path.GetFullPath(Shown(path));
}
