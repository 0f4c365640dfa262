using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// What a mail asks for, at its very beginning: <c>pour globot@example.org</c>, then a command a line, until an empty line, <c>--</c>,
/// <c>merci</c>, <c>thanks</c> or a quotation. Nothing below that is read.
/// </summary>
/// <param name="For">The address of the bot that it is for, as written.</param>
/// <param name="Lines">The commands as written; those past <see cref="MostLines"/> too.</param>
public sealed partial record MailOrder(string For, IReadOnlyList<string> Lines)
{
    public const int MostLines = 20;

    private static readonly string[] Ends = ["--", "merci", "thanks"];

    /// <summary>Null where the first line with words names nobody.</summary>
    public static MailOrder? Read(string text)
    {
        var lines = LinesOf(text).SkipWhile(line => line.Length == 0).ToList();
        return lines is [var first, ..] && NameIn(first) is { } name
            ? new MailOrder(name, [.. lines.Skip(1).SkipWhile(line => line.Length == 0).TakeWhile(line => !IsEnd(line))])
            : null;
    }

    /// <summary>The first bot that any line names, quoted ones apart: for a look at a mail whose signature is not verified.</summary>
    public static string? NamedIn(string text) =>
        LinesOf(text).Select(NameIn).FirstOrDefault(name => name is not null);

    // What else Unicode takes for the end of a line, whoever signs does not see as one.
    private static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(line => line.Trim());

    private static string? NameIn(string line) => Naming().Match(line) is { Success: true } match ? match.Groups["address"].Value : null;

    private static bool IsEnd(string line) =>
        line.Length == 0 || line[0] == '>' || Ends.Contains(Typed.Fold(line.TrimEnd('!', '.', ',', ' ')), StringComparer.Ordinal)
        || line.Trim('-', ' ').Length == 0;

    [GeneratedRegex(@"^(?:pour|for) ?:? <?(?<address>[^\s<>@]{1,64}@[^\s<>@]{1,255}?)>?[:,.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Pattern.TimeOut)]
    private static partial Regex Naming();
}
