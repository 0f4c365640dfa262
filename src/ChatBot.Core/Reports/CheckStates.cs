
using ChatBot.Core.Text;

namespace ChatBot.Core.Reports;

/// <summary>Reads and writes <see cref="CheckState"/> in the monitor's words.</summary>
public static class CheckStates
{
    private static readonly string[] Words = ["OK", "WARNING", "CRITICAL", "UNKNOWN", "UP", "DOWN", "UNREACHABLE"];

    /// <summary>The state that a word names, case-insensitive; null for any other word.</summary>
    public static CheckState? Parse(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (word.Equals(Words[i], StringComparison.OrdinalIgnoreCase))
            {
                return (CheckState)i;
            }
        }

        return null;
    }

    public static string Word(this CheckState state) => Words[(int)state];

    public static PublicText Text(this CheckState state) => PublicText.Declared(state.Word());

    /// <summary>How severe it is, 0 the most severe: what people look at first.</summary>
    public static int Rank(this CheckState state) => state switch
    {
        CheckState.Down => 0,
        CheckState.Unreachable => 1,
        CheckState.Critical => 2,
        CheckState.Warning => 3,
        CheckState.Unknown => 4,
        _ => 5,
    };

    /// <summary>Whether nothing is wrong in this state.</summary>
    public static bool IsGood(this CheckState state) => state is CheckState.Ok or CheckState.Up;
}
