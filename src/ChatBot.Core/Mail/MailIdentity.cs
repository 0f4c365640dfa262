using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatBot.Core.Mail;

/// <summary>
/// What makes two deliveries the same mail. Envelope, recipients and Message-ID are left out: two contacts on one alias get the same event
/// twice, and anybody can send a Message-ID ahead of its owner. The moment is in, so that two outages in the same words are two.
/// </summary>
public static class MailIdentity
{
    /// <summary>
    /// Keys of which any tells a mail that came before: that of its content, then one for each DKIM signature of the author's domain, which
    /// survives what a copy may change without breaking it. Each is SHA-256 in lower-case hexadecimal, those of signatures after a word.
    /// </summary>
    /// <param name="mail">Any.</param>
    /// <param name="mx">Our MX, whose own time and identifier stand for a Date that is not there.</param>
    /// <param name="place">Names the mail within its mailbox for ever; it stands for the Date where our MX wrote no Received on top.</param>
    public static IReadOnlyList<string> KeysOf(Mail mail, string? mx, string place)
    {
        var content = mail.Date is not null
            ? mail.ContentHash
            : Hash([mail.ContentHash, ReceivedField.OfOurMx(mail, mx) is { Id: { } id } hop ? $"{hop.At?.UtcTicks} {id}" : place]);
        return
        [
            content,
            .. DkimSignature.OfAuthor(mail).Select(signature => "dkim:" + Hash([signature.Value])).Distinct(),
        ];
    }

    /// <summary>
    /// Of who, what and when, and the whole text before any diff was dropped; white space folded as the relaxed forms of DKIM do and further
    /// (RFC 6376 §3.4), so that a copy with one space more is the same.
    /// </summary>
    public static string ContentOf(string from, string subject, DateTimeOffset? date, string text) =>
        Hash([Folded(from), Folded(subject), date?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "", Folded(text)]);

    /// <summary>When the mail came: by our MX where it wrote so on top, which a mailbox that was read late does not change.</summary>
    /// <param name="mail">Any.</param>
    /// <param name="mx">Our MX.</param>
    /// <param name="found">When the mailbox had it.</param>
    public static DateTimeOffset ArrivedAt(Mail mail, string? mx, DateTimeOffset found) =>
        ReceivedField.OfOurMx(mail, mx)?.At is { } taken && taken < found ? taken.ToUniversalTime() : found;

    private static string Folded(string text)
    {
        var room = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                room[length++] = c;
            }
            else if (length > 0 && room[length - 1] != ' ')
            {
                room[length++] = ' ';
            }
        }

        var folded = new string(room.AsSpan(0, length).TrimEnd(' '));
        ArrayPool<char>.Shared.Return(room);
        return folded;
    }

    private static string Hash(ReadOnlySpan<string> fields)
    {
        var size = 0;
        foreach (var field in fields)
        {
            size += sizeof(long) + Encoding.UTF8.GetMaxByteCount(field.Length);
        }

        var room = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field, room.AsSpan(length + sizeof(long)));
            BinaryPrimitives.WriteInt64LittleEndian(room.AsSpan(length), bytes);
            length += sizeof(long) + bytes;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(room.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(room);
        return hash;
    }
}
