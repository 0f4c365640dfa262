using ChatBot.Core.People;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads the people file.</summary>
internal static class PeopleReader
{
    public static People Read(Section root)
    {
        var sections = root.Tables("person");
        var persons = sections.Select(ReadPerson).ToList();
        root.Done();
        CheckUnique(sections, "name", [.. persons.Select(person => new[] { person.Name })]);
        CheckUnique(sections, "accounts", [.. persons.Select(person => person.Accounts)]);
        CheckUnique(sections, "certfps", [.. persons.Select(person => person.CertFps)]);
        CheckUnique(sections, "pgp", [.. persons.Select(person => person.Pgp)]);
        CheckUnique(sections, "mail", [.. persons.Select(person => person.Mail)]);
        return new(persons);
    }

    private static Person ReadPerson(Section section)
    {
        var person = new Person
        {
            Name = section.Required<string>("name", ValueParsers.Any, "write how the bot names this person"),
            Roles = section.List<string>("roles", Role, $"write \"{Person.AdminRole}\", or no role"),
            Accounts = section.List<string>("accounts", ValueParsers.Nick, "write a services account of this person"),
            CertFps = section.List<string>("certfps", ValueParsers.CertFp, "write a fingerprint of 40, 64 or 128 hexadecimal digits"),
            Pgp = section.List<string>("pgp", ValueParsers.PgpFingerprint, "write a whole fingerprint, 40 or 64 hexadecimal digits"),
            Mail = section.List<string>("mail", ValueParsers.Address, "write a mail address, such as \"lunar@example.org\""),
            Phone = ReadPhone(section),
        };
        section.Done();
        return person;
    }

    private static bool Role(string text, out string value)
    {
        value = text;
        return text == Person.AdminRole;
    }

    private static string? ReadPhone(Section section)
    {
        if (section.SecretOf("phone")?.Reveal() is not { Length: > 0 } written)
        {
            return null;
        }

        if (!ValueParsers.Phone(written, out var phone))
        {
            section.Report("phone_file",
                "`phone_file` holds no international number; write one such as +33 6 12 34 56 78 on its first line");
        }

        return phone;
    }

    private static void CheckUnique(IReadOnlyList<Section> sections, string key, IReadOnlyList<IReadOnlyList<string>> values)
    {
        var claimed = new ClaimedNames("person");
        for (var i = 0; i < sections.Count; i++)
        {
            for (var j = 0; j < values[i].Count; j++)
            {
                claimed.Claim(sections[i], key, sections[i].At(key, j), values[i][j]);
            }
        }
    }
}
