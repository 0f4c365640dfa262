namespace ChatBot.Core.Text;

/// <summary>
/// How patterns are written here: generated at compile time, without an ambiguity that makes their time grow faster than their
/// input. <c>RegexOptions.NonBacktracking</c> would build each of them at run time, in up to 5 MB.
/// </summary>
public static class Pattern
{
    /// <summary>In milliseconds, far above what the longest input takes: the net below a mistake in a pattern.</summary>
    public const int TimeOut = 10_000;
}
