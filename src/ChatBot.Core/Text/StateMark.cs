namespace ChatBot.Core.Text;

/// <summary>
/// Stands right before the name of a state in a text of ours, put there by what knows that it is one, so that a channel with colours
/// need not find it again among the words. It is a noncharacter of Unicode, U+FDD0, which stays inside the program:
/// <see cref="Cleaner"/> lets none in from outside, and nothing that leaves has one.
/// </summary>
public static class StateMark
{
    public const char Sign = '\uFDD0';

    /// <summary>The words alone.</summary>
    public static string Without(string text) =>
        text.Contains(Sign) ? text.Replace(Sign.ToString(), "", StringComparison.Ordinal) : text;
}
