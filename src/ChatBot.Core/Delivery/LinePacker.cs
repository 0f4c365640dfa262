using System.Text;
using ChatBot.Core.Irc;

namespace ChatBot.Core.Delivery;

/// <summary>Puts words one after the other, as many on a line as its bytes allow; each line begins alike.</summary>
internal sealed class LinePacker(string start, int budget)
{
    // A name of any length leaves room for words.
    private readonly string _start = start.Length == 0 ? "" : LineSplitter.Split(start, budget / 2)[0];
    private readonly List<string> _lines = [];
    private string _line = "";
    private bool _isFresh = true;

    public IReadOnlyList<string> Lines => _isFresh ? _lines : [.. _lines, _line];

    /// <param name="separator">Before the words, unless they begin a line.</param>
    /// <param name="words">Longer than a line, they are cut.</param>
    public void Add(string separator, string words)
    {
        if (!_isFresh && Bytes(_line) + Bytes(separator) + Bytes(words) > budget)
        {
            EndLine();
        }

        _line = _isFresh ? _start : _line + separator;
        var pieces = LineSplitter.Split(words, Math.Max(4, budget - Bytes(_line)));
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
            {
                EndLine();
            }

            _line = (i > 0 ? _start : _line) + pieces[i];
            _isFresh = false;
        }
    }

    private void EndLine()
    {
        _lines.Add(_line);
        _isFresh = true;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
