using System.Security.Cryptography;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>
/// What tells apart two checks that one program reports of the same service: the other labels of an alert, the test of a Monit service, the
/// field of a Munin plugin. Two are the same where their keys are, byte for byte; how they are called plays no part in it.
/// </summary>
public readonly struct CheckPart : IEquatable<CheckPart>
{
    private const int LongestKey = 300;
    private const int LongestName = 40;
    private const char Anything = '?';

    private readonly string? _key;

    private CheckPart(string key, RootText name, PublicText? open) => (_key, Name, Public) = (key, name, open);

    /// <summary>Canonical; empty where the program has one check a service, as Nagios has, or where none was stored.</summary>
    public string Key => _key ?? "";

    /// <summary>What people call it; empty where the key holds nothing that tells them anything.</summary>
    public RootText Name { get; }

    /// <summary>The name, where anybody may read it; else null.</summary>
    public PublicText? Public { get; }

    public bool IsNone => Key.Length == 0;

    /// <summary>The message does not say of which check it is, or says only how its key begins: see <see cref="Unsaid"/>.</summary>
    public bool IsUnsaid => Key.EndsWith(Anything);

    /// <param name="key">All that distinguishes the check within its service, in one spelling only; of a long one the hash is kept.</param>
    /// <param name="name">What people call it; cut at 40 UTF-16 units.</param>
    /// <param name="isForRoot">The name is free text of the program, or for another reason nothing for the public, whatever it looks like.</param>
    public static CheckPart Of(string key, string name = "", bool isForRoot = false)
    {
        var exact = key.Length > LongestKey ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) : key;
        return Named(exact.EndsWith(Anything) ? exact + "." : exact, name, isForRoot);
    }

    /// <summary>Of a message that leaves it open which check it is about.</summary>
    /// <param name="begins">How the key of every check begins that it may be about.</param>
    public static CheckPart Unsaid(string begins = "") => new(begins + Anything, default, null);

    /// <summary>As it was stored.</summary>
    /// <param name="key">A <see cref="Key"/>.</param>
    /// <param name="name">A <see cref="Name"/>.</param>
    /// <param name="open">The name, where it was for everybody.</param>
    public static CheckPart FromStore(string key, string name = "", PublicText? open = null) => new(key, new RootText(name, LongestName), open);

    /// <summary>Whether a message of this unsaid check may be about that one.</summary>
    public bool MayBe(CheckPart other) => IsUnsaid && other.Key.AsSpan().StartsWith(Key.AsSpan(0, Key.Length - 1), StringComparison.Ordinal);

    /// <summary>
    /// The same among the checks of all programs: what one calls “disk” is not what another does. Nagios and its family see one set of checks.
    /// </summary>
    public CheckPart Of(PublicText source)
    {
        var producer = MonitorNames.Producer(source);
        return producer != MonitorNames.Family ? new CheckPart($"{producer}:{Key}", Name, Public)
            : IsNone ? this : new CheckPart($"{MonitorNames.Family}:{Key}", Name, Public);
    }

    public static bool operator ==(CheckPart left, CheckPart right) => left.Equals(right);

    public static bool operator !=(CheckPart left, CheckPart right) => !left.Equals(right);

    public bool Equals(CheckPart other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is CheckPart other && Equals(other);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Says nothing of the key or the name, which are for the root group.</summary>
    public override string ToString() => IsNone ? "" : "(part)";

    private static CheckPart Named(string key, string written, bool isForRoot)
    {
        var name = new RootText(written, LongestName);
        return new CheckPart(key, name, !isForRoot && written == name.Value && IsHarmless(written) ? PublicText.Declared(written, LongestName) : null);
    }

    // What any name may look like, and narrower: a part is words, paths and names of devices.
    private static bool IsHarmless(string name) =>
        name.Length > 0 && Ascii.IsValid(name) && PublicNames.LooksLikeName(name) && !Phrase.LooksSecret(name);
}
