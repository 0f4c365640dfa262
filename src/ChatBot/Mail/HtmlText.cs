using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using MimeKit.Text;

namespace ChatBot.Mail;

/// <summary>
/// The words of an HTML page, a line for each block and each row of a table. A row of two cells is a label and its value, as monitors lay out
/// their mails: <c>Host: hal</c>.
/// </summary>
internal sealed partial class HtmlText
{
    private const string Blank = " \t\n\f\u00a0";
    private const int LongestLabel = 40;

    private readonly StringBuilder _text = new();
    private readonly bool _isJoining;
    private HtmlTagId _hidden = HtmlTagId.Unknown;
    private int _cells;
    private int _rowStart;
    private int _preformatted;

    private HtmlText(bool isJoining) => _isJoining = isJoining;

    /// <summary>Lines ended by LF. Where a diff stands in it, the lines are those of the source, so that nobody misses where it begins.</summary>
    public static string Of(string html)
    {
        var asWritten = Reduce(html, isJoining: false);
        return Diffs.Drop(asWritten).Length < asWritten.Length ? asWritten : Reduce(html, isJoining: true);
    }

    private static string Reduce(string html, bool isJoining)
    {
        var reduced = new HtmlText(isJoining);
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token))
        {
            reduced.Take(token);
        }

        return reduced._text.ToString().ReplaceLineEndings("\n");
    }

    private void Take(HtmlToken token)
    {
        if (token is HtmlTagToken { Id: HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title } hiding)
        {
            _hidden = hiding.IsEndTag ? HtmlTagId.Unknown : hiding.Id;
        }
        else if (token is HtmlTagToken tag)
        {
            Break(tag);
        }
        else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && _hidden == HtmlTagId.Unknown)
        {
            Write(data.Data);
        }
    }

    private void Break(HtmlTagToken tag)
    {
        switch (tag.Id)
        {
            case HtmlTagId.TR:
                _text.Append('\n');
                (_cells, _rowStart) = (0, _text.Length);
                break;
            case HtmlTagId.TD or HtmlTagId.TH when !tag.IsEndTag && _isJoining:
                BeginCell();
                break;
            case HtmlTagId.Table:
                _text.Append('\n');
                _cells = 0;
                break;
            case HtmlTagId.Pre:
                _preformatted += tag.IsEndTag ? -1 : 1;
                _text.Append('\n');
                break;
            case HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI when _cells > 0 && _isJoining && !HasWords(_text.Length - 1):
                break;
            case HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4
                or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.HR:
                _text.Append('\n');
                break;
        }
    }

    private void BeginCell()
    {
        _cells++;
        TrimEnd();
        if (_cells < 2 || !HasWords(_rowStart))
        {
            return;
        }

        var isLabel = _cells == 2 && _text.Length - _rowStart <= LongestLabel && _text[^1] != ':' && IsOneLine(_rowStart);
        _text.Append(isLabel ? ": " : " ");
    }

    private void Write(string data)
    {
        var text = _isJoining && _cells > 0 && _preformatted == 0 ? Blanks().Replace(data, " ") : data.Replace('\u00a0', ' ');
        if (_isJoining && _cells > 0 && _preformatted == 0 && (_text.Length == _rowStart || _text.Length > 0 && char.IsWhiteSpace(_text[^1])))
        {
            text = text.TrimStart();
        }

        _text.Append(LineEndReference().Replace(text, "\n"));
    }

    private void TrimEnd()
    {
        while (_text.Length > _rowStart && Blank.Contains(_text[^1], StringComparison.Ordinal))
        {
            _text.Length--;
        }
    }

    private bool HasWords(int start)
    {
        for (var i = Math.Max(0, start); i < _text.Length; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOneLine(int start)
    {
        for (var i = start; i < _text.Length; i++)
        {
            if (_text[i] == '\n')
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("[ \\t\\r\\n\\f\\u00a0]+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Blanks();

    /// <summary>Carriage return and line feed by number, which MimeKit leaves as they are.</summary>
    [GeneratedRegex("(?:&#(?:0*1[03]|[xX]0*[aAdD]);?)+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex LineEndReference();
}
