using System.Collections.Frozen;

namespace ChatBot.Core.People;

/// <summary>The people the bot knows.</summary>
public sealed class People(IReadOnlyList<Person> persons)
{
    private readonly FrozenDictionary<string, Person> _byAccount = Index(persons, person => person.Accounts);
    private readonly FrozenDictionary<string, Person> _byMail = Index(persons, person => person.Mail);

    public static People Empty { get; } = new([]);

    public IReadOnlyList<Person> Persons { get; } = persons;

    /// <summary>The person whose services account this is, the whole name, case apart.</summary>
    public Person? WithAccount(string account) => _byAccount.GetValueOrDefault(account);

    /// <summary>The person who writes from this address, case apart. Tells who somebody says they are, never a right.</summary>
    public Person? WithMail(string address) => _byMail.GetValueOrDefault(address);

    private static FrozenDictionary<string, Person> Index(
        IEnumerable<Person> people, Func<Person, IEnumerable<string>> keys) =>
        people.SelectMany(person => keys(person).Select(key => (key, person)))
            .DistinctBy(pair => pair.key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.key, pair => pair.person, StringComparer.OrdinalIgnoreCase);
}
