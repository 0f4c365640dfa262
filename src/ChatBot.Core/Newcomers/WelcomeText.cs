using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>
/// The welcome as it is said, from the Markdown file that the group edits: one line of the file is one line said. Headings,
/// comments, rules and blank lines are for the reader of the file alone.
/// </summary>
public static partial class WelcomeText
{
    /// <summary>More would be a wall of text, and is not said.</summary>
    public const int MostLines = 5;

    /// <summary>In UTF-8, so that one line of the text is one message whatever the names before it.</summary>
    public const int MostBytes = 350;

    private const int LongestName = 64;

    /// <summary>
    /// The lines to say. In the file <c>{nick}</c> and <c>{channel}</c> stand for those names, and <c>{prefix}</c> for what
    /// stands before a command in a channel.
    /// </summary>
    public static IReadOnlyList<PublicText> Lines(string markdown, string nick, string channel, string prefix)
    {
        var lines = new List<PublicText>();
        foreach (var line in Comment().Replace(markdown, "").Split('\n'))
        {
            if (Ornament().IsMatch(line))
            {
                continue;
            }

            var text = Placeholder().Replace(Plain(line), match => Cleaner.Clean(
                match.ValueSpan switch { "{nick}" => nick, "{channel}" => channel, _ => prefix }, LongestName));
            lines.AddRange(Wrap(Cleaner.Clean(text, int.MaxValue)).Select(part => PublicText.Declared(part, MostBytes)));
        }

        return lines.Count <= MostLines ? lines : lines[..MostLines];
    }

    private static string Plain(string line)
    {
        var text = Bullet().Replace(line.Trim(), "– ");
        text = Link().Replace(text, match =>
            match.Groups[1].ValueSpan.SequenceEqual(match.Groups[2].ValueSpan) ? match.Groups[2].Value : match.Result("$1 : $2"));
        return Address().Replace(text, "$1").Replace("**", "").Replace("`", "");
    }

    // Between words; within one only if it alone is too long, and then between characters.
    private static IEnumerable<string> Wrap(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            var fits = Fitting(text);
            var space = text.LastIndexOf(' ', fits);
            var end = space > 0 ? space : fits;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        if (text.Length > 0)
        {
            yield return text;
        }
    }

    private static int Fitting(string text)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, Pattern.TimeOut)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(#{1,6}(\s.*)?|[-=*_`]{3,}\w*)?\s*$", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Ornament();

    [GeneratedRegex(@"^[-*+]\s+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"!?\[([^\[\]]+)\]\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+""[^""]*"")?\)", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Link();

    [GeneratedRegex(@"<(https?://[^\s<>]+|mailto:[^\s<>]+)>", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Address();

    [GeneratedRegex(@"\{(nick|channel|prefix)\}", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Placeholder();
}
