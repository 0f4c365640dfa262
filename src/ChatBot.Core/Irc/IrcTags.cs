using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// The tags of one line (IRCv3 message-tags): kept as received, read on demand. Values are unescaped when asked for;
/// the last of a repeated key wins, except for <see cref="Strict"/>. Keys are ASCII.
/// </summary>
public readonly struct IrcTags : IEquatable<IrcTags>
{
    private readonly ReadOnlyMemory<byte> _raw;

    public IrcTags(string? raw) => _raw = Encoding.UTF8.GetBytes(raw ?? "");

    internal IrcTags(ReadOnlyMemory<byte> raw) => _raw = raw;

    /// <summary>The tag data without the leading '@', escaped as on the wire.</summary>
    public string Raw => Read(_raw.Span);

    public bool IsEmpty => _raw.IsEmpty;

    /// <summary>The unescaped value; "" where the key stands alone; null where it is absent.</summary>
    public string? this[string key]
    {
        get
        {
            ReadOnlySpan<byte> last = default;
            var isThere = false;
            foreach (var (name, value) in new Pairs(_raw.Span))
            {
                if (!Ascii.Equals(name, key))
                {
                    continue;
                }

                last = value;
                isThere = true;
            }
            return isThere ? Unescape(Read(last)) : null;
        }
    }

    /// <summary>
    /// A value that may carry rights: null unless the key stands exactly once with a plain value, neither empty, "*", escaped,
    /// nor holding anything but visible ASCII or letters. Ambiguity is nobody.
    /// </summary>
    public string? Strict(string key)
    {
        string? found = null;
        foreach (var (name, value) in new Pairs(_raw.Span))
        {
            if (!Ascii.Equals(name, key))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = Read(value);
        }
        return found is not null && IsPlain(found) ? found : null;
    }

    public IReadOnlyDictionary<string, string> ToDictionary()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in new Pairs(_raw.Span))
        {
            all[Read(name)] = Unescape(Read(value));
        }

        return all;
    }

    public static IrcTags From(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(string.Join(';', tags.Select(t => t.Value.Length == 0 ? t.Key : $"{t.Key}={Escape(t.Value)}")));

    public static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\:", StringComparison.Ordinal)
        .Replace(" ", "\\s", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    public bool Equals(IrcTags other) => _raw.Span.SequenceEqual(other._raw.Span);

    public override bool Equals(object? obj) => obj is IrcTags other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_raw.Span);
        return hash.ToHashCode();
    }

    public static bool operator ==(IrcTags left, IrcTags right) => left.Equals(right);

    public static bool operator !=(IrcTags left, IrcTags right) => !left.Equals(right);

    internal static bool IsPlain(ReadOnlySpan<char> account)
    {
        if (account.IsEmpty || account is "*")
        {
            return false;
        }

        foreach (var c in account)
        {
            if (c is '\\' or ' ' or ',' or ':' || (c > '~' ? !char.IsLetterOrDigit(c) : c < '!'))
            {
                return false;
            }
        }

        return true;
    }

    private string Read(ReadOnlySpan<byte> part) => IrcEncoding.Read(part, _raw.Span);

    private static string Unescape(string value)
    {
        if (!value.Contains('\\'))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
            {
                text.Append(value[i]);
            }
            else if (++i < value.Length)
            {
                text.Append(value[i] switch { ':' => ';', 's' => ' ', 'r' => '\r', 'n' => '\n', var other => other });
            }
        }
        return text.ToString();
    }

    private ref struct Pairs(ReadOnlySpan<byte> raw)
    {
        private ReadOnlySpan<byte> _rest = raw;

        public Pair Current { get; private set; }

        public readonly Pairs GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf((byte)';');
                var one = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[(end + 1)..];
                if (one.IsEmpty)
                {
                    continue;
                }

                var equals = one.IndexOf((byte)'=');
                Current = equals < 0 ? new Pair(one, default) : new Pair(one[..equals], one[(equals + 1)..]);
                return true;
            }
            return false;
        }
    }

    private readonly ref struct Pair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        private readonly ReadOnlySpan<byte> _name = name;
        private readonly ReadOnlySpan<byte> _value = value;

        public void Deconstruct(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            name = _name;
            value = _value;
        }
    }
}
