using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ChatBot.Core.Irc;

/// <summary>
/// One line of the protocol (RFC 1459 §2.3, IRCv3 message-tags), without its CR LF. Reading is lenient and never throws: runs of
/// spaces are one separator and a verb keeps its case. Compare verbs without case.
/// </summary>
public sealed class IrcMessage(IrcTags tags, string? source, string verb, IReadOnlyList<string> parameters)
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create("\0\r\n"u8);

    public IrcTags Tags { get; } = tags;

    /// <summary>The source as received, without the leading ':'; null where the line has none.</summary>
    public string? Source { get; } = source;

    public string Verb { get; } = verb;

    public IReadOnlyList<string> Params { get; } = parameters;

    public IrcSource From => IrcSource.Parse(Source);

    /// <summary>The parameter at this place, counted from 0; "" where the line is shorter.</summary>
    public string this[int index] => index < Params.Count ? Params[index] : "";

    /// <summary>The last parameter: the text of most lines; "" where there is none.</summary>
    public string Last => this[Math.Max(0, Params.Count - 1)];

    /// <summary>
    /// Reads one line as UTF-8, or as Latin-1 where it is not valid UTF-8. Null where it has no verb, or holds a NUL or a bare
    /// CR, which no server may send.
    /// </summary>
    public static IrcMessage? Parse(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith("\n"u8)) line = line[..^1];
        if (line.EndsWith("\r"u8)) line = line[..^1];
        if (line.IndexOfAny(Forbidden) >= 0) return null;
        var chars = ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            var encoding = Utf8.IsValid(line) ? Encoding.UTF8 : Encoding.Latin1;
            return Read(chars.AsSpan(0, encoding.GetChars(line, chars)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    public static IrcMessage? Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));

    /// <summary>The line as it goes over the wire, without CR LF.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (!Tags.IsEmpty) line.Append('@').Append(Tags.Raw).Append(' ');
        if (Source is not null) line.Append(':').Append(Source).Append(' ');
        line.Append(Verb);
        for (var i = 0; i < Params.Count; i++)
        {
            line.Append(' ');
            if (i == Params.Count - 1 && (Params[i].Length == 0 || Params[i][0] == ':' || Params[i].Contains(' ')))
                line.Append(':');
            line.Append(Params[i]);
        }
        return line.ToString();
    }

    private static IrcMessage? Read(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        string? tags = null, source = null;
        if (rest is ['@', ..]) tags = Word(ref rest)[1..].ToString();
        if (rest is [':', ..]) source = Word(ref rest)[1..].ToString();
        var verb = Word(ref rest);
        return verb.IsEmpty ? null : new IrcMessage(new IrcTags(tags), source, verb.ToString(), Parameters(rest));
    }

    private static string[] Parameters(ReadOnlySpan<char> rest)
    {
        var count = 0;
        for (var counted = rest; !counted.IsEmpty; count++) Parameter(ref counted);
        if (count == 0) return [];
        var all = new string[count];
        for (var i = 0; i < count; i++) all[i] = Parameter(ref rest).ToString();
        return all;
    }

    private static ReadOnlySpan<char> Parameter(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != ':') return Word(ref rest);
        var trailing = rest[1..];
        rest = default;
        return trailing;
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..].TrimStart(' ');
        return word;
    }
}
