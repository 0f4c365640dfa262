namespace ChatBot.Core.Text;

/// <summary>Text for the root group only: plugin output, subjects, changelog lines, whatever a person or a program wrote.</summary>
public readonly struct RootText : IEquatable<RootText>
{
    private readonly string? _marked;

    private RootText(string marked) => _marked = marked;

    /// <summary>Takes any text.</summary>
    /// <param name="text">Cleaned by <see cref="Cleaner"/>.</param>
    /// <param name="maxLength">In UTF-16 units; of what is longer the end is counted.</param>
    public RootText(string text, int maxLength = 400) => _marked = Cleaner.Shorten(text, maxLength);

    /// <summary>The text, cleaned; never null. Only a sink for the root audience reads it.</summary>
    public string Value => StateMark.Without(Marked);

    public bool IsEmpty => string.IsNullOrEmpty(_marked);

    /// <summary>The text with its <see cref="StateMark"/>s.</summary>
    internal string Marked => _marked ?? "";

    public static implicit operator RootText(PublicText text) => new(text.Marked);

    public static bool operator ==(RootText left, RootText right) => left.Equals(right);

    public static bool operator !=(RootText left, RootText right) => !left.Equals(right);

    /// <summary>What is made of such texts, with their states.</summary>
    internal static RootText Composed(string marked, int maxLength) => new(Cleaner.Clean(marked, maxLength, keepsStates: true));

    public bool Equals(RootText other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is RootText other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Says that there is text, not which: a log or a message that takes the value by accident stays harmless.</summary>
    public override string ToString() => IsEmpty ? "" : "(root)";
}
