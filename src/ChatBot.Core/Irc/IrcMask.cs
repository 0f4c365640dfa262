using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// A mask such as "nick!*@*.example.org": '*' is any run, '?' any one character. Linear in memory, no backtracking beyond the
/// last '*'.
/// </summary>
public static class IrcMask
{
    public static bool Matches(string mask, string text, CaseMapping? mapping = null)
    {
        mapping ??= CaseMapping.Rfc1459;
        int m = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (m < mask.Length && mask[m] == '*')
            {
                star = m++;
                resume = t;
            }
            else if (m < mask.Length && (mask[m] == '?' || mapping.Fold(mask[m]) == mapping.Fold(text[t])))
            {
                m++;
                t++;
            }
            else if (star >= 0)
            {
                m = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (m < mask.Length && mask[m] == '*')
        {
            m++;
        }

        return m == mask.Length;
    }
}
