namespace ChatBot.Mail;

/// <summary>
/// Cuts a mail to what the MIME parser bears, by one pass over the bytes before it sees any. MimeKit 4.18 takes 52 s for a
/// Subject of
/// 30 MB and 3 GB of memory for a million empty parts.
/// </summary>
public static class MailBounds
{
    public const int MostBytes = 1024 * 1024;
    public const int MostHeaderBytes = 256 * 1024;
    public const int MostFieldBytes = 16 * 1024;
    public const int MostFields = 1000;
    public const int MostBoundaryLines = 500;

    /// <summary>
    /// The mail as it is if it keeps within the bounds, else a shorter copy; a leading <c>From </c> line, which MTAs give to
    /// pipes, is dropped.
    /// </summary>
    public static (ReadOnlyMemory<byte> Bytes, bool Truncated) Apply(ReadOnlyMemory<byte> mail)
    {
        mail = WithoutEnvelopeLine(mail);
        var truncated = mail.Length > MostBytes;
        if (truncated)
        {
            mail = mail[..MostBytes];
        }

        var head = ScanHead(mail.Span);
        var end = head.IsComposite ? EndOfParts(mail.Span, head.End) : mail.Length;
        if (head.IsWithin)
        {
            return (mail[..end], truncated || end < mail.Length);
        }

        return ((byte[])[.. ShortHead(mail.Span[..head.End]), .. mail.Span[head.End..end]], true);
    }

    private static ReadOnlyMemory<byte> WithoutEnvelopeLine(ReadOnlyMemory<byte> mail) =>
        mail.Span.StartsWith("From "u8) && mail.Span.IndexOf((byte)'\n') is >= 0 and var end ? mail[(end + 1)..] : mail;

    /// <summary>
    /// Where the header block ends, whether the body may have parts, and whether all bounds of the header are kept.
    /// </summary>
    private static (int End, bool IsComposite, bool IsWithin) ScanHead(ReadOnlySpan<byte> mail)
    {
        int at = 0, field = 0, fields = 0;
        bool isComposite = false, isWithin = true;
        while (at < mail.Length)
        {
            var line = LineAt(mail, at);
            if (IsBlank(line))
            {
                break;
            }

            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                (field, fields) = (at, fields + 1);
            }

            isComposite |= StartsIgnoringCase(line, "content-type"u8);
            at += line.Length;
            isWithin &= at - field <= MostFieldBytes && fields <= MostFields && at <= MostHeaderBytes;
        }
        return (at, isComposite, isWithin);
    }

    private static byte[] ShortHead(ReadOnlySpan<byte> head)
    {
        var kept = new List<byte>(MostFieldBytes);
        int at = 0, field = 0, fields = 0;
        while (at < head.Length && kept.Count < MostHeaderBytes)
        {
            var line = LineAt(head, at);
            at += line.Length;
            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                (field, fields) = (kept.Count, fields + 1);
            }

            if (fields > MostFields)
            {
                break;
            }

            var room = field + MostFieldBytes - kept.Count;
            if (room <= 0)
            {
                continue;
            }

            kept.AddRange(line[..Math.Min(room, line.Length)]);
            if (kept[^1] != '\n')
            {
                kept.Add((byte)'\n');
            }
        }
        return [.. kept];
    }

    /// <summary>
    /// The end of the mail, or where a boundary line is one too many or the header of a part goes past a bound: MimeKit takes 5 GB for
    /// one field of 400,000 folds. Whatever may be a header counts as one.
    /// </summary>
    private static int EndOfParts(ReadOnlySpan<byte> mail, int start)
    {
        var (boundaries, room) = (MostBoundaryLines, MostHeaderBytes);
        var (isHead, holdsMail, isDigest) = (true, HoldsMail(mail[..start]), IsDigest(mail[..start]));
        for (int at = start, field = start; at < mail.Length;)
        {
            var line = LineAt(mail, at);
            if (line.StartsWith("--"u8))
            {
                if (boundaries-- == 0)
                {
                    return at;
                }

                (isHead, holdsMail) = (true, isDigest);
            }
            else if (isHead && IsBlank(line))
            {
                (isHead, holdsMail) = (holdsMail, false);
            }
            else if (isHead)
            {
                if (line[0] is not ((byte)' ' or (byte)'\t'))
                {
                    field = at;
                }

                holdsMail |= HoldsMail(line);
                isDigest |= IsDigest(line);
                room -= line.Length;
                if (at + line.Length - field > MostFieldBytes || room < 0)
                {
                    return field;
                }
            }
            at += line.Length;
        }
        return mail.Length;
    }

    /// <summary>Whether a field may say <c>message/…</c> or <c>text/rfc822-headers</c>, behind which a header stands again.</summary>
    private static bool HoldsMail(ReadOnlySpan<byte> head) => HasSubtype(head, "message"u8, "rfc822"u8);

    /// <summary>Whether a field may say <c>multipart/digest</c>, whose parts are mails without saying so (RFC 2046 §5.1.5).</summary>
    private static bool IsDigest(ReadOnlySpan<byte> head) => HasSubtype(head, default, "digest"u8);

    private static bool HasSubtype(ReadOnlySpan<byte> head, ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype)
    {
        for (var slash = head.IndexOf((byte)'/'); slash >= 0;)
        {
            var before = head[..slash].TrimEnd(" \t\r\n"u8);
            if ((!type.IsEmpty && before.Length >= type.Length && StartsIgnoringCase(before[^type.Length..], type))
                || StartsIgnoringCase(head[(slash + 1)..].TrimStart(" \t\r\n"u8), subtype))
            {
                return true;
            }

            var next = head[(slash + 1)..].IndexOf((byte)'/');
            slash = next < 0 ? -1 : slash + 1 + next;
        }
        return false;
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> mail, int at)
    {
        var end = mail[at..].IndexOf((byte)'\n');
        return end < 0 ? mail[at..] : mail.Slice(at, end + 1);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];

    private static bool StartsIgnoringCase(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lower)
    {
        if (line.Length < lower.Length)
        {
            return false;
        }

        for (var i = 0; i < lower.Length; i++)
        {
            if ((line[i] | 0x20) != lower[i] && line[i] != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
