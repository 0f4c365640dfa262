using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// One line of the protocol (RFC 1459 §2.3, IRCv3 message-tags), without its CR LF. Reading is lenient and never throws: runs of
/// spaces are one separator. A verb that is known is in upper case, any other one as received. A message keeps the bytes of its
/// line, and makes the text of a part when it is first asked for; it can be read from several threads.
/// </summary>
public sealed class IrcMessage
{
    private readonly byte[] _line = [];
    private readonly int _sourceStart;
    private readonly int _sourceEnd;
    private readonly int _paramsStart;
    private string? _source;
    private object? _from;
    private string[]? _params;

    public IrcMessage(IrcTags tags, string? source, string verb, IReadOnlyList<string> parameters) =>
        (Tags, _source, Verb, _params) = (tags, source, verb, [.. parameters]);

    private IrcMessage(byte[] line, int tagsEnd, int sourceStart, int sourceEnd, string verb, int paramsStart)
    {
        _line = line;
        if (tagsEnd > 0)
        {
            Tags = new IrcTags(line.AsMemory(1, tagsEnd - 1));
        }

        (_sourceStart, _sourceEnd, Verb, _paramsStart) = (sourceStart, sourceEnd, verb, paramsStart);
    }

    public IrcTags Tags { get; }

    /// <summary>The source as received, without the leading ':'; null where the line has none.</summary>
    public string? Source => _source ??= _sourceStart == 0 ? null : IrcEncoding.Read(SourceBytes);

    public string Verb { get; }

    public IReadOnlyList<string> Params => All;

    public IrcSource From => (IrcSource)(_from ??= _sourceStart == 0 ? IrcSource.Parse(_source) : IrcSource.Read(SourceBytes));

    /// <summary>The parameter at this place, counted from 0; "" where the line is shorter.</summary>
    public string this[int index] => index < All.Length ? All[index] : "";

    /// <summary>The last parameter: the text of most lines; "" where there is none.</summary>
    public string Last => this[Math.Max(0, All.Length - 1)];

    private ReadOnlySpan<byte> SourceBytes => _line.AsSpan(_sourceStart.._sourceEnd);

    private string[] All => _params ??= ReadParams();

    /// <summary>
    /// Reads one line. Its source, its tags and each parameter are UTF-8, or windows-1252 where that part is not valid UTF-8.
    /// Null where it has no verb, or holds a NUL or a bare CR, which no server may send.
    /// </summary>
    public static IrcMessage? Parse(ReadOnlySpan<byte> line)
    {
        if (line is [.., (byte)'\n'])
        {
            line = line[..^1];
        }

        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        line = line.TrimStart((byte)' ');
        if (line.IndexOfAny((byte)'\0', (byte)'\r', (byte)'\n') >= 0)
        {
            return null;
        }

        int at = 0, tagsEnd = 0, sourceStart = 0, sourceEnd = 0;
        if (line is [(byte)'@', ..])
        {
            tagsEnd = WordEnd(line, 0);
            at = NextWord(line, tagsEnd);
        }
        if (at < line.Length && line[at] == ':')
        {
            sourceStart = at + 1;
            sourceEnd = WordEnd(line, at);
            at = NextWord(line, sourceEnd);
        }
        if (at == line.Length || line[at] is (byte)'@' or (byte)':')
        {
            return null;
        }

        var verbEnd = WordEnd(line, at);
        return new(line.ToArray(), tagsEnd, sourceStart, sourceEnd, IrcVerbs.Read(line[at..verbEnd]), NextWord(line, verbEnd));
    }

    public static IrcMessage? Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));

    /// <summary>The line as it goes over the wire, without CR LF.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (!Tags.IsEmpty)
        {
            line.Append('@').Append(Tags.Raw).Append(' ');
        }

        if (Source is not null)
        {
            line.Append(':').Append(Source).Append(' ');
        }

        line.Append(Verb);
        for (var i = 0; i < All.Length; i++)
        {
            line.Append(' ');
            if (i == All.Length - 1 && (All[i].Length == 0 || All[i][0] == ':' || All[i].Contains(' ')))
            {
                line.Append(':');
            }

            line.Append(All[i]);
        }
        return line.ToString();
    }

    private string[] ReadParams()
    {
        var rest = _line.AsSpan(_paramsStart..);
        var trailing = rest is [(byte)':', ..] ? 0 : rest.IndexOf(" :"u8) + 1;
        var hasTrailing = trailing < rest.Length && rest[trailing] == ':';
        var middles = (hasTrailing ? rest[..trailing] : rest).TrimEnd((byte)' ');
        var all = new string[(middles.IsEmpty ? 0 : middles.Count((byte)' ') + 1) + (hasTrailing ? 1 : 0)];
        var count = 0;
        for (var at = 0; at < middles.Length;)
        {
            var end = WordEnd(middles, at);
            all[count++] = IrcEncoding.Read(middles[at..end]);
            at = NextWord(middles, end);
        }
        if (hasTrailing)
        {
            all[count++] = IrcEncoding.Read(rest[(trailing + 1)..]);
        }
        // Fewer where more than one space stands between two.
        if (count < all.Length)
        {
            Array.Resize(ref all, count);
        }

        return all;
    }

    private static int WordEnd(ReadOnlySpan<byte> line, int start)
    {
        var length = line[start..].IndexOf((byte)' ');
        return length < 0 ? line.Length : start + length;
    }

    private static int NextWord(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
