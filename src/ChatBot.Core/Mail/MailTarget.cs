using ChatBot.Core.People;

namespace ChatBot.Core.Mail;

/// <summary>Where a mail of the outbox goes: a word that contains no address, so that a log may have it.</summary>
public static class MailTarget
{
    /// <summary>The address of the root group in the configuration.</summary>
    public const string RootAlias = "root-alias";

    private const string PersonPrefix = "person ";

    /// <summary>One of a person's addresses in the people file.</summary>
    public static string Of(Person person) => PersonPrefix + person.Name;

    /// <summary>The person whose target this is; null where there is none any more.</summary>
    public static Person? PersonOf(string target, People.People people) => target.StartsWith(PersonPrefix, StringComparison.Ordinal)
        ? people.Persons.FirstOrDefault(person => person.Name == target[PersonPrefix.Length..])
        : null;
}
