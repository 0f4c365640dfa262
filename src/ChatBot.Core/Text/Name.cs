namespace ChatBot.Core.Text;

/// <summary>
/// What a monitor or a mail calls a machine or a service. The whole name tells checks apart and is for the root group;
/// <see cref="PublicNames"/> decides what of it anybody may read, and only a <c>Phrasebook</c> says it.
/// </summary>
public readonly struct Name : IEquatable<Name>
{
    private const int Longest = 200;

    private readonly string? _value;

    private Name(string value, bool isMachine, bool isForRoot) => (_value, IsMachine, IsForRoot) = (value, isMachine, isForRoot);

    /// <summary>The whole name, cleaned; never null. Only a sink for the root audience says it.</summary>
    public string Value => _value ?? "";

    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <summary>A machine; else a service.</summary>
    public bool IsMachine { get; }

    /// <summary>The public must not even hear that there is such a thing: a host that only the monitor's own state names.</summary>
    public bool IsForRoot { get; }

    /// <summary>A machine.</summary>
    /// <param name="name">Cleaned by <see cref="Cleaner"/>, and cut at 200 UTF-16 units.</param>
    /// <param name="isForRoot">See <see cref="IsForRoot"/>.</param>
    public static Name OfMachine(string name, bool isForRoot = false) => new(Cleaner.Clean(name, Longest), isMachine: true, isForRoot);

    /// <summary>A service; as <see cref="OfMachine"/>.</summary>
    public static Name OfService(string name, bool isForRoot = false) => new(Cleaner.Clean(name, Longest), isMachine: false, isForRoot);

    public static implicit operator RootText(Name name) => new(name.Value);

    public static bool operator ==(Name left, Name right) => left.Equals(right);

    public static bool operator !=(Name left, Name right) => !left.Equals(right);

    public bool Equals(Name other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is Name other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Says that there is a name, not which: a line that takes the value by accident stays harmless.</summary>
    public override string ToString() => IsEmpty ? "" : "(name)";
}
