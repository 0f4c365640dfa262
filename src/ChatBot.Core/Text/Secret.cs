using System.Text.RegularExpressions;

namespace ChatBot.Core.Text;

/// <summary>
/// Recognises that somebody is about to publish a password or a key by mistake. It would rather refuse a harmless line, which
/// can be said otherwise, than keep a secret, which cannot be unsaid.
/// </summary>
public static partial class Secret
{
    private const string Label =
        @"\b(?:password|passwd|passphrase|pwd|pass|mdp|(?:mots?|phrases?)[ _-]de[ _-]passe|secret|token|jeton|credentials?"
        + @"|api[ _-]?key|(?:cl[ée]f?|key)[ _-](?:priv[ée]e|d'api|api|secret))\b";

    /// <summary>Whether it looks like one: a value given to such a word, a private key, a credential of a known shape.</summary>
    /// <param name="text">One line of a person.</param>
    public static bool IsIn(string text) =>
        Assignment().IsMatch(text) || Follows().IsMatch(text) || KnownShape().IsMatch(text);

    // “mot de passe de sql : x”, “password=x”, “le jeton est x”.
    [GeneratedRegex(
        Label + @"(?:\s+[\w'’.-]{1,30}){0,3}?\s*(?:[:=]|(?:\s|')(?:est|is|devient|becomes|now|c'est)\s)\s*\S",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Assignment();

    // “mdp Xy7!abc”: a word right after it that no dictionary has.
    [GeneratedRegex(
        Label + @"\s+[""'«“]?\s?(?=\S*\d)(?=\S*[\p{L}])\S{5,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Follows();

    // PEM; IDENTIFIED BY of SQL; user:password in an address; AWS, GitHub, Slack and JWT.
    [GeneratedRegex(
        @"PRIVATE KEY|IDENTIFIED\s+BY\s+\S|://[^/\s:@]+:[^/\s@]+@"
        + @"|\bAKIA[0-9A-Z]{16}|\bgh[pousr]_\w{20}|\bxox[abprs]-\w|\beyJ[\w-]{10,}\.[\w-]",
        RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex KnownShape();
}
