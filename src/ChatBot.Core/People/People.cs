namespace ChatBot.Core.People;

/// <summary>The persons the group knows. No account and no address belongs to two of them.</summary>
public sealed class People(IReadOnlyList<Person> persons)
{
    public static People Empty { get; } = new([]);

    public IReadOnlyList<Person> Persons { get; } = persons;

    /// <summary>The person with exactly that services account, in any case; null if nobody has it.</summary>
    public Person? WithAccount(string account) => Persons.FirstOrDefault(
        person => person.Accounts.Contains(account, StringComparer.OrdinalIgnoreCase));

    /// <summary>The person with exactly that mail address, in any case; null if nobody has it.</summary>
    public Person? WithMail(string address) => Persons.FirstOrDefault(
        person => person.Mail.Contains(address, StringComparer.OrdinalIgnoreCase));
}
