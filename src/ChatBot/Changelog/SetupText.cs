using System.Text;
using ChatBot.Configuration;

namespace ChatBot.Changelog;

/// <summary>Lines to paste into a shell, with comments between them in one language.</summary>
internal sealed class SetupText(MessageLanguage language)
{
    private readonly StringBuilder _text = new();

    /// <summary>One word of a shell, whatever is in it.</summary>
    public static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public void Line(string line) => _text.Append(line).Append('\n');

    /// <summary>Whole lines, each with its end.</summary>
    public void Lines(string lines) => _text.Append(lines);

    public void Say(string english, string french) => Line("# " + language.Words(english, french));

    /// <summary>Begins what is to be pasted at another place.</summary>
    public void Part(string english, string french)
    {
        Line("");
        Say(english, french);
    }

    public override string ToString() => _text.ToString();
}
