using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Text;
using MimeKit.Text;

namespace ChatBot.Mail;

/// <summary>The words that are seen of an HTML answer above whatever it quotes, a line for each block. Nothing below the first sign of a quotation is read.</summary>
internal static partial class ReplyHtml
{
    // Of Gmail, Yahoo, Proton, Zimbra, Outlook on the web and its apps, Thunderbird, Apple Mail, Spark, Roundcube, SOGo.
    private static readonly string[] Marks =
    [
        "gmail_quote", "gmail_attr", "gmail_extra", "yahoo_quoted", "protonmail_quote", "zwchr", "divrplyfwdmsg", "appendonsend", "moz-cite-prefix",
        "replysection", "reply-intro", "outlookmessageheader", "mail-editor-reference-message", "quoted_header", "ms-outlook-mobile-reference",
    ];

    public static string Above(string html)
    {
        var text = new StringBuilder();
        var (hidden, unseen) = (HtmlTagId.Unknown, new HiddenHtml());
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken { Id: HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title } hiding)
            {
                hidden = hiding.IsEndTag ? HtmlTagId.Unknown : hiding.Id;
            }
            else if (token is HtmlTagToken tag)
            {
                var wasUnseen = unseen.IsHere;
                unseen.Take(tag);
                if (IsQuotation(tag) || unseen.IsTooDeep)
                {
                    break;
                }

                text.Append(Separates(tag.Id) && !(wasUnseen && unseen.IsHere) ? "\n" : "");
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && hidden == HtmlTagId.Unknown && !unseen.IsHere)
            {
                text.Append(Blanks().Replace(data.Data, " "));
            }
        }

        return OneBlank().Replace(text.ToString(), "\n\n");
    }

    private static bool IsQuotation(HtmlTagToken tag) => !tag.IsEndTag
        && (tag.Id is HtmlTagId.BlockQuote
            || tag.Attributes.Any(one => one.Id is HtmlAttributeId.Class or HtmlAttributeId.Id or HtmlAttributeId.Name && one.Value is { } value
                && Array.Exists(Marks, mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase)))
            || tag.Attributes.Any(one => one.Id is HtmlAttributeId.Style && one.Value?.Contains("border-top:solid", StringComparison.OrdinalIgnoreCase) == true));

    private static bool Separates(HtmlTagId id) => id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.Table
        or HtmlTagId.Pre or HtmlTagId.HR or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.UL or HtmlTagId.OL;

    // A line ends where a tag says so; a character that is one by its number stays a blank too.
    [GeneratedRegex("[ \\t\\r\\n\\f\\u00a0]+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex Blanks();

    [GeneratedRegex(" ?\\n(?: ?\\n)+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex OneBlank();
}
