namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The output of <c>run-parts --report</c>: the path of each script that printed, with a colon, above what it printed.
/// </summary>
internal static class RunParts
{
    /// <summary>The name of the script, where one alone printed.</summary>
    public static string? Only(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith('/'))
        {
            return null;
        }

        string? only = null;
        var left = Shape.EveryLine;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (left-- == 0)
            {
                break;
            }

            if (line is not ['/', .., ':'] || line.ContainsAny(" \t"))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = new string(line[(line.LastIndexOf('/') + 1)..^1]);
        }
        return only;
    }
}
