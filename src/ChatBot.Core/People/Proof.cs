namespace ChatBot.Core.People;

/// <summary>
/// Somebody has shown by an OpenPGP signature who they are. Two proofs are never equal: a message counts with the very one that
/// was valid when it arrived.
/// </summary>
public sealed class Proof(string person, Stay stay, string key, string primaryKey, DateTimeOffset since)
{
    /// <summary>However long somebody stays.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Whose it is, and for how long at most.</summary>
    public Stay Stay { get; } = stay;

    /// <summary>The primary key of the one that signed, a lower-case fingerprint.</summary>
    public string PrimaryKey { get; } = primaryKey;

    public DateTimeOffset Until { get; } = since + Longest;

    /// <summary>Whether it holds at that moment.</summary>
    public bool IsWithin(DateTimeOffset now) => !Stay.IsOver && IsOfAge(now);

    /// <summary>Whether it is neither too old nor, by a clock that was set back, of the future.</summary>
    internal bool IsOfAge(DateTimeOffset now) => now >= since && now < Until;

    /// <summary>The person as they are known now; null once they are gone from the list, or their key from them.</summary>
    public Person? Of(People people) => people.Named(person) is { } known && Fits(known, key, PrimaryKey) ? known : null;

    /// <summary>Whether one of these keys is that person's.</summary>
    internal static bool Fits(Person person, string key, string primaryKey) =>
        person.Pgp.Contains(key, StringComparer.OrdinalIgnoreCase)
        || person.Pgp.Contains(primaryKey, StringComparer.OrdinalIgnoreCase);
}
