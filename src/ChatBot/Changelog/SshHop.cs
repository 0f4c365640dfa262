namespace ChatBot.Changelog;

/// <summary>One server on the way to a machine.</summary>
/// <param name="Name">As the configuration of ssh or the inventory calls it.</param>
/// <param name="Host">The name or address that is connected to.</param>
/// <param name="Port">Its port.</param>
internal sealed record SshHop(string Name, string Host, int Port)
{
    /// <summary>The account there.</summary>
    public string User { get; init; } = "";

    /// <summary>As known_hosts names it.</summary>
    public string KnownAs { get; init; } = "";

    /// <summary>The keys that may be offered, by their paths.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether a command of the configuration leads there: the checks of the bot do not reach into it.</summary>
    public bool IsByCommand { get; init; }

    public string Address => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
