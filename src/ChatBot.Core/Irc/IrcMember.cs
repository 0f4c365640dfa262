using System.Collections.Frozen;
using ChatBot.Core.People;

namespace ChatBot.Core.Irc;

/// <summary>Somebody in our channels as they were at one moment, as far as the server has shown.</summary>
/// <param name="Nick">As the server shows it.</param>
/// <param name="Stay">Ends when the nick may pass to other hands.</param>
public sealed record IrcMember(string Nick, Stay Stay)
{
    /// <summary>"user@host", "" where unknown: there to make a keyed hash of, never logged.</summary>
    public string UserHost { get; init; } = "";

    /// <summary>The services account; for display only, never for rights.</summary>
    public string? Account { get; init; }

    public bool IsAway { get; init; }

    /// <summary>The server says that this is a program.</summary>
    public bool IsBot { get; init; }

    /// <summary>By channel, as the configuration names it, their marks there, highest first, such as "@+".</summary>
    public IReadOnlyDictionary<string, string> Channels { get; init; } = FrozenDictionary<string, string>.Empty;

    // A record prints its members; an address must appear nowhere.
    public override string ToString() => Nick;
}
