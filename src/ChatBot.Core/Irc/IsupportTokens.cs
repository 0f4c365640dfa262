using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// What numeric 005 announced so far (draft-brocklesby-irc-isupport). Tokens come in parts, may be sent again and are withdrawn by
/// "-TOKEN". Missing or absurd values give the default that an old server would have.
/// </summary>
public sealed class IsupportTokens
{
    // An honest server has about 50; a lying one must not fill the memory.
    private const int Most = 300;
    private const int ShortestLine = 512;
    private const int LongestLine = 8192;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public CaseMapping CaseMapping => CaseMapping.Named(this["CASEMAPPING"]);

    public string ChannelTypes => this["CHANTYPES"] ?? "#&";

    /// <summary>The marks before a nick in NAMES, highest first, such as "@+".</summary>
    public string PrefixMarks => Prefix.Marks;

    /// <summary>The channel modes that give those marks, such as "ov": each takes a nick.</summary>
    public string PrefixModes => Prefix.Modes;

    /// <summary>The marks that may stand before a channel to speak to a part of it.</summary>
    public string StatusMessageMarks => this["STATUSMSG"] ?? "";

    /// <summary>The user mode that marks a bot, or null.</summary>
    public char? BotMode => this["BOT"] is [var letter] && char.IsAsciiLetter(letter) ? letter : null;

    /// <summary>
    /// Bytes of a line without its tags and with its CR LF (LINELEN): 512 unless the server takes more, and never more than 8192,
    /// which is what we read.
    /// </summary>
    public int LineLength =>
        long.TryParse(this["LINELEN"], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (int)Math.Clamp(value, ShortestLine, LongestLine)
            : ShortestLine;

    /// <summary>The server never kills for flooding a client that keeps its limits: the pace need not guess them.</summary>
    public bool HasSafeRate => this["SAFERATE"] is not null;

    public bool HasWhox => this["WHOX"] is not null;

    public bool HasMonitor => this["MONITOR"] is not null;

    private (string Modes, string Marks) Prefix =>
        this["PREFIX"] is ['(', .. var rest] && rest.IndexOf(')') is var end and >= 0 && rest.Length == 2 * end + 1
            ? (rest[..end], rest[(end + 1)..])
            : ("ov", "@+");

    /// <summary>The value of a token; "" where it stands alone; null where the server has not said it.</summary>
    public string? this[string token] => _tokens.GetValueOrDefault(token);

    /// <summary>Takes in the tokens of one 005 line, without its first parameter and its last.</summary>
    public void Read(IEnumerable<string> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.StartsWith('-'))
            {
                _tokens.Remove(token[1..]);
                continue;
            }
            var equals = token.IndexOf('=');
            var name = equals < 0 ? token : token[..equals];
            if (name.Length > 0 && (_tokens.Count < Most || _tokens.ContainsKey(name)))
            {
                _tokens[name] = equals < 0 ? "" : Unescape(token[(equals + 1)..]);
            }
        }
    }

    /// <summary>
    /// A length such as NICKLEN, in bytes; the fallback where it is missing or outside 1..<paramref name="most"/>.
    /// </summary>
    public int Length(string token, int fallback, int most) =>
        int.TryParse(this[token], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= most
            ? value
            : fallback;

    /// <summary>
    /// How many targets one line of this command may name (TARGMAX), from 1 to <paramref name="most"/>, which it is too where the
    /// server sets no limit or an absurd one.
    /// </summary>
    public int Targets(string command, int most)
    {
        foreach (var limit in (this["TARGMAX"] ?? "").Split(','))
        {
            if (limit.Length > command.Length && limit[command.Length] == ':' && limit.StartsWith(command, StringComparison.OrdinalIgnoreCase))
            {
                return int.TryParse(limit.AsSpan(command.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
                    ? Math.Min(value, most)
                    : most;
            }
        }
        return most;
    }

    /// <summary>
    /// Which list of CHANMODES a mode stands in: 'A' and 'B' always take a parameter, 'C' only when set, 'D' never. Unknown modes
    /// are 'D'.
    /// </summary>
    public char ModeKind(char mode)
    {
        var lists = (this["CHANMODES"] ?? "beI,k,l,imnpst").Split(',');
        for (var i = 0; i < Math.Min(lists.Length, 3); i++)
        {
            if (lists[i].Contains(mode))
            {
                return (char)('A' + i);
            }
        }

        return 'D';
    }

    private static string Unescape(string value)
    {
        if (!value.Contains("\\x", StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 3 < value.Length && value[i + 1] == 'x'
                && byte.TryParse(value.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 3;
            }
            else
            {
                text.Append(value[i]);
            }
        }
        return text.ToString();
    }
}
