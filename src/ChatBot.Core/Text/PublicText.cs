namespace ChatBot.Core.Text;

/// <summary>
/// Text that anybody may read. Nothing turns a <see cref="RootText"/> into one: what comes from a mail is private until a
/// format declares a field public, by name.
/// </summary>
public readonly struct PublicText : IEquatable<PublicText>
{
    private readonly string? _value;

    private PublicText(string value) => _value = value;

    /// <summary>The text, cleaned; never null.</summary>
    public string Value => _value ?? "";

    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>Declares a field public: a name from the inventory, a service as the monitor calls it, words of our own.</summary>
    /// <param name="text">Cleaned by <see cref="Cleaner"/>.</param>
    /// <param name="maxLength">In UTF-16 units.</param>
    public static PublicText Declared(string text, int maxLength = 200) => new(Cleaner.Clean(text, maxLength));

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
