
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// Which words of a line stand out where a channel wants colours: the machine in brackets that begins it, in bold, and each state that
/// the text marks as one (<see cref="StateMark"/>), in its colour. The words are the same as without.
/// </summary>
public static class StateColours
{
    /// <summary>The most bytes that a line grows by, its marks counted as part of it.</summary>
    public const int MostBytes = BoldBytes + (MostStates * (ColourBytes - MarkBytes));

    /// <summary>So many states of a line have a colour, the first ones.</summary>
    public const int MostStates = 16;

    private const int BoldBytes = 2;
    private const int ColourBytes = 6;
    private const int MarkBytes = 3;
    private const int LongestMachine = 64;

    /// <param name="line">Without codes.</param>
    public static FormattedText Of(string line)
    {
        var machine = MachineLength(line);
        var text = IrcFormatting.InBold(line[..machine]);
        var (done, found) = (machine, 0);
        for (var mark = line.IndexOf(StateMark.Sign, done); mark >= 0 && found < MostStates; mark = line.IndexOf(StateMark.Sign, mark + 1))
        {
            var word = WordAt(line.AsSpan(mark + 1));
            if (Colour(word) is { } colour)
            {
                text = text + line[done..mark] + IrcFormatting.InColour(colour, word);
                done = mark + 1 + word.Length;
                found++;
            }
        }

        return text + line[done..];
    }

    private static int MachineLength(string line)
    {
        if (line is not ['[', ..])
        {
            return 0;
        }

        var end = line.IndexOf(']');
        var isName = end is > 1 and <= LongestMachine && !line.AsSpan(1, end - 1).ContainsAny(' ', '[', StateMark.Sign);
        return isName && end + 1 < line.Length && line[end + 1] == ' ' ? end + 1 : 0;
    }

    private static string WordAt(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('A', 'Z');
        return (end < 0 ? text : text[..end]).ToString();
    }

    // A word that a line was too short for is none.
    private static IrcColour? Colour(string word) => CheckStates.Parse(word) switch
    {
        null => null,
        CheckState.Ok or CheckState.Up => IrcColour.Green,
        CheckState.Warning => IrcColour.Orange,
        CheckState.Unknown => IrcColour.Purple,
        _ => IrcColour.Red,
    };
}
