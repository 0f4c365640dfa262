using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.People;

/// <summary>
/// A sentence that somebody has to sign to show who they are, bound to a nick of this connection and to the person they say they
/// are, whether or not there is such a person.
/// </summary>
/// <param name="Sentence">One line of text without its end; exactly this is signed.</param>
/// <param name="Nonce">128 bits of chance as 32 lower-case hexadecimal digits; nothing secret.</param>
/// <param name="Nick">As the server shows it, letter for letter.</param>
/// <param name="Person">The name that was asked for, by <see cref="Plain"/>.</param>
/// <param name="IssuedAt">When it was asked for.</param>
public sealed partial record Challenge(string Sentence, string Nonce, string Nick, string Person, DateTimeOffset IssuedAt)
{
    public const int NonceDigits = 32;
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int LongestName = 32;

    public DateTimeOffset Until => IssuedAt + Life;

    /// <param name="bot">What the bot is called, and <paramref name="network"/> where: a sentence for another bot looks like one.</param>
    /// <param name="network">The network or the server, without white space.</param>
    /// <param name="person">By <see cref="Plain"/>.</param>
    /// <param name="nick">For which <see cref="IsOrdinary"/> holds.</param>
    /// <param name="now">The moment.</param>
    /// <param name="nonce">Another one each time, not to be foreseen.</param>
    public static Challenge Of(string bot, string network, string person, string nick, DateTimeOffset now, string nonce)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Challenge($"chatbot auth {bot} {network} {person} {nick} {time} {nonce}", nonce, nick, person, now);
    }

    /// <summary>A nick of the signs that IRC has always had (RFC 2812 §2.3.1), so that all clients copy it alike.</summary>
    public static bool IsOrdinary(string nick) => OrdinaryNick().IsMatch(nick);

    /// <summary>
    /// A name as one word, <c>Jean Dupont</c> as <c>Jean_Dupont</c>; null where nothing of it is left, or too much.
    /// </summary>
    public static string? Plain(string name)
    {
        var plain = string.Concat(name.Select(sign => char.IsLetterOrDigit(sign) || sign is '.' or '-' ? sign : '_')).Trim('_');
        return plain.Length is > 0 and <= LongestName ? plain : null;
    }

    /// <summary>The nonces that a text holds, sixteen at most.</summary>
    public static IEnumerable<string> NoncesIn(string text) => NonceWord().Matches(text).Take(16).Select(match => match.Value);

    [GeneratedRegex(@"^[A-Za-z0-9\[\]\\`_^{|}-]{1,64}\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex OrdinaryNick();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex NonceWord();
}
