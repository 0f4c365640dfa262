using ChatBot.Core.Irc;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>A command as somebody typed it, not yet known to exist.</summary>
public sealed record CommandLine
{
    /// <summary>What is longer, in UTF-16 units, is cut.</summary>
    public const int MaxLength = 400;

    /// <summary>As typed, without the prefix.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is meant, though it concerns more than one thing: <c>!ack!</c>.</summary>
    public bool IsMeant { get; init; }

    /// <summary>All that follows the name, trimmed, without formatting codes or control characters.</summary>
    public required string Arguments { get; init; }

    /// <summary>The same, cut at white space.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>
    /// A command in a channel: <c>!status hal</c>, or to the bot by its name: <c>globot: status hal</c>, <c>globot, …</c>,
    /// <c>@globot …</c>. Null for talk: <c>!!!</c>, <c>!</c>, <c>! status</c>, <c>globot is slow</c>.
    /// </summary>
    /// <param name="text">The message.</param>
    /// <param name="prefix">What stands before a command in a channel.</param>
    /// <param name="nick">What the bot is called at this moment.</param>
    /// <param name="names">How the network compares nicks.</param>
    public static CommandLine? InChannel(string text, string prefix, string nick, CaseMapping names)
    {
        var plain = Cleaner.CleanTyped(IrcFormatting.Strip(text), MaxLength);
        return Split(AfterPrefix(plain, prefix) ?? AfterName(plain, prefix, nick, names));
    }

    /// <summary>A command in a private message, with the prefix or the bot's name or without; null where no letter begins it.</summary>
    public static CommandLine? InPrivate(string text, string prefix, string nick, CaseMapping names)
    {
        var plain = Cleaner.CleanTyped(IrcFormatting.Strip(text), MaxLength);
        return Split(AfterPrefix(plain, prefix) ?? AfterName(plain, prefix, nick, names) ?? plain);
    }

    private static string? AfterPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private static string? AfterName(string text, string prefix, string nick, CaseMapping names)
    {
        var at = text.StartsWith('@');
        var rest = at ? text[1..] : text;
        if (nick.Length == 0 || rest.Length < nick.Length || !names.Equals(rest[..nick.Length], nick))
        {
            return null;
        }

        // A space before the colon is how French writes one.
        rest = rest[nick.Length..];
        var trimmed = rest.TrimStart();
        if (trimmed.StartsWith(':') || trimmed.StartsWith(','))
        {
            trimmed = trimmed[1..].TrimStart();
        }
        else if (!at || trimmed.Length == rest.Length)
        {
            return null;
        }

        return AfterPrefix(trimmed, prefix) ?? trimmed;
    }

    private static CommandLine? Split(string? text)
    {
        if (text is null or "" || !char.IsLetter(text[0]))
        {
            return null;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new CommandLine
        {
            Name = words[0].TrimEnd('?', '!', '.', ',', ';', ':'),
            IsMeant = words[0].EndsWith('!'),
            Arguments = text[words[0].Length..].Trim(),
            Words = words[1..],
        };
    }
}
