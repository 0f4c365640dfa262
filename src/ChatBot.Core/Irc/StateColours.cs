
using ChatBot.Core.Reports;

namespace ChatBot.Core.Irc;

/// <summary>
/// Which words of a line stand out where a channel wants colours: the machine in brackets that begins it, in bold, and the state
/// that the monitor gave, in its colour. The words are the same as without. A state is one where the line tells it, before its
/// first colon, or before the number of an incident; the same word in what a check or a person said is none.
/// </summary>
public static class StateColours
{
    /// <summary>The most bytes that a line grows by.</summary>
    public const int MostBytes = BoldBytes + (MostStates * ColourBytes);

    private const int BoldBytes = 2;
    private const int ColourBytes = 6;
    private const int MostStates = 8;
    private const int LongestMachine = 64;

    // “SMTP OK après 1 heure et 12 minutes #44”
    private const int WordsBeforeNumber = 7;

    /// <param name="line">Without codes.</param>
    public static FormattedText Of(string line)
    {
        var machine = MachineLength(line);
        return machine == 0 ? line : IrcFormatting.InBold(line[..machine]) + States(line[machine..]);
    }

    private static int MachineLength(string line)
    {
        if (line is not ['[', ..])
        {
            return 0;
        }

        var end = line.IndexOf(']');
        var isName = end is > 1 and <= LongestMachine && !line.AsSpan(1, end - 1).ContainsAny(' ', '[');
        return isName && end + 1 < line.Length && line[end + 1] == ' ' ? end + 1 : 0;
    }

    private static FormattedText States(string text)
    {
        var words = text.Split(' ');
        FormattedText states = "";
        var (isHead, found, done) = (true, 0, 0);
        for (int i = 0, at = 0; i < words.Length && found < MostStates; at += words[i].Length + 1, i++)
        {
            var isLast = words[i].EndsWith(':');
            var word = words[i].TrimEnd(':', '\u00a0');
            if (Colour(word) is { } colour && ((isHead && found == 0) || IsNumbered(words, i)))
            {
                states = states + text[done..at] + IrcFormatting.InColour(colour, word);
                done = at + word.Length;
                found++;
            }
            isHead &= !isLast;
        }
        return states + text[done..];
    }

    private static bool IsNumbered(string[] words, int at)
    {
        for (var i = at + 1; i < words.Length && i <= at + WordsBeforeNumber; i++)
        {
            if (words[i - 1] is [.., ',' or ':'] || words[i] is "—" or "·")
            {
                return false;
            }

            if (words[i] is ['#', >= '0' and <= '9', ..])
            {
                return true;
            }
        }
        return false;
    }

    private static IrcColour? Colour(string word) =>
        CheckStates.Parse(word) is { } state && state.Word() == word
            ? state switch
            {
                CheckState.Ok or CheckState.Up => IrcColour.Green,
                CheckState.Warning => IrcColour.Orange,
                CheckState.Unknown => IrcColour.Purple,
                _ => IrcColour.Red,
            }
            : null;
}
