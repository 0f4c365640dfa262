using System.Runtime.InteropServices;
using System.Text;
using ChatBot.Core.Mail;
using MimeKit;
using MimeKit.Utils;
using CoreMail = ChatBot.Core.Mail.Mail;
using ParsedResults = MimeKit.Cryptography.AuthenticationResults;

namespace ChatBot.Mail;

/// <summary>
/// Bytes of one mail (RFC 5322, MIME) to facts, within the bounds of <see cref="MailBounds"/>; any bytes, in bounded time and
/// memory.
/// </summary>
public static class MailParser
{
    private const int DeepestNesting = 30;
    private const int OldestYear = 1990;

    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = DeepestNesting,
        MaxAddressGroupDepth = 2,
        AllowAddressesWithoutDomain = true,
    };

    [ThreadStatic]
    private static MimeParser? _parser;

    static MailParser() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Never throws on any bytes.</summary>
    public static MailReading Read(ReadOnlyMemory<byte> bytes)
    {
        var (bounded, truncated) = MailBounds.Apply(bytes);
        if (bounded.Length == 0)
        {
            return new MailReading.Unreadable("empty");
        }

        using var stream = MemoryMarshal.TryGetArray(bounded, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bounded.ToArray(), writable: false);
        try
        {
            using var message = Parse(stream);
            return message.Headers.Count == 0
                ? new MailReading.Unreadable("no header field")
                : new MailReading.Readable(Facts(message, truncated ? Math.Max(1, bytes.Length - bounded.Length) : 0));
        }
        catch (Exception mistake) when (mistake is FormatException or ParseException or IOException
            or ArgumentException or InvalidOperationException)
        {
            return new MailReading.Unreadable(mistake.GetType().Name);
        }
    }

    /// <summary>Of bytes that are bounded already.</summary>
    internal static MimeMessage Parse(Stream bounded)
    {
        // Its buffers are larger than most mails. One in which something failed is not used again.
        var parser = _parser ?? new MimeParser(Options, Stream.Null, MimeFormat.Entity);
        _parser = null;
        parser.SetStream(bounded, MimeFormat.Entity);
        var message = parser.ParseMessage();
        parser.SetStream(Stream.Null, MimeFormat.Entity);
        _parser = parser;
        return message;
    }

    /// <summary>Of the bytes of one part that are bounded already.</summary>
    internal static MimeEntity ParsePart(Stream bounded) => new MimeParser(Options, bounded, MimeFormat.Entity).ParseEntity();

    private static CoreMail Facts(MimeMessage message, long unread)
    {
        var body = MailBody.Read(message.Body);
        var text = Diffs.Drop(body.Text);
        // MimeKit gives the Content- fields to the body.
        MailHeader[] headers = [.. message.Headers.Concat(message.Body?.Headers ?? []).Select(h => new MailHeader(h.Field, Decoded(h)))];
        var subject = First(headers, "Subject") ?? "";
        var author = SingleAuthor(message.Headers);
        var date = First(headers, "Date") is { } written && DateUtils.TryParse(written, out var parsed) && parsed.Year >= OldestYear
            ? parsed
            : (DateTimeOffset?)null;
        return new CoreMail
        {
            Headers = headers,
            FromAddress = author?.Address is { } address && address.Contains('@', StringComparison.Ordinal) ? address : null,
            FromName = author?.Name,
            Subject = subject,
            Date = date,
            Text = text,
            IsCutAtDiff = text.Length != body.Text.Length,
            HasAttachments = body.HasAttachments,
            Unread = unread + body.Unread,
            Returned = body.Returned,
            Received = Raw(message.Headers, HeaderId.Received),
            AuthenticationResults =
                [.. message.Headers.Where(h => h.Id == HeaderId.AuthenticationResults).Select(h => Results(h.RawValue))],
            ContentHash = MailIdentity.ContentOf(First(headers, "From") ?? "", subject, date, body.Text),
        };
    }

    private static string? First(MailHeader[] headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>MimeKit unfolds and decodes; what is left of line ends is no part of a value.</summary>
    private static string Decoded(Header header) => (IsPlain(header.RawValue) ? Header.Unfold(Encoding.ASCII.GetString(header.RawValue)) : header.Value).ReplaceLineEndings(" ");

    // Then nothing in it is encoded (RFC 2047 §2), and it need not be taken apart.
    private static bool IsPlain(ReadOnlySpan<byte> value) => Ascii.IsValid(value) && value.IndexOf("=?"u8) < 0;

    private static MailboxAddress? SingleAuthor(HeaderList headers)
    {
        MailboxAddress? author = null;
        foreach (var header in headers)
        {
            if (header.Id != HeaderId.From)
            {
                continue;
            }

            if (author is not null || !InternetAddressList.TryParse(Options, header.RawValue, out var authors)
                || authors is not [MailboxAddress only])
            {
                return null;
            }

            author = only;
        }
        return author;
    }

    private static AuthenticationResults Results(byte[] field) =>
        ParsedResults.TryParse(field, 0, field.Length, out var read) && read is { Version: null or 1, Instance: null, AuthenticationServiceIdentifier: { } id }
            ? new AuthenticationResults(id,
            [
                .. read.Results.Select(one => new AuthenticationResult(
                    one.Method ?? "", one.Result ?? "", [.. one.Properties.Select(p => ($"{p.PropertyType}.{p.Property}", p.Value ?? ""))])),
            ])
            : AuthenticationResults.Unreadable;

    private static string[] Raw(HeaderList headers, HeaderId id) =>
        [.. headers.Where(h => h.Id == id).Select(h => Header.Unfold(Encoding.UTF8.GetString(h.RawValue)).Trim())];
}
