using System.Collections.Frozen;
using ChatBot.Core.Text;

namespace ChatBot.Core.People;

/// <summary>The people the bot knows.</summary>
public sealed class People(IReadOnlyList<Person> persons)
{
    // A letter outside ASCII is no other letter's case here: ſ is not s, and such a name belongs to somebody else.
    private readonly FrozenDictionary<string, Person> _byAccount = Index(persons, person => person.Accounts, CaseMapping.Ascii);
    private readonly FrozenDictionary<string, Person> _byMail = Index(persons, person => person.Mail, StringComparer.OrdinalIgnoreCase);
    private readonly FrozenDictionary<string, Person> _byCertificate = Index(persons, person => person.CertFps, CaseMapping.Ascii);

    public static People Empty { get; } = new([]);

    public IReadOnlyList<Person> Persons { get; } = persons;

    /// <summary>The person whose services account this is, the whole name, case of ASCII letters apart.</summary>
    public Person? WithAccount(string account) => _byAccount.GetValueOrDefault(account);

    /// <summary>The person who writes from this address, case-insensitive. It says who somebody claims to be, and gives no right.</summary>
    public Person? WithMail(string address) => _byMail.GetValueOrDefault(address);

    /// <summary>The person whose TLS client certificate has this fingerprint, hexadecimal, case-insensitive.</summary>
    public Person? WithCertificate(string fingerprint) => _byCertificate.GetValueOrDefault(fingerprint);

    /// <summary>The one person of that name, as <see cref="Challenge.Plain"/> makes one word of it, case-insensitive; null for several.</summary>
    public Person? Named(string name) =>
        Challenge.Plain(name) is { } plain && Persons.Where(
            person => plain.Equals(Challenge.Plain(person.Name), StringComparison.OrdinalIgnoreCase)).ToList() is [var only]
            ? only
            : null;

    /// <summary>Whether anybody has an OpenPGP key, so that it is worth asking for a signature.</summary>
    public bool HaveKeys => Persons.Any(person => person.Pgp.Count > 0);

    /// <summary>Whether anybody is known by a certificate, so that it is worth asking for one.</summary>
    public bool HaveCertificates => _byCertificate.Count > 0;

    private static FrozenDictionary<string, Person> Index(
        IEnumerable<Person> people, Func<Person, IEnumerable<string>> keys, IEqualityComparer<string> same) =>
        people.SelectMany(person => keys(person).Select(key => (key, person)))
            .DistinctBy(pair => pair.key, same)
            .ToFrozenDictionary(pair => pair.key, pair => pair.person, same);
}
