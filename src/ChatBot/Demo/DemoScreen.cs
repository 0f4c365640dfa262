using System.Text;
using ChatBot.Core.Language;

namespace ChatBot.Demo;

/// <summary>The terminal: what both channels see, each line with its time and its channel, and what guides through the demo.</summary>
/// <param name="output">The terminal, or a file.</param>
/// <param name="width">Its columns, at which lines are folded between words; null where nothing is to be folded.</param>
/// <param name="locale">The language of the reader.</param>
/// <param name="time">For the time of each line, in the zone of this machine.</param>
internal sealed class DemoScreen(TextWriter output, int? width, Locale locale, TimeProvider time)
{
    private const string Grey = "\e[90m";
    private const string Plain = "\e[0m";
    private const int LeastText = 30;
    private static readonly int Column = DemoSettings.Channel.Length;

    private readonly Lock _printing = new();

    /// <summary>Somebody says something.</summary>
    /// <param name="nick">Who.</param>
    /// <param name="target">The channel, or the nick that it is said to in private.</param>
    /// <param name="text">What.</param>
    public void Say(string nick, string target, string text)
    {
        var isChannel = target.StartsWith('#');
        var place = isChannel ? target : locale == Locale.French ? "en privé" : "private";
        var speaker = isChannel ? nick : $"{nick} → {target}";
        var at = TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone);
        Write($"{at:HH:mm:ss} {place.PadRight(Column)} │ ", $"<{speaker}> {text}", isGrey: false);
    }

    /// <summary>A word of the demo itself.</summary>
    public void Guide(string text) => Write("", $"({text})", isGrey: true);

    /// <summary>A line as it is.</summary>
    public void Tell(string text) => Write("", text, isGrey: false);

    /// <summary>Folds between words; a word that is longer than a line is left whole, and no line begins with a lone sign of French.</summary>
    /// <param name="text">One line.</param>
    /// <param name="columns">The longest line wanted, counted in UTF-16 units.</param>
    public static IReadOnlyList<string> Fold(string text, int columns)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    // “hal ;” and “« je” stay together.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (words.Count > 0 && (word is ";" or ":" or "!" or "?" or "»" || words[^1].EndsWith('«')))
            {
                words[^1] += " " + word;
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }

    private void Write(string head, string text, bool isGrey)
    {
        var lines = width is { } columns ? Fold(text, Math.Max(columns - 1 - head.Length, LeastText)) : [text];
        var (begin, end) = isGrey && width is not null ? (Grey, Plain) : ("", "");
        var margin = head.Length == 0 ? "" : head[^2..].PadLeft(head.Length);
        lock (_printing)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                output.WriteLine($"{(i == 0 ? head : margin)}{begin}{lines[i]}{end}");
            }

            output.Flush();
        }
    }
}
