using System.Text.RegularExpressions;
using ChatBot.Core.Mail;
using ChatBot.Core.People;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>What stands below the commands of a mail and is no sentence of its writer: a closing, their name, a disclaimer, a rule, a table, an attribution.</summary>
public static partial class SignOff
{
    private const int LongestName = 4;
    private static readonly char[] NoWords = [.. "|│┃¦»[_-–—=*+#<"];

    /// <summary>The first sentence of these lines that gives a reason; empty where none does. What stands below a sign-off is not read.</summary>
    /// <param name="lines">What somebody wrote.</param>
    /// <param name="person">Them.</param>
    /// <param name="most">Characters at most.</param>
    public static string ReasonAbove(IEnumerable<string> lines, Person person, int most) => ReplyText.FirstSentence(
        lines.SkipWhile(line => line.Length == 0 || Greeting().IsMatch(line)).TakeWhile(line => !IsIn(line) && !Ends(line, person)), most);

    /// <summary>Whether it is the writer's name or a closing, alone in the line: no command follows.</summary>
    public static bool Ends(string line, Person person) => Closing().IsMatch(line) || IsName(line, person);

    private static bool IsIn(string line) => line.Length > 0
        && (NoWords.Contains(line[0]) || line.EndsWith(':') || Disclaimer().IsMatch(line) || Dated().IsMatch(line) || !line.Any(char.IsWhiteSpace) && Address().IsMatch(line));

    // “Lunar”, “lunar.”, “Lunar Martin”: what follows the name is written as a name too.
    private static bool IsName(string line, Person person)
    {
        var words = CommandLine.NamesOf(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Count is > 0 and <= LongestName
            && words.Any(word => IsOf(word, person)) && (words.Count == 1 || words.All(word => char.IsUpper(word[0])));
    }

    private static bool IsOf(string word, Person person) =>
        Typed.Fold(word) == Typed.Fold(person.Name) || person.Mail.Any(address => address.Split('@')[0].Split('.').Any(part => Typed.Fold(part) == Typed.Fold(word)));

    [GeneratedRegex(@"^(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|good (?:morning|evening))(?: (?:à )?\p{L}{1,20})?[ ,.!]{0,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Greeting();

    // The first ones close whatever follows them; the others do so only in a short line, for “merci de patienter, je redémarre le POP” is a sentence.
    [GeneratedRegex(
        @"^(?:(?:(?:bien |très |(?:et )?bonne journée,? )?cordialement|cdlt|cdt|amicalement|amitiés|sincèrement|respectueusement|librement|bien à (?:toi|vous)|(?:meilleures |cordiales |sincères )?salutations|(?:best|kind|kindest|warm) (?:regards|wishes)|regards|sincerely|yours|envoyé d|sent from)\b.{0,200}"
        + @"|(?:(?:bonne|belle|excellente) (?:soirée|journée|nuit|fin|semaine|continuation|réception|année)|bon (?:courage|week-?end|après-midi|dimanche|samedi|vendredi)|à (?:plus|bientôt|demain|tout|toute|très)|a\+|à\+|merci|bises|bisous|ciao|tchao|biz|best|cheers|thanks|thank you|thx|have a|take care|see you|good night|ttyl|bye)(?:[ ,]{1,2}[^\s,]{1,20}){0,3}[ ,.!]{0,4})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Closing();

    [GeneratedRegex(
        @"confidentiel|confidential|pièces? jointes?|intended (?:solely|only|recipient)|unsubscribe|désabonn|before printing|d'imprimer|virus-free|sans virus|^(?:ce|cet|le présent|this) (?:message|mail|e-?mail|courriel)\b|^(?:avertissement|disclaimer)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Disclaimer();

    // “Tue, Dec 1 2026, Nagios: …”
    [GeneratedRegex(@"\b(?:20[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2})\b[^:]{0,200}(?::[^:]{0,40})?:(?:\s|$)", RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Dated();

    [GeneratedRegex(@"@|://|^www\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Address();
}
