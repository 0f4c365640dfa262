using ChatBot.Core.Irc;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>A command as somebody typed it, not yet known to exist.</summary>
public sealed record CommandLine
{
    /// <summary>What is longer, in UTF-16 units, is cut.</summary>
    public const int MaxLength = 400;

    private static readonly char[] Opening = [.. "«\"“”„‘’'([{<"];
    private static readonly char[] Closing = [.. "?!.,;:…»\"“”‘’')]}>"];

    /// <summary>As typed, without the prefix.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is meant, though it concerns more than one thing: <c>!ack!</c>.</summary>
    public bool IsMeant { get; init; }

    /// <summary>All that follows the name, trimmed, without formatting codes or control characters.</summary>
    public required string Arguments { get; init; }

    /// <summary>The same, cut at white space.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Whether it is said to the bot by its name or in private, without the prefix: what is no command may be a question then.</summary>
    public bool IsAddressed { get; init; }

    /// <summary>Whether only the bot's name stands before it, with nothing between: <c>globot état hal</c> may be talk about the bot.</summary>
    public bool IsLoose { get; init; }

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
        return AfterPrefix(plain, prefix) is { } meant
            ? Split(meant)
            : AfterName(plain, nick, names) is { } said ? Split(AfterPrefix(said, prefix) ?? said) is { } line ? line with { IsAddressed = true } : null : null;
    }

    /// <summary>
    /// What is said to the bot though no command may be meant: <c>globot</c>, <c>globot ?</c>, <c>globot état hal</c>; null where it is
    /// not named first.
    /// </summary>
    /// <param name="text">The message.</param>
    /// <param name="nick">What the bot is called at this moment.</param>
    /// <param name="names">How the network compares nicks.</param>
    public static CommandLine? Loose(string text, string nick, CaseMapping names)
    {
        var words = Cleaner.CleanTyped(IrcFormatting.Strip(text), MaxLength).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || nick.Length == 0 || !names.Equals(Bare(words[0].TrimStart('@')), nick))
        {
            return null;
        }

        var rest = words.SkipWhile((word, index) => index == 0 || !IsWord(word)).ToList();
        var line = rest.Count > 0 ? Split(string.Join(' ', rest)) : new CommandLine { Name = "", Arguments = "", Words = [] };
        return line is null ? null : line with { IsAddressed = true, IsLoose = rest.Count > 0 };
    }

    /// <summary>A word without the punctuation and quotation marks around it: <c>hal?</c>, <c>«hal»</c>, <c>[hal]</c>.</summary>
    public static string Bare(string word) => word.TrimStart(Opening).TrimEnd(Closing);

    /// <summary>
    /// Words that are names, as they are compared: without the punctuation around them, cut at commas, and without those that are
    /// punctuation alone: <c>hal ?</c>, <c>« hal »</c>, <c>hal,sud</c>.
    /// </summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<string> words)
    {
        var names = new List<string>();
        foreach (var word in words)
        {
            foreach (var part in word.Split(',', ';'))
            {
                if (Bare(part) is var name && IsWord(name))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    /// <summary>A command in a private message, with the prefix or the bot's name or without; null where no letter begins it.</summary>
    public static CommandLine? InPrivate(string text, string prefix, string nick, CaseMapping names)
    {
        var plain = Cleaner.CleanTyped(IrcFormatting.Strip(text), MaxLength);
        if (AfterPrefix(plain, prefix) is { } meant)
        {
            return Split(meant);
        }

        var said = AfterName(plain, nick, names) ?? plain;
        return Split(AfterPrefix(said, prefix) ?? said) is { } line ? line with { IsAddressed = true } : null;
    }

    private static bool IsWord(string text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    private static string? AfterPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private static string? AfterName(string text, string nick, CaseMapping names)
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

        return trimmed;
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
