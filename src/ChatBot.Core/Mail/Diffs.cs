namespace ChatBot.Core.Mail;

/// <summary>
/// Cuts a text where a unified, context or git diff begins. Diffs of /etc carry passwords and keys, so that everything after the
/// first mark is dropped: a reader that tried to find where the diff ends would one day be wrong.
/// </summary>
public static class Diffs
{
    private static readonly string[] Marks = ["+++ ", "--- /", "--- a/", "*** /", "@@ -", "diff -", "Index: "];

    /// <summary>The text up to the first line that begins a diff, also where that line is quoted with <c>&gt;</c>.</summary>
    public static string Drop(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            if (BeginsDiff(text.AsSpan(start).TrimStart("> \t")))
                return text[..start];
            var end = text.IndexOf('\n', start);
            if (end < 0)
                return text;
            start = end + 1;
        }
        return text;
    }

    private static bool BeginsDiff(ReadOnlySpan<char> line)
    {
        foreach (var mark in Marks)
            if (line.StartsWith(mark, StringComparison.Ordinal))
                return true;
        return false;
    }
}
