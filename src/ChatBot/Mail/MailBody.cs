using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Mail;
using MimeKit;
using MimeKit.Text;

namespace ChatBot.Mail;

/// <summary>
/// The best text of a mail: its first plain part, else its first HTML part reduced to text. A mail inside the mail is an
/// attachment.
/// </summary>
internal sealed partial class MailBody
{
    public const int MostBytes = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private TextPart? _plain;
    private TextPart? _html;

    private MailBody()
    {
    }

    /// <summary>Lines ended by LF, no NUL.</summary>
    public string Text { get; private set; } = "";

    public bool HasAttachments { get; private set; }

    public bool Truncated { get; private set; }

    /// <summary>Of a multipart/report: the header fields of the mail it returns, whole or its headers alone (RFC 6522 §3, §4).</summary>
    public IReadOnlyList<MailHeader> Returned { get; private set; } = [];

    public static MailBody Read(MimeEntity? root)
    {
        var body = new MailBody();
        body.Visit(root);
        if (body._plain is { } plain)
        {
            body.Text = body.Decode(plain);
        }
        else if (body._html is { } html)
        {
            body.Text = ReduceHtml(body.Decode(html));
        }

        return body;
    }

    private void Visit(MimeEntity? entity)
    {
        switch (entity)
        {
            case Multipart multipart:
                foreach (var part in multipart)
                {
                    Visit(part);
                }

                if (multipart is MultipartReport && multipart.OfType<MimePart>().LastOrDefault(IsHeaders) is { } headers)
                {
                    Returned = Fields(headers);
                }
                else if (multipart is MultipartReport && multipart.OfType<MessagePart>().FirstOrDefault() is { Message: { } returned })
                {
                    Returned = [.. returned.Headers.Take(MailBounds.MostFields).Select(h => new MailHeader(h.Field, h.Value.ReplaceLineEndings(" ")))];
                }

                break;
            case TextPart { IsAttachment: false } text when text.IsHtml:
                _html ??= text;
                break;
            case TextPart { IsAttachment: false } text:
                _plain ??= text;
                break;
            case not null:
                HasAttachments = true;
                break;
        }
    }

    private static bool IsHeaders(MimePart part) => part.ContentType.IsMimeType("text", "rfc822-headers");

    private static MailHeader[] Fields(MimePart part)
    {
        if (part.Content is not { } content)
        {
            return [];
        }

        using var head = content.Open();
        return [.. HeaderList.Load(head).Take(MailBounds.MostFields).Select(h => new MailHeader(h.Field, h.Value.ReplaceLineEndings(" ")))];
    }

    private string Decode(TextPart part)
    {
        if (part.Content is not { Stream: { } encoded } content)
        {
            return "";
        }

        using var decoded = content.Open();
        // No transfer encoding makes a text shorter than it is, so that what stands in the mail is room enough.
        var buffer = new byte[Math.Min(encoded.Length, MostBytes)];
        var length = decoded.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Truncated |= length == MostBytes && decoded.ReadByte() >= 0;
        return Characters(buffer.AsSpan(0, length), part.ContentType.Charset)
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
    }

    /// <summary>
    /// The charset the mail names where it names a real one; us-ascii, unknown-8bit (mutt), ANSI_X3.4-1968 (bsd-mailx), nothing
    /// or nonsense
    /// mean UTF-8 if the bytes are that, else Latin-1, which reads anything.
    /// </summary>
    private static string Characters(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (charset?.ToUpperInvariant() is { } name and not ("UTF-8" or "UTF8" or "US-ASCII" or "ANSI_X3.4-1968" or "UNKNOWN-8BIT")
            && Known(name) is { } known)
        {
            return known.GetString(bytes);
        }

        if (bytes.Length == MostBytes)
        {
            bytes = bytes[..^PartialUtf8(bytes)];
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>UTF-7 is refused by the framework itself.</summary>
    private static Encoding? Known(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>How many bytes of a character that the cut parted stand at the end.</summary>
    private static int PartialUtf8(ReadOnlySpan<byte> bytes)
    {
        var tail = 1;
        while (tail < 4 && (bytes[^tail] & 0xC0) == 0x80)
        {
            tail++;
        }

        return bytes[^tail] >= 0xC0 ? tail : 0;
    }

    private static string ReduceHtml(string html)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var hidden = HtmlTagId.Unknown;
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (tag.Id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title)
                {
                    hidden = tag.IsEndTag ? HtmlTagId.Unknown : tag.Id;
                }
                else if (tag.Id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.Pre)
                {
                    text.Append('\n');
                }
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && hidden == HtmlTagId.Unknown)
            {
                text.Append(LineEndReference().Replace(data.Data, "\n"));
            }
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Carriage return and line feed by number, which MimeKit leaves as they are.</summary>
    [GeneratedRegex("(?:&#(?:0*1[03]|[xX]0*[aAdD]);?)+", RegexOptions.NonBacktracking)]
    private static partial Regex LineEndReference();
}
