using System.Globalization;

namespace ChatBot.Core.Speech;

/// <summary>Text that anybody may read.</summary>
public readonly struct PublicText : IEquatable<PublicText>
{
    private readonly string? _value;

    private PublicText(string value) => _value = value;

    /// <summary>The only door: a field that a format, the inventory or our own code declares public; it comes out cleaned.</summary>
    public static PublicText Declared(string text, int maxLength = 200) => new(Cleaner.Clean(text, maxLength));

    public string Value => _value ?? "";

    public override string ToString() => Value;

    public bool Equals(PublicText other) => Value == other.Value;

    public override bool Equals(object? obj) => obj is PublicText other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(PublicText left, PublicText right) => left.Equals(right);

    public static bool operator !=(PublicText left, PublicText right) => !left.Equals(right);

    public static implicit operator RootText(PublicText text) => new(text.Value);

    public static implicit operator PublicText(long number) => new(number.ToString(CultureInfo.InvariantCulture));
}
