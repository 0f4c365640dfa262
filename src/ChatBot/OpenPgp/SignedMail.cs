using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Mail;
using MimeKit;
using CoreMail = ChatBot.Core.Mail.Mail;

namespace ChatBot.OpenPgp;

/// <summary>
/// Finds the one signature of a mail. Of a clear-signed text it uses only the signature: it is verified over the sentence that we
/// know, so that nothing else the mail says can count. Of PGP/MIME (RFC 3156 §5) the signed octets are used as they stand, and must
/// say the sentence and nothing more.
/// </summary>
internal static partial class SignedMail
{
    public const int MostBytes = 64 * 1024;

    /// <summary>Whether a mail is signed at all, by its look.</summary>
    public static bool IsSigned(CoreMail mail, ReadOnlyMemory<byte> bytes) =>
        IsMime(bytes.Span) || mail.Text.Contains(ArmoredSignature.Begin, StringComparison.Ordinal);

    /// <summary>A signature, and the octets it may sign.</summary>
    /// <param name="mail">The same mail, read.</param>
    /// <param name="bytes">The mail.</param>
    /// <param name="sentence">What has to be signed.</param>
    /// <param name="why">Why there is none to verify.</param>
    public static (byte[] Signature, IReadOnlyList<byte[]> Texts)? Read(
        CoreMail mail, ReadOnlyMemory<byte> bytes, string sentence, out ProofRefusal why)
    {
        why = ProofRefusal.TooLong;
        if (bytes.Length > MostBytes)
        {
            return null;
        }

        if (IsMime(bytes.Span))
        {
            return ReadMime(MailBounds.Apply(bytes).Bytes, sentence, out why);
        }

        return ArmoredSignature.Read(mail.Text.Split('\n'), out why) is { } signature ? (signature, Texts(sentence)) : null;
    }

    /// <summary>A sentence as programs sign it: clear-signing leaves out the end of the last line.</summary>
    public static IReadOnlyList<byte[]> Texts(string sentence) =>
        [Encoding.UTF8.GetBytes(sentence + "\n"), Encoding.UTF8.GetBytes(sentence), Encoding.UTF8.GetBytes(sentence + "\r\n")];

    private static bool IsMime(ReadOnlySpan<byte> mail)
    {
        var head = mail[..Math.Min(mail.Length, MostBytes)];
        var end = head.IndexOf("\n\n"u8) is >= 0 and var lf ? lf : head.IndexOf("\r\n\r\n"u8);
        return end >= 0 && Encoding.Latin1.GetString(head[..end]).Contains("multipart/signed", StringComparison.OrdinalIgnoreCase);
    }

    private static (byte[] Signature, IReadOnlyList<byte[]> Texts)? ReadMime(
        ReadOnlyMemory<byte> bytes, string sentence, out ProofRefusal why)
    {
        why = ProofRefusal.NoSignature;
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        try
        {
            using var message = new MimeParser(stream, MimeFormat.Entity).ParseMessage();
            if (message.Body is not Multipart { Count: 2, Boundary: { } boundary } parts || parts[1] is not MimePart { Content: { } content })
            {
                return null;
            }

            using var armor = new MemoryStream();
            content.DecodeTo(armor);
            if (ArmoredSignature.Read(Encoding.Latin1.GetString(armor.ToArray()).Split('\n'), out why) is not { } signature)
            {
                return null;
            }

            why = ProofRefusal.WrongText;
            return FirstPart(bytes.Span, boundary) is { } octets && Says(octets, sentence) ? (signature, [octets]) : null;
        }
        catch (Exception mistake) when (mistake is FormatException or ParseException or IOException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// What stands between the first two boundary lines, with CRLF; the line end before a boundary belongs to the boundary
    /// (RFC 2046 §5.1.1).
    /// </summary>
    internal static byte[]? FirstPart(ReadOnlySpan<byte> mail, string boundary)
    {
        var lines = Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var body = Array.IndexOf(lines, "");
        var first = Array.FindIndex(lines, Math.Max(body, 0), IsBoundary);
        var second = first < 0 ? -1 : Array.FindIndex(lines, first + 1, IsBoundary);
        return second < 0 ? null : Encoding.Latin1.GetBytes(string.Join("\r\n", lines[(first + 1)..second]));

        bool IsBoundary(string line) => line.TrimEnd(' ', '\t') is var mark && (mark == $"--{boundary}" || mark == $"--{boundary}--");
    }

    // From the very octets that are verified, so that no two readings of the mail can differ.
    private static bool Says(byte[] octets, string sentence)
    {
        using var stream = new MemoryStream(octets, writable: false);
        using var entity = new MimeParser(stream, MimeFormat.Entity).ParseEntity();
        return WhiteSpace().Replace(MailBody.Read(entity).Text, " ").Trim() == sentence;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, Pattern.TimeOut)]
    private static partial Regex WhiteSpace();
}
