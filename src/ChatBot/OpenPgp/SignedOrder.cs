using System.Text;
using ChatBot.Core.Commands;
using ChatBot.Core.People;
using ChatBot.Mail;
using MimeKit;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.OpenPgp;

/// <summary>
/// The one signed text of a mail that asks for something: clear-signed (RFC 9580 §7) as its whole text, or PGP/MIME (RFC 3156 §5) as its whole
/// body. Anything beside it that a reader could take for a part of it refuses the mail.
/// </summary>
/// <param name="Signed">Clear-signed: the block. PGP/MIME: the octets of the signed part.</param>
/// <param name="Signature">Of PGP/MIME: one signature packet; null where the block holds it.</param>
/// <param name="Charset">Of a clear-signed text.</param>
internal sealed record SignedOrder(byte[] Signed, byte[]? Signature, Encoding Charset)
{
    /// <summary>How a clear-signed text begins.</summary>
    public const string Begin = "-----BEGIN PGP SIGNED MESSAGE-----";

    private const string BeginEncrypted = "-----BEGIN PGP MESSAGE-----";

    // What mail programs write before the parts, for those that know no MIME.
    private const string KnownPreamble = "OpenPGP/MIME signed message";

    /// <summary>Whether a mail is signed or encrypted from its first byte on, by its look: no program of a machine writes so.</summary>
    public static bool IsWhole(CoreMail mail) =>
        mail.Header("Content-Type") is { } type && (type.StartsWith("multipart/signed", StringComparison.OrdinalIgnoreCase) || type.StartsWith("multipart/encrypted", StringComparison.OrdinalIgnoreCase))
        || mail.Text.AsSpan().TrimStart() is var text && (text.StartsWith(Begin) || text.StartsWith(BeginEncrypted));

    /// <summary>Whether an OpenPGP signature, or something encrypted, stands in its text or is its whole: by its look.</summary>
    public static bool IsOpenPgp(CoreMail mail) => IsWhole(mail) || mail.Text.Contains(Begin, StringComparison.Ordinal)
        || mail.Text.Contains(BeginEncrypted, StringComparison.Ordinal);

    /// <summary>Whether anything of a mail is encrypted, by its look: as PGP/MIME, as Exchange rewrites that, or in its text.</summary>
    public static bool IsEncrypted(CoreMail mail, ReadOnlyMemory<byte> bytes) =>
        mail.Text.Contains(BeginEncrypted, StringComparison.Ordinal) || bytes.Span[..Math.Min(bytes.Length, SignedMail.MostBytes)].IndexOf("application/pgp-encrypted"u8) >= 0;

    /// <param name="bytes">The mail.</param>
    /// <param name="why">Why there is none to verify.</param>
    public static SignedOrder? Read(ReadOnlyMemory<byte> bytes, out OrderRefusal why)
    {
        why = OrderRefusal.TooLong;
        if (bytes.Length > SignedMail.MostBytes)
        {
            return null;
        }

        var (bounded, isCut) = MailBounds.Apply(bytes);
        if (isCut)
        {
            return null;
        }

        why = OrderRefusal.NotSigned;
        using var stream = new MemoryStream(bounded.ToArray(), writable: false);
        try
        {
            using var message = MailParser.Parse(stream);
            switch (message.Body)
            {
                case Multipart parts when parts.ContentType.IsMimeType("multipart", "signed"):
                    return OfParts(parts, bounded.Span, out why);
                case TextPart { IsPlain: true } text:
                    return OfText(text, out why);
                default:
                    var all = Encoding.Latin1.GetString(bounded.Span);
                    why = IsEncrypted(all) ? OrderRefusal.Encrypted
                        : (all.Contains(Begin, StringComparison.Ordinal) || all.Contains("multipart/signed", StringComparison.OrdinalIgnoreCase)) ? OrderRefusal.TextOutside
                        : OrderRefusal.NotSigned;
                    return null;
            }
        }
        catch (Exception mistake) when (mistake is FormatException or ParseException or IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text that a verified part says, from the very octets that were verified.</summary>
    /// <returns>Null where there is HTML or an attachment beside it.</returns>
    public static string? TextOf(byte[] octets)
    {
        using var stream = new MemoryStream(octets, writable: false);
        try
        {
            using var entity = MailParser.ParsePart(stream);
            return TextIn(entity);
        }
        catch (Exception mistake) when (mistake is FormatException or ParseException or IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The subject that stands within a verified part (protected-headers="v1" of Thunderbird and mutt; RFC 9788); null where none does.</summary>
    public static string? SubjectOf(byte[] octets)
    {
        using var stream = new MemoryStream(octets, writable: false);
        try
        {
            using var entity = MailParser.ParsePart(stream);
            return entity.ContentType.Parameters.Any(one => one.Name.Equals("protected-headers", StringComparison.OrdinalIgnoreCase) || one.Name.Equals("hp", StringComparison.OrdinalIgnoreCase))
                && entity.Headers.Count(header => header.Id == HeaderId.Subject) == 1 ? entity.Headers[HeaderId.Subject] : null;
        }
        catch (Exception mistake) when (mistake is FormatException or ParseException or IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextIn(MimeEntity entity) => entity switch
    {
        TextPart { IsPlain: true, IsAttachment: false } text => text.IsFlowed ? ReplyBody.Unflowed(text.Text) : text.Text,
        Multipart parts when parts.ContentType.IsMimeType("multipart", "mixed") && parts.Where(part => !IsKey(part)).ToList() is [var only] => TextIn(only),
        _ => null,
    };

    // Mail programs add the writer's own key unasked.
    private static bool IsKey(MimeEntity part) => part.ContentType.IsMimeType("application", "pgp-keys");

    private static bool IsEncrypted(string all) => all.Contains("application/pgp-encrypted", StringComparison.OrdinalIgnoreCase);

    private static SignedOrder? OfParts(Multipart parts, ReadOnlySpan<byte> bytes, out OrderRefusal why)
    {
        why = OrderRefusal.NotSigned;
        if (parts is not { Count: > 1, Boundary: { } boundary })
        {
            return null;
        }

        if (parts.Count > 2 || !string.IsNullOrWhiteSpace(parts.Epilogue)
            || (!string.IsNullOrWhiteSpace(parts.Preamble) && !(parts.Preamble.Trim().ReplaceLineEndings("\n").Split('\n') is [var line] && line.Contains(KnownPreamble, StringComparison.Ordinal))))
        {
            why = OrderRefusal.TextOutside;
            return null;
        }

        if (parts[1] is not MimePart { Content: { } content } armored || !armored.ContentType.IsMimeType("application", "pgp-signature"))
        {
            return null;
        }

        using var armor = new MemoryStream();
        content.DecodeTo(armor);
        var signature = ArmoredSignature.Read(Encoding.Latin1.GetString(armor.ToArray()).Split('\n'), out var flaw);
        why = OrderRefusals.Of(flaw);
        if (signature is null || SignedMail.FirstPart(bytes, boundary) is not { } octets)
        {
            return null;
        }

        // What stands beside the text is not even kept until it is verified: it may be a diff.
        why = IsEncrypted(Encoding.Latin1.GetString(octets)) ? OrderRefusal.Encrypted : OrderRefusal.OtherParts;
        return TextOf(octets) is null ? null : new SignedOrder(octets, signature, Encoding.UTF8);
    }

    private static SignedOrder? OfText(TextPart text, out OrderRefusal why)
    {
        using var decoded = new MemoryStream();
        text.Content?.DecodeTo(decoded);
        var octets = decoded.ToArray();
        var lines = Encoding.Latin1.GetString(octets).ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        var (start, end) = (lines.IndexOf(Begin), lines.LastIndexOf(ArmoredSignature.End));
        why = lines.Contains(BeginEncrypted) ? OrderRefusal.Encrypted
            : start < 0 || end < start ? OrderRefusal.NotSigned
            : lines.LastIndexOf(Begin) != start || lines.IndexOf(ArmoredSignature.End) != end
                || lines.IndexOf(ArmoredSignature.Begin) != lines.LastIndexOf(ArmoredSignature.Begin) ? OrderRefusal.MoreThanOne
            : lines.Take(start).Concat(lines.Skip(end + 1)).Any(line => line.Length > 0) ? OrderRefusal.TextOutside
            : OrderRefusal.Failed;
        return why == OrderRefusal.Failed ? new SignedOrder(octets, null, CharsetOf(text)) : null;
    }

    private static Encoding CharsetOf(TextPart text)
    {
        try
        {
            return text.ContentType.CharsetEncoding ?? Encoding.UTF8;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
