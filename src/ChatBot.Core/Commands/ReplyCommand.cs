using ChatBot.Core.Machines;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// Whether a line of an answer is a command: people write prose there, and <c>Prends ton temps</c> or <c>Status quo</c> asks for nothing. Sure are
/// <c>ack</c> and <c>unack</c>, what begins with the prefix, a name alone, and a name with an incident, a time or a machine behind it.
/// </summary>
public static class ReplyCommand
{
    private static readonly string[] NoWords = ["ack", "unack"];

    private static readonly string[] Refusals =
        ["pas", "non", "ne", "n", "impossible", "surtout", "no", "not", "nope", "dont", "don't", "don’t", "cannot", "can't", "can’t", "cant", "never", "jamais"];

    /// <param name="line">As written.</param>
    /// <param name="names">All names of all commands that may come by mail, and <c>ping</c>.</param>
    /// <param name="prefix">What stands before a command in a channel.</param>
    /// <param name="inventory">The machines there are.</param>
    public static bool Begins(string line, IEnumerable<string> names, string prefix, Inventory inventory)
    {
        if (CommandLine.InPrivate(line, prefix, "", CaseMapping.Ascii) is not { } typed || !names.Any(name => Typed.Fold(name) == Typed.Fold(typed.Name)))
        {
            return false;
        }

        if (IsProse(line, typed))
        {
            return false;
        }

        return line.StartsWith(prefix, StringComparison.Ordinal) || NoWords.Contains(Typed.Fold(typed.Name), StringComparer.Ordinal) || typed.Words switch
        {
            [] => true,
            [var first, ..] => IncidentNumber.IsSigned(first)
                || TypedDuration.Read([.. typed.Words], 0) is { Used: 1 } && char.IsAsciiDigit(first[0])
                || IncidentNumber.Parse(first) is not null && TypedDuration.Read([.. typed.Words], 0) is null
                || inventory.Find(first) is not null,
        };
    }

    /// <summary>Whether <c>ack</c> or <c>unack</c> is asked about or refused, <c>ack ?</c>, <c>ack pas possible</c>: it does nothing.</summary>
    /// <param name="line">As written.</param>
    /// <param name="typed">The same.</param>
    public static bool IsProse(string line, CommandLine typed)
    {
        if (!NoWords.Contains(Typed.Fold(typed.Name), StringComparer.Ordinal))
        {
            return false;
        }

        var begin = line.AsSpan(0, line.Length - typed.Arguments.Length <= 0 ? 0 : line.Length - typed.Arguments.Length);
        var signs = typed.Words.TakeWhile(word => !word.Any(char.IsLetterOrDigit)).ToList();
        return begin.Contains('?') || signs.Exists(word => word.Contains('?', StringComparison.Ordinal))
            || (signs.Count < typed.Words.Count && IsRefusal(CommandLine.Bare(typed.Words[signs.Count]).ToLowerInvariant()));
    }

    private static bool IsRefusal(string word) => Refusals.Contains(word, StringComparer.Ordinal) || word is ['n', '\'' or '’', ..];
}
