namespace ChatBot.Core.Speech;

/// <summary>Free text, only for the root audience; cleaned.</summary>
public readonly struct RootText : IEquatable<RootText>
{
    private readonly string? _value;

    public RootText(string text, int maxLength = 400) => _value = Cleaner.Clean(text, maxLength);

    public string Value => _value ?? "";

    public override string ToString() => Value;

    public bool Equals(RootText other) => Value == other.Value;

    public override bool Equals(object? obj) => obj is RootText other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(RootText left, RootText right) => left.Equals(right);

    public static bool operator !=(RootText left, RootText right) => !left.Equals(right);
}
