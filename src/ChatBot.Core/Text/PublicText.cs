namespace ChatBot.Core.Text;

/// <summary>
/// Text that anybody may read. Nothing turns a <see cref="RootText"/> into one: what comes from a mail is private until a
/// format declares a field public, by name.
/// </summary>
public readonly struct PublicText : IEquatable<PublicText>
{
    private readonly string? _marked;

    private PublicText(string marked) => _marked = marked;

    /// <summary>The text, cleaned; never null.</summary>
    public string Value => StateMark.Without(Marked);

    public bool IsEmpty => string.IsNullOrEmpty(_marked);

    /// <summary>The text with its <see cref="StateMark"/>s.</summary>
    internal string Marked => _marked ?? "";

    /// <summary>Declares a field public: a name from the inventory, a service as the monitor calls it, words of our own.</summary>
    /// <param name="text">Cleaned by <see cref="Cleaner"/>.</param>
    /// <param name="maxLength">In UTF-16 units.</param>
    public static PublicText Declared(string text, int maxLength = 200) => new(Cleaner.Clean(text, maxLength));

    /// <summary>Several in one, each with its states.</summary>
    /// <param name="separator">Between two of them, words of our own.</param>
    /// <param name="parts">In order.</param>
    /// <param name="maxLength">In UTF-16 units.</param>
    public static PublicText Join(string separator, IEnumerable<PublicText> parts, int maxLength = int.MaxValue) =>
        Composed(string.Join(separator, parts.Select(part => part.Marked)), maxLength);

    /// <summary>Declares public what is made of public texts, with their states.</summary>
    internal static PublicText Composed(string marked, int maxLength) => new(Cleaner.Clean(marked, maxLength, keepsStates: true));

    /// <summary>The name of a state, as one.</summary>
    internal static PublicText State(string word) => new(StateMark.Sign + word);

    /// <summary>What was public when it was stored; for the store alone, which cuts nothing.</summary>
    /// <param name="text">A column that holds a <see cref="Value"/>.</param>
    public static PublicText FromStore(string text) => new(Cleaner.Clean(text, int.MaxValue));

    public static implicit operator PublicText(long number) => new(number.ToString());

    public static bool operator ==(PublicText left, PublicText right) => left.Equals(right);

    public static bool operator !=(PublicText left, PublicText right) => !left.Equals(right);

    public bool Equals(PublicText other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is PublicText other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}
