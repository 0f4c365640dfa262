using System.Text;

namespace ChatBot.Mail;

/// <summary>What stands in the store for mails that were begun: the name of one, or those of several, a line each.</summary>
internal static class MailMark
{
    // PostgreSQL indexes no text above 2,704 bytes.
    private const int MostBytes = 2000;

    /// <param name="source">The mailbox.</param>
    /// <param name="key">What names the mail there; a file's name may hold anything but NUL and a slash.</param>
    public static string Name(string source, string key) => $"{source}/{key}".ReplaceLineEndings(" ");

    /// <summary>As few marks as hold all these names.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> names)
    {
        var marks = new List<string>();
        var together = new StringBuilder();
        var bytes = 0;
        foreach (var name in names)
        {
            var length = Encoding.UTF8.GetByteCount(name) + 1;
            if (bytes > 0 && bytes + length > MostBytes)
            {
                marks.Add(together.ToString());
                together.Clear();
                bytes = 0;
            }

            together.Append(bytes > 0 ? "\n" : "").Append(name);
            bytes += length;
        }

        if (bytes > 0)
        {
            marks.Add(together.ToString());
        }

        return marks;
    }

    public static bool IsOfSeveral(string mark) => mark.Contains('\n');

    public static string[] Names(string mark) => mark.Split('\n');
}
