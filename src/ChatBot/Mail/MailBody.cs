using System.Text;
using ChatBot.Core.Mail;
using ChatBot.Core.Text;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>
/// The best text of a mail: its first plain part, else its first HTML part reduced to text, else its only part where that is text by its
/// bytes, whatever it calls itself: heirloom mailx and s-nail call a text with one odd byte application/octet-stream, and RFC 2045 §5.2 lets
/// nobody guess what a broken Content-Type means. A part with a file name, and a mail inside the mail, is an attachment.
/// </summary>
internal sealed class MailBody
{
    public const int MostBytes = 256 * 1024;

    private const int LongestStub = 300;
    private const int LongestLook = 4096;

    private TextPart? _plain;
    private TextPart? _html;
    private MimePart? _unnamed;
    private int _others;

    private MailBody()
    {
    }

    /// <summary>Lines ended by LF, no NUL.</summary>
    public string Text { get; private set; } = "";

    public bool HasAttachments { get; private set; }

    /// <summary>How many bytes of its text are past the bound.</summary>
    public long Unread { get; private set; }

    /// <summary>Of a multipart/report: the header fields of the mail it returns, whole or its headers alone (RFC 6522 §3, §4).</summary>
    public IReadOnlyList<MailHeader> Returned { get; private set; } = [];

    public static MailBody Read(MimeEntity? root)
    {
        var body = new MailBody();
        body.Visit(root);
        body.ReadText();
        return body;
    }

    private void ReadText()
    {
        var text = _plain is { } plain ? Decode(plain) : "";
        if (_html is { } html && IsStub(text))
        {
            text = HtmlText.Of(Decode(html));
        }
        else if (_plain is null && _unnamed is { } unnamed && _others == 1 && Decode(unnamed) is var decoded && IsText(decoded))
        {
            (text, HasAttachments) = (decoded, false);
        }

        Text = text.Replace("\0", "", StringComparison.Ordinal);
    }

    // Where programs write in HTML alone some put a word for old clients beside it.
    private static bool IsStub(string plain) =>
        string.IsNullOrWhiteSpace(plain) || plain.Length < LongestStub && plain.Contains("HTML", StringComparison.OrdinalIgnoreCase);

    // An odd byte makes no picture; what is no text is full of them.
    private static bool IsText(string decoded)
    {
        var start = decoded.AsSpan(0, Math.Min(decoded.Length, LongestLook));
        var odd = 0;
        foreach (var c in start)
        {
            odd += char.IsControl(c) && c is not ('\n' or '\t' or '\f' or '\e' or '\b') ? 1 : 0;
        }

        return odd <= 2 || odd < start.Length / 50;
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
            case MimePart { FileName: null } other when !IsPicture(other):
                HasAttachments = true;
                _unnamed = other;
                _others++;
                break;
            case not null:
                HasAttachments = true;
                _others++;
                break;
        }
    }

    private static bool IsPicture(MimePart part) => part.ContentType.MediaType.ToUpperInvariant() is "IMAGE" or "AUDIO" or "VIDEO" or "FONT";

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

    private string Decode(MimePart part)
    {
        if (part.Content is not { Stream: { } encoded } content)
        {
            return "";
        }

        using var decoding = IsEncoded(content.Encoding) ? content.Open() : null;
        encoded.Position = 0;
        var decoded = decoding ?? encoded;
        // No transfer encoding makes a text shorter than it is, so that what stands in the mail is room enough.
        var buffer = new byte[Math.Min(encoded.Length, MostBytes)];
        var length = decoded.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length == MostBytes)
        {
            Unread = Math.Max(Unread, Rest(decoded));
        }

        return Characters(buffer.AsSpan(0, length), part.ContentType.Charset)
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    // MimeKit copies what is not encoded through a buffer too.
    private static bool IsEncoded(ContentEncoding encoding) =>
        encoding is not (ContentEncoding.Default or ContentEncoding.SevenBit or ContentEncoding.EightBit or ContentEncoding.Binary);

    private static long Rest(Stream decoded)
    {
        var (rest, buffer) = (0L, new byte[LongestLook]);
        while (decoded.Read(buffer) is > 0 and var read)
        {
            rest += read;
        }

        return rest;
    }

    /// <summary>
    /// The charset the mail names where it names a real one; us-ascii, unknown-8bit (mutt), ANSI_X3.4-1968 (bsd-mailx), nothing
    /// or nonsense
    /// mean, line by line, UTF-8 if the bytes are that, else Windows-1252, which reads anything. That is also what programs mean by
    /// ISO-8859-1 (WHATWG, Encoding Standard, 4.2).
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

        return UnknownCharset.Read(bytes);
    }

    /// <summary>UTF-7 is refused by the framework itself.</summary>
    private static Encoding? Known(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset is "ISO-8859-1" or "LATIN1" ? "windows-1252" : charset);
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
}
