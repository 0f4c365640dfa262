using System.Text.RegularExpressions;
using ChatBot.Core.Text;
using MimeKit.Text;

namespace ChatBot.Mail;

/// <summary>
/// Whether text at this place of an HTML page is in an element that its author does not see: one with <c>hidden</c>, or with a style of its own that
/// takes it away. Where the tags leave it open, it is.
/// </summary>
internal sealed partial class HiddenHtml
{
    // As deep as browsers build a page.
    private const int Deepest = 512;

    private readonly List<string> _open = [];

    public bool IsHere => _open.Count > 0;

    /// <summary>The rest is not to be read: too many elements stand open.</summary>
    public bool IsTooDeep => _open.Count > Deepest;

    public void Take(HtmlTagToken tag)
    {
        if (IsVoid(tag.Id))
        {
            return;
        }

        if (!tag.IsEndTag)
        {
            if (IsHere || tag.Attributes.Any(Hides))
            {
                _open.Add(tag.Name);
            }

            return;
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Equals(tag.Name, StringComparison.OrdinalIgnoreCase))
            {
                _open.RemoveRange(i, _open.Count - i);
                return;
            }

            // No end within a cell ends what is around its table.
            if (!IsOfTable(tag.Id) && IsCell(_open[i]))
            {
                return;
            }
        }
    }

    private static bool Hides(HtmlAttribute attribute) => attribute.Name.Equals("hidden", StringComparison.OrdinalIgnoreCase)
        || (attribute.Id is HtmlAttributeId.Style && attribute.Value is { } style && (style.Contains('\\', StringComparison.Ordinal) || TakesAway().IsMatch(Unread().Replace(style, ""))));

    private static bool IsVoid(HtmlTagId id) => id is HtmlTagId.Br or HtmlTagId.Image or HtmlTagId.HR or HtmlTagId.Input or HtmlTagId.Meta or HtmlTagId.Link
        or HtmlTagId.Area or HtmlTagId.Base or HtmlTagId.Col or HtmlTagId.Embed or HtmlTagId.Source or HtmlTagId.Track or HtmlTagId.Wbr or HtmlTagId.Param;

    private static bool IsOfTable(HtmlTagId id) => id is HtmlTagId.Table or HtmlTagId.TBody or HtmlTagId.THead or HtmlTagId.Tfoot or HtmlTagId.TR or HtmlTagId.TD or HtmlTagId.TH;

    private static bool IsCell(string name) => name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase);

    // Comments and blanks.
    [GeneratedRegex(@"/\*.*?(?:\*/|$)|\s+", RegexOptions.Singleline, Pattern.TimeOut)]
    private static partial Regex Unread();

    [GeneratedRegex(
        "(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:(?:-|[+]?(?>0*)(?:[.](?>0*))?(?:e[-+]?[0-9]+)?%?(?:!|;|$))|font-size:[+-]?(?>0*)(?:[.](?>0*))?(?:e[-+]?[0-9]+|[a-z]+|%)?(?:!|;|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Pattern.TimeOut)]
    private static partial Regex TakesAway();
}
