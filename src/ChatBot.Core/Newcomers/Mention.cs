using ChatBot.Core.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>Whether a message speaks to somebody.</summary>
public static class Mention
{
    /// <summary>
    /// Whether the nick stands in the text as a word: “marie: bonjour” and “salut marie!” speak to marie, “marie-claude”,
    /// “marie_” and “mariette” do not. Case does not count, nor what the network takes for it.
    /// </summary>
    public static bool Of(string nick, string text, CaseMapping names)
    {
        (nick, text) = (names.Fold(nick), names.Fold(text));
        if (nick.Length == 0)
        {
            return false;
        }

        for (var at = 0; (at = text.IndexOf(nick, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + nick.Length;
            if ((at == 0 || !IsNickCharacter(text[at - 1])) && (end == text.Length || !IsNickCharacter(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    // RFC 2812 §2.3.1, and the letters of networks that allow more.
    private static bool IsNickCharacter(char c) => char.IsLetterOrDigit(c) || "-_[]\\`^{}|".Contains(c);
}
