namespace ChatBot.Configuration;

/// <summary>The language of what the program says to whoever runs it; what the bot says on IRC has the locale of the configuration.</summary>
/// <param name="IsFrench">French, else English.</param>
public readonly record struct MessageLanguage(bool IsFrench)
{
    // The first of these variables that is set says which language messages have (setlocale(3)).
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>French where the environment says <c>fr…</c>, else English.</summary>
    public static MessageLanguage Of(IReadOnlyDictionary<string, string> environment) => new(Variables
        .Select(name => environment.GetValueOrDefault(name))
        .FirstOrDefault(set => !string.IsNullOrEmpty(set))
        ?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The one of two texts that is in this language.</summary>
    public string Words(string english, string french) => IsFrench ? french : english;
}
