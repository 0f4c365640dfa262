using System.Globalization;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.People;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[digest]</c>.</summary>
internal static class DigestReader
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <param name="root">The file.</param>
    /// <param name="settings">What is read of it so far.</param>
    public static DigestSettings? Read(Section root, BotSettings settings)
    {
        var section = root.Table("digest");
        if (!root.Has("digest"))
        {
            return null;
        }

        if (settings.Mail.Smtp is null)
        {
            section.Report("at", section.Words("no digest can be mailed without [mail.smtp]; write it, or leave [digest] out", "sans [mail.smtp] aucun résumé ne peut être envoyé ; écrivez-le, ou retirez [digest]"));
        }

        var advice = section.Words("write an hour from \"00:00\" to \"23:59\"", "écrivez une heure de \"00:00\" à \"23:59\"");
        var at = section.Required<string>("at", ValueParsers.Any, advice);
        if (!TimeOnly.TryParseExact(at, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) && at.Length > 0)
        {
            section.Report("at", section.Words($"`at` is \"{at}\"; {advice}", $"`at` vaut \"{at}\" ; {advice}"));
        }

        var days = section.List<DayOfWeek>("days", Day, section.Words("write \"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\" or \"sun\"", "écrivez \"mon\" (lundi), \"tue\", \"wed\", \"thu\", \"fri\", \"sat\" ou \"sun\" (dimanche)"));
        var zone = section.Optional<TimeZoneInfo>("timezone", ValueParsers.Zone, section.Words("write an IANA time zone, such as \"Europe/Paris\"", "écrivez un fuseau horaire de l'IANA, par exemple \"Europe/Paris\""));
        section.RequireItem("recipients", section.Words(
            "nobody gets the digest; write [[digest.recipients]] with person = \"a name of the people file\" or alias = true",
            "personne ne reçoit le résumé ; écrivez [[digest.recipients]] avec person = \"un nom du fichier des personnes\" ou alias = true"));
        var recipients = section.Tables("recipients").Select(one => Recipient(one, settings)).ToList();
        section.Done();
        return new DigestSettings(hour, days.Count > 0 ? [.. days] : Enum.GetValues<DayOfWeek>(), zone ?? settings.TimeZone, [.. recipients.DistinctBy(one => one.Person?.Name)]);
    }

    private static DigestRecipient Recipient(Section section, BotSettings settings)
    {
        var isAlias = section.Flag("alias");
        var name = section.Text("person");
        var locale = section.Word("locale", ("fr", Locale.French), ("en", Locale.English)) ?? settings.Locale;
        var isEncrypted = section.Flag("encrypt", otherwise: !isAlias);
        if (isAlias == name is not null)
        {
            section.Report(isAlias ? "person" : "locale", section.Words("write either person = \"a name of the people file\" or alias = true", "écrivez soit person = \"un nom du fichier des personnes\", soit alias = true"));
        }

        if (isAlias && isEncrypted)
        {
            section.Report("encrypt", section.Words("the alias has no key; leave `encrypt` out, or write people instead", "l'alias n'a pas de clé ; retirez `encrypt`, ou écrivez plutôt des personnes"));
        }

        var person = name is null ? null : Person(section, name, isEncrypted, settings);
        section.Done();
        return new DigestRecipient(person, locale, isEncrypted);
    }

    private static Person? Person(Section section, string name, bool isEncrypted, BotSettings settings)
    {
        if (settings.People.Persons.FirstOrDefault(one => one.Name == name) is not { } person)
        {
            var near = Typed.Near(name, settings.People.Persons.Select(one => one.Name), most: 1);
            section.Report("person", section.Words($"the people file has no \"{name}\"", $"le fichier des personnes n'a pas de \"{name}\"") + (near is [var nearest] ? section.Words("; ", " ; ") + section.DidYouMean($"\"{nearest}\"") : ""));
            return null;
        }

        if (person.Mail.Count == 0)
        {
            section.Report("person", section.Words($"\"{name}\" has no `mail` in the people file; write one there", $"\"{name}\" n'a pas de `mail` dans le fichier des personnes ; écrivez-y une adresse"));
        }

        if (isEncrypted && (person.Pgp.Count == 0 || settings.OpenPgp is null))
        {
            section.Report("person", section.Words(
                $"the digest of \"{name}\" would be encrypted, which needs `pgp` in the people file and [openpgp] with the key; write them, or encrypt = false to send it in clear",
                $"le résumé de \"{name}\" serait chiffré, ce qui demande `pgp` dans le fichier des personnes et [openpgp] avec la clé ; écrivez-les, ou encrypt = false pour l'envoyer en clair"));
        }

        return person;
    }

    private static bool Day(string text, out DayOfWeek value)
    {
        var day = Array.IndexOf(Days, text.ToLowerInvariant());
        value = (DayOfWeek)Math.Max(0, day);
        return day >= 0;
    }
}
