using System.Text.RegularExpressions;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// What a mail asks for, at its very beginning: <c>pour globot@example.org</c>, then a command a line, until an empty line, <c>--</c>,
/// <c>merci</c>, <c>thanks</c> or a quotation. Nothing below that is read.
/// </summary>
/// <param name="For">The address of the bot that it is for, as written; empty for an answer in the thread of an incident, which names it by that.</param>
/// <param name="Lines">The commands as written; those past <see cref="MostLines"/> too.</param>
public sealed partial record MailOrder(string For, IReadOnlyList<string> Lines)
{
    public const int MostLines = 20;

    private static readonly string[] Ends = ["--", "merci", "thanks"];

    /// <summary>The lines below the commands, where nothing but an empty line ends them: the reason of a command that has none may stand there.</summary>
    public IReadOnlyList<string> Below { get; init; } = [];

    /// <summary>Null where the first line with words names nobody.</summary>
    public static MailOrder? Read(string text)
    {
        var lines = LinesOf(text).SkipWhile(line => line.Length == 0).ToList();
        return lines is [var first, ..] && NameIn(first) is { } name ? Of(name, [.. lines.Skip(1).SkipWhile(line => line.Length == 0)]) : null;
    }

    /// <summary>An answer in the thread of an incident, without a line that names the bot.</summary>
    /// <param name="lines">What its author wrote.</param>
    public static MailOrder OfReply(IReadOnlyList<string> lines) => Of("", [.. lines.Select(line => line.Trim()).SkipWhile(line => line.Length == 0)]);

    private static MailOrder Of(string name, List<string> lines)
    {
        var end = lines.FindIndex(IsEnd);
        return end < 0 ? new MailOrder(name, lines)
            : new MailOrder(name, lines.GetRange(0, end)) { Below = lines[end].Length > 0 ? [] : [.. lines.Skip(end).SkipWhile(line => line.Length == 0).TakeWhile(line => line.Length == 0 || !IsEnd(line))] };
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
