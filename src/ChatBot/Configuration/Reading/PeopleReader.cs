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
            Name = section.Required<string>("name", ValueParsers.Any, section.Words("write how the bot names this person", "écrivez le nom que le robot donne à cette personne")),
            Roles = section.List<string>("roles", Role, section.Words($"write \"{Person.AdminRole}\", or no role", $"écrivez \"{Person.AdminRole}\", ou aucun rôle")),
            Accounts = section.List<string>("accounts", ValueParsers.Nick, section.Words("write a services account of this person", "écrivez un compte de services de cette personne")),
            CertFps = section.List<string>("certfps", ValueParsers.CertFp, section.Words("write a fingerprint of 40, 64 or 128 hexadecimal digits", "écrivez une empreinte de 40, 64 ou 128 chiffres hexadécimaux")),
            Pgp = section.List<string>("pgp", ValueParsers.PgpFingerprint, section.Words("write a whole fingerprint, 40 or 64 hexadecimal digits", "écrivez une empreinte entière, 40 ou 64 chiffres hexadécimaux")),
            Mail = section.List<string>("mail", ValueParsers.Address, section.Words("write a mail address, such as \"lunar@example.org\"", "écrivez une adresse mail, par exemple \"lunar@example.org\"")),
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
                section.Words("`phone_file` holds no international number; write one such as +33 6 12 34 56 78 on its first line", "`phone_file` ne contient pas de numéro international ; écrivez-en un sur la première ligne, par exemple +33 6 12 34 56 78"));
        }

        return phone;
    }

    private static void CheckUnique(IReadOnlyList<Section> sections, string key, IReadOnlyList<IReadOnlyList<string>> values)
    {
        var claimed = new ClaimedNames("person", "personne");
        for (var i = 0; i < sections.Count; i++)
        {
            for (var j = 0; j < values[i].Count; j++)
            {
                claimed.Claim(sections[i], key, sections[i].At(key, j), values[i][j]);
            }
        }
    }
}
