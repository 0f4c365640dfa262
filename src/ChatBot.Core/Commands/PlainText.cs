using System.Text;
using ChatBot.Core.Irc;

namespace ChatBot.Core.Commands;

/// <summary>
/// What people type, without the formatting codes of IRC clients (<see cref="IrcFormatting"/>) and without control characters. Other
/// invisible characters stay, so that a name with one of them inside is not the name it looks like.
/// </summary>
internal static class PlainText
{
    /// <param name="text">One message.</param>
    /// <param name="maxLength">In UTF-16 units; what is longer is cut, never inside a surrogate pair.</param>
    public static string Of(string text, int maxLength)
    {
        var plain = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var letter in IrcFormatting.Strip(text))
        {
            if (plain.Length == maxLength)
            {
                break;
            }

            if (letter is '\t' or '\r' or '\n')
            {
                plain.Append(' ');
            }
            else if (!char.IsControl(letter))
            {
                plain.Append(letter);
            }
        }

        if (plain.Length > 0 && char.IsHighSurrogate(plain[^1]))
        {
            plain.Length--;
        }

        return plain.ToString().Trim();
    }
}
