using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// Which test of a Monit service an event is about, by Monit 5.x, <c>src/event.c</c> and <c>src/validate.c</c>: the event's words without those
/// that say how it went, and where a service may have several of the kind, what the description adds: <c>loadavg (5min) of 5.2 matches resource
/// limit [loadavg (5min) &gt; 4.0]</c> and <c>loadavg (5min) check succeeded [current loadavg (5min) = 1.2]</c>, <c>failed protocol test [HTTP]
/// at [localhost]:80 [TCP/IP]</c> and <c>connection succeeded to [localhost]:80 [TCP/IP]</c>, before 5.6 <c>INET[localhost:80]</c>.
/// </summary>
internal static class MonitTest
{
    private const string Succeeded = " check succeeded";

    // Two words for one test, which no common word tells.
    private static readonly (string Words, string Test)[] Pairs =
        [("Does not exist", "existence"), ("Exists", "existence"), ("Data access error", "data access"), ("Invalid type", "type")];

    /// <param name="name">The event's words, “Resource limit matched”.</param>
    /// <param name="description">Empty where the mail has none.</param>
    public static CheckPart Of(string name, string description) => KindOf(name) switch
    {
        "resource limit" => Resource(description) is { } test ? CheckPart.Of("resource limit " + test, Readable(test)) : CheckPart.Unsaid("resource limit"),
        "connection" => Address(description) is { } address ? CheckPart.Of("connection " + address, "connection " + Readable(address)) : CheckPart.Unsaid("connection"),
        "existence" => CheckPart.Of("existence", description.StartsWith("process", StringComparison.Ordinal) ? "process" : "existence"),
        var kind => CheckPart.Of(kind, kind),
    };

    private static string KindOf(string name)
    {
        foreach (var (words, test) in Pairs)
        {
            if (name == words)
            {
                return test;
            }
        }

        foreach (var how in MonitFormat.Bad.Concat(MonitFormat.Good).Append(" matched").Append(" match").Append(" doesn't match").Append(" down").Append(" up"))
        {
            if (how.StartsWith(' ') && name.EndsWith(how, StringComparison.Ordinal))
            {
                return name[..^how.Length].ToLowerInvariant();
            }
        }

        return name.ToLowerInvariant();
    }

    private static string? Resource(string description)
    {
        var text = description.AsSpan();
        if (text.LastIndexOf('[') is >= 0 and var open)
        {
            var limit = text[(open + 1)..];
            limit = limit.StartsWith("current ") ? limit["current ".Length..] : limit;
            if (limit.IndexOfAny("<>=!") is > 0 and var sign)
            {
                return Bare(limit[..sign]);
            }
        }

        return text.IndexOf(Succeeded, StringComparison.Ordinal) is > 0 and var end ? Bare(text[..end])
            : text.IndexOf(" of ", StringComparison.Ordinal) is > 0 and var value ? Bare(text[..value]) : null;
    }

    // Versions write “loadavg(5min)” and “loadavg (5min)”, with the service in quotes before it or not.
    private static string? Bare(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.StartsWith("'") && text[1..].IndexOf('\'') is >= 0 and var quote)
        {
            text = text[(quote + 2)..];
        }

        var words = string.Join(' ', new string(text).Replace("(", " (", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 0 ? words.ToLowerInvariant() : null;
    }

    private static string? Address(string description)
    {
        foreach (var before in (ReadOnlySpan<string>)[" at ", " to "])
        {
            if (description.IndexOf(before, StringComparison.Ordinal) is not (>= 0 and var at))
            {
                continue;
            }

            var rest = description.AsSpan(at + before.Length);
            var word = rest.IndexOf(' ') is >= 0 and var space ? rest[..space] : rest;
            if (word.StartsWith("INET") || word.StartsWith("[") || word.StartsWith("/") || word.StartsWith("UNIX"))
            {
                return new string(Port(word));
            }
        }

        return null;
    }

    // Without the request of a protocol test, “[localhost]:80/status”, which a success does not repeat.
    private static ReadOnlySpan<char> Port(ReadOnlySpan<char> address)
    {
        if (address.LastIndexOf("]:") is not (>= 0 and var colon))
        {
            return address;
        }

        var digits = address[(colon + 2)..].IndexOfAnyExceptInRange('0', '9');
        return digits < 0 ? address : address[..(colon + 2 + digits)];
    }

    private static string Readable(string text)
    {
        var bare = text.StartsWith("INET", StringComparison.Ordinal) || text.StartsWith("UNIX", StringComparison.Ordinal) ? text[4..] : text;
        return string.Concat(bare.Where(sign => sign is not ('[' or ']' or '(' or ')')));
    }
}
