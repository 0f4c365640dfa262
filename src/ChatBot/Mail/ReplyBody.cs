using System.Text;
using ChatBot.Core.Mail;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>What somebody wrote themselves in an answer, from the bytes of the mail.</summary>
internal static class ReplyBody
{
    /// <param name="body">Of a mail that is bounded already.</param>
    /// <param name="areContentFieldsSigned">
    /// False where somebody else may have changed Content-Type and the like since the mail was signed, as Gmail does not sign them: then only what
    /// no other reading of the same body could have made counts.
    /// </param>
    /// <returns>Null where that is nothing.</returns>
    public static ReplyText? Read(MimeEntity? body, bool areContentFieldsSigned)
    {
        if (!areContentFieldsSigned && !IsUnmistakable(body))
        {
            return null;
        }

        var (plain, html) = (default(TextPart), default(TextPart));
        foreach (var part in Parts(body))
        {
            _ = part.IsHtml ? html ??= part : plain ??= part;
        }

        var written = plain?.Text ?? "";
        return string.IsNullOrWhiteSpace(written) && html is not null
            ? ReplyText.Read(ReplyHtml.Above(html.Text), mayStandBelow: false)
            : ReplyText.Read(plain is { IsFlowed: true } ? Unflowed(written, plain.ContentType.Parameters["delsp"]) : written, mayStandBelow: areContentFieldsSigned || body is Multipart);
    }

    /// <summary>Undoes soft line breaks (RFC 3676 §4.1): a line that ends with a space goes on, unless the next is quoted otherwise; “-- ” does not.</summary>
    public static string Unflowed(string text, string? deleteSpace = null)
    {
        var (whole, deletes) = (new StringBuilder(text.Length), "yes".Equals(deleteSpace, StringComparison.OrdinalIgnoreCase));
        var (goesOn, depth) = (false, 0);
        foreach (var written in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var quoted = written.Length - written.TrimStart('>').Length;
            var line = written[quoted..];
            line = line.StartsWith(' ') ? line[1..] : line;
            var isSignature = line == "-- ";
            if (goesOn && (quoted != depth || isSignature))
            {
                goesOn = false;
                whole.Append('\n');
            }

            if (!goesOn && quoted > 0)
            {
                whole.Append('>', quoted).Append(' ');
            }

            goesOn = line.EndsWith(' ') && !isSignature;
            depth = quoted;
            whole.Append(goesOn && deletes ? line[..^1] : line).Append(goesOn ? "" : "\n");
        }

        return whole.ToString();
    }

    // Bounded as all of the mail: a part with a name is an attachment, and a mail inside of it somebody else's.
    private static IEnumerable<TextPart> Parts(MimeEntity? entity) => entity switch
    {
        Multipart parts => parts.SelectMany(Parts),
        TextPart { IsAttachment: false } text when text.IsPlain || text.IsHtml => [text],
        _ => [],
    };

    // Another boundary would leave text before the first part or behind the last; a text read as HTML could hide its marks of quotation, and
    // decoded otherwise make line ends of what was none.
    private static bool IsUnmistakable(MimeEntity? body) => body switch
    {
        Multipart { Count: > 0 } parts => IsAsWritten(parts.ContentTransferEncoding())
            && IsUsual(parts.Preamble) && string.IsNullOrWhiteSpace(parts.Epilogue),
        TextPart { IsPlain: true, IsAttachment: false } text => IsAsWritten(text.ContentTransferEncoding.ToString()),
        _ => false,
    };

    // “This is a multi-part message in MIME format.”
    private static bool IsUsual(string? preamble) =>
        string.IsNullOrWhiteSpace(preamble) || (preamble.Trim() is var line && !line.Contains('\n', StringComparison.Ordinal) && line.EndsWith("in MIME format.", StringComparison.Ordinal));

    private static string ContentTransferEncoding(this Multipart parts) => parts.Headers[HeaderId.ContentTransferEncoding] ?? "";

    private static bool IsAsWritten(string encoding) =>
        encoding.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "" or "DEFAULT" or "7BIT" or "8BIT" or "SEVENBIT" or "EIGHTBIT";
}
