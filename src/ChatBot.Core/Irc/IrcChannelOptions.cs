
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// A channel the bot shall be in. One of audience root needs a key, or modes that the bot can see (+i, +k or +s).
/// </summary>
public sealed record IrcChannelOptions(string Name, Audience Audience = Audience.Public, string? Key = null)
{
    private const int LongestKey = 64;

    /// <summary>Whether what is said there has colours (<see cref="StateColours"/>) while its modes allow them.</summary>
    public bool Colours { get; init; }

    /// <summary>Whether this can stand in a JOIN beside others, and is no mask such as "*" for a key that the server hides.</summary>
    internal static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key[0] is not (':' or '<') && key.Any(c => c != '*')
        && key.All(c => c is > ' ' and not ',' and not '\x7f');

    public override string ToString() => $"{nameof(IrcChannelOptions)} {{ Name = {Name}, Audience = {Audience} }}";
}
