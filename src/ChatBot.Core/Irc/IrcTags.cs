using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// The tags of one line (IRCv3 message-tags): kept as received, read on demand. Values are unescaped when asked for;
/// the last of a repeated key wins, except for <see cref="Strict"/>.
/// </summary>
public readonly struct IrcTags(string? raw) : IEquatable<IrcTags>
{
    /// <summary>The tag data without the leading '@', escaped as on the wire.</summary>
    public string Raw { get; } = raw ?? "";

    public bool IsEmpty => string.IsNullOrEmpty(Raw);

    /// <summary>The unescaped value; "" where the key stands alone; null where it is absent.</summary>
    public string? this[string key]
    {
        get
        {
            string? found = null;
            foreach (var (name, value) in new Pairs(Raw))
                if (name.SequenceEqual(key))
                    found = Unescape(value);
            return found;
        }
    }

    /// <summary>
    /// A value that may carry rights: null unless the key stands exactly once with a plain value, neither empty, "*", escaped,
    /// nor holding anything but visible ASCII or letters. Ambiguity is nobody.
    /// </summary>
    public string? Strict(string key)
    {
        string? found = null;
        foreach (var (name, value) in new Pairs(Raw))
        {
            if (!name.SequenceEqual(key)) continue;
            if (found is not null || !IsPlain(value)) return null;
            found = value.ToString();
        }
        return found;
    }

    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in new Pairs(Raw))
            all[name.ToString()] = Unescape(value);
        return all;
    }

    public static IrcTags From(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(string.Join(';', tags.Select(t => t.Value.Length == 0 ? t.Key : $"{t.Key}={Escape(t.Value)}")));

    public static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\:", StringComparison.Ordinal)
        .Replace(" ", "\\s", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    public bool Equals(IrcTags other) => Raw == other.Raw;

    public override bool Equals(object? obj) => obj is IrcTags other && Equals(other);

    public override int GetHashCode() => Raw.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(IrcTags left, IrcTags right) => left.Equals(right);

    public static bool operator !=(IrcTags left, IrcTags right) => !left.Equals(right);

    internal static bool IsPlain(ReadOnlySpan<char> account)
    {
        if (account.IsEmpty || account is "*") return false;
        foreach (var c in account)
            if (c is '\\' or ' ' or ',' or ':' || (c > '~' ? !char.IsLetterOrDigit(c) : c < '!')) return false;
        return true;
    }

    private static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.Contains('\\')) return value.ToString();
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\') text.Append(value[i]);
            else if (++i < value.Length)
                text.Append(value[i] switch { ':' => ';', 's' => ' ', 'r' => '\r', 'n' => '\n', var other => other });
        }
        return text.ToString();
    }

    private ref struct Pairs(string raw)
    {
        private ReadOnlySpan<char> _rest = raw;

        public Pair Current { get; private set; }

        public readonly Pairs GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf(';');
                var one = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[(end + 1)..];
                if (one.IsEmpty) continue;
                var equals = one.IndexOf('=');
                Current = equals < 0 ? new Pair(one, default) : new Pair(one[..equals], one[(equals + 1)..]);
                return true;
            }
            return false;
        }
    }

    private readonly ref struct Pair(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        private readonly ReadOnlySpan<char> _name = name;
        private readonly ReadOnlySpan<char> _value = value;

        public void Deconstruct(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
        {
            name = _name;
            value = _value;
        }
    }
}
