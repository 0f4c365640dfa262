using System.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// Paragraphs as <c>text/plain; format=flowed</c> (RFC 3676): lines that go on end with a space, so that a narrow screen breaks them elsewhere.
/// </summary>
public static class FlowedText
{
    /// <summary>The longest line in characters, its space at the end included; a longer word stands alone.</summary>
    public const int Columns = 72;

    // A line of a mail has 998 octets at most (RFC 5322 §2.1.1), and a character up to four of them.
    private const int LongestWord = 240;
    private const string Signature = "--";

    /// <param name="paragraphs">Each without line ends.</param>
    /// <returns>Lines that end with CR LF.</returns>
    public static string Write(IEnumerable<string> paragraphs)
    {
        var text = new StringBuilder();
        foreach (var paragraph in paragraphs)
        {
            Write(text, paragraph);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string paragraph)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Pieces))
        {
            // “-- ” alone would begin a signature.
            if (line.Length > 0 && line != Signature && line.Length + word.Length + 2 > Columns)
            {
                text.Append(Stuffed(line)).Append(" \r\n");
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        text.Append(Stuffed(line)).Append("\r\n");
    }

    private static IEnumerable<string> Pieces(string word)
    {
        for (var start = 0; start < word.Length;)
        {
            var end = Math.Min(word.Length, start + LongestWord);
            if (end < word.Length && char.IsHighSurrogate(word[end - 1]))
            {
                end--;
            }

            yield return word[start..end];
            start = end;
        }
    }

    // RFC 3676 §4.4; “From ” is mangled by mailboxes.
    private static string Stuffed(string line) =>
        line.StartsWith('>') || line.StartsWith("From ", StringComparison.Ordinal) || line == "From" ? " " + line : line;
}
