using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Text;
using ChatBot.Storage;
using MimeKit;

namespace ChatBot.Mail;

/// <summary>Makes a mail of a row of the outbox; all of it comes from the row, so that it is the same mail each time.</summary>
internal static class MailComposer
{
    private const int MostSubject = 200;
    private const string NeutralSubject = "...";

    public static MimeMessage Compose(OutboxRow row, OutgoingMail mail, string recipient, BotSettings settings)
    {
        var smtp = settings.Mail.Smtp!;
        var message = new MimeMessage
        {
            Subject = SubjectOf(mail),
            Date = TimeZoneInfo.ConvertTime(row.At, settings.TimeZone),
            MessageId = Bare(MailIds.OfRow(row.Id, row.CreatedAt, smtp.From)),
            Body = Text(mail),
        };
        message.From.Add(new MailboxAddress(settings.Irc.Nick, smtp.From));
        message.To.Add(new MailboxAddress(null, recipient));
        if (MailIds.Read(mail.InReplyTo) is { } answered)
        {
            message.InReplyTo = Bare(answered);
        }

        foreach (var reference in mail.References.Select(MailIds.Read).OfType<string>())
        {
            message.References.Add(Bare(reference));
        }

        message.Headers.Add(HeaderId.AutoSubmitted, mail.IsReply ? "auto-replied" : "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add(HeaderId.ListId, $"<chatbot.{smtp.From[(smtp.From.LastIndexOf('@') + 1)..]}>");
        message.Headers.Add(OwnMail.LoopField, "1");
        return message;
    }

    /// <summary>The part that is encrypted: the text under its true subject (draft-autocrypt-lamps-protected-headers-02).</summary>
    public static byte[] Inner(OutgoingMail mail)
    {
        var part = Text(mail);
        part.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        part.ContentType.Parameters.Add("protected-headers", "v1");
        part.Headers.Add(HeaderId.Subject, SubjectOf(mail));
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var bytes = new MemoryStream();
        part.WriteTo(format, bytes);
        return bytes.ToArray();
    }

    /// <summary>Puts the encrypted text in the place of the plain one (PGP/MIME, RFC 3156 §4), and a subject that says nothing.</summary>
    public static void Encrypt(MimeMessage message, string armored)
    {
        message.Subject = NeutralSubject;
        message.Body = new Multipart("encrypted")
        {
            ContentType = { Parameters = { { "protocol", "application/pgp-encrypted" } } },
        };
        ((Multipart)message.Body).Add(Part("application", "pgp-encrypted", "Version: 1\r\n", null));
        ((Multipart)message.Body).Add(Part("application", "octet-stream", armored, "encrypted.asc"));
    }

    private static SevenBitPart Part(string type, string subtype, string text, string? name)
    {
        var part = new SevenBitPart(type, subtype) { Content = new MimeContent(new MemoryStream(Encoding.ASCII.GetBytes(text))), ContentTransferEncoding = ContentEncoding.SevenBit };
        if (name is not null)
        {
            part.ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = name };
            part.ContentType.Name = name;
        }

        return part;
    }

    // RFC 3156 §3; MimeKit would make base64 of it.
    private sealed class SevenBitPart(string type, string subtype) : MimePart(type, subtype)
    {
        public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
        {
        }
    }

    private static TextPart Text(OutgoingMail mail)
    {
        var part = new TextPart("plain") { Text = FlowedText.Write(mail.Paragraphs.Select(paragraph => paragraph.Value)) };
        part.ContentType.Parameters.Add("format", "flowed");
        return part;
    }

    private static string SubjectOf(OutgoingMail mail) => Cleaner.Clean(mail.Subject.Value, MostSubject);

    private static string Bare(string id) => id.Trim('<', '>');
}
