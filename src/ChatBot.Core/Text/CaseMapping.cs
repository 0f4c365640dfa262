namespace ChatBot.Core.Text;

/// <summary>
/// How a server compares nicks and channel names (ISUPPORT CASEMAPPING). Only ASCII letters fold, and with rfc1459 also
/// <c>{}|^</c> to <c>[]\~</c>; with rfc1459-strict <c>^</c> and <c>~</c> stay apart. An unknown name means rfc1459, the default.
/// </summary>
public sealed class CaseMapping : IEqualityComparer<string>
{
    public static readonly CaseMapping Ascii = new("ascii", 'Z');
    public static readonly CaseMapping Rfc1459 = new("rfc1459", '^');
    public static readonly CaseMapping Rfc1459Strict = new("rfc1459-strict", ']');

    private readonly char _last;

    private CaseMapping(string name, char last) => (Name, _last) = (name, last);

    public string Name { get; }

    public static CaseMapping Named(string? name) => name?.ToLowerInvariant() switch
    {
        "ascii" => Ascii,
        "rfc1459-strict" => Rfc1459Strict,
        _ => Rfc1459,
    };

    /// <summary>The name by which all that are the same are one; mostly it is the name itself.</summary>
    public string Fold(string name) => !name.AsSpan().ContainsAnyInRange('A', _last) ? name : string.Create(name.Length, (name, this), static (folded, state) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = state.Item2.Fold(state.name[i]);
        }
    });

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return ReferenceEquals(x, y);
        }

        if (x.Length != y.Length)
        {
            return false;
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (Fold(x[i]) != Fold(y[i]))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(string obj)
    {
        var hash = new HashCode();
        foreach (var c in obj)
        {
            hash.Add(Fold(c));
        }

        return hash.ToHashCode();
    }

    // The upper-case range 'A'..'^' lies exactly 32 below the lower-case range 'a'..'~'.
    internal char Fold(char c) => c >= 'A' && c <= _last ? (char)(c + 32) : c;
}
