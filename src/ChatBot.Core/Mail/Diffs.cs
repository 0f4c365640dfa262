using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// Cuts a text where a diff begins: unified, context, normal, RCS (POSIX diff and GNU diffutils 3), or as git, hg, bzr, svn and darcs write
/// theirs. Diffs of /etc carry passwords and keys, so that everything after the first mark is dropped: a reader that tried to find where
/// the diff ends would one day be wrong.
/// </summary>
public static partial class Diffs
{
    private const int LongestMark = 200;
    private const string Quotes = "> |\t\u00a0\ufeff";

    private static readonly string[] Marks =
    [
        "+++ ", "--- /", "--- a/", "*** /", "@@ -", "@@@ -", "diff -", "diff a/", "Index: ", "Binary files ", "GIT binary patch", "hunk ./",
        "=== modified file ", "=== added file ", "=== removed file ",
    ];

    /// <summary>The text up to the first line that begins a diff, also where that line is quoted with <c>&gt;</c> or coloured.</summary>
    public static string Drop(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            var line = text.AsSpan(start, Math.Min((end < 0 ? text.Length : end) - start, LongestMark));
            if (BeginsDiff(Bare(line).TrimEnd('\r')))
            {
                return text[..start];
            }

            if (end < 0)
            {
                return text;
            }

            start = end + 1;
        }
        return text;
    }

    private static bool BeginsDiff(ReadOnlySpan<char> line)
    {
        foreach (var mark in Marks)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return Hunk().IsMatch(line);
    }

    // Without quotation marks and colours (ECMA-48 SGR, as git writes with --color=always).
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> line)
    {
        while (true)
        {
            line = line.TrimStart(Quotes);
            if (!line.StartsWith("\e[") || line.IndexOf('m') is not (>= 0 and < 20 and var end))
            {
                return line;
            }

            line = line[(end + 1)..];
        }
    }

    // Normal: 12,14c12,13. RCS: d3 1. Context: fifteen stars, after which a function may be named.
    [GeneratedRegex(@"^(?:[0-9]+(?:,[0-9]+)?[acd][0-9]+(?:,[0-9]+)?|[ad][0-9]+ [0-9]+|\*{15}(?: .*)?)\s*\z", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Hunk();
}
