
using ChatBot.Core.Reports;

namespace ChatBot.Core.Mail.Formats;

/// <summary>
/// The bot's own mail come back: what it announced must not be announced again (RFC 3834 §2). It is known by the field
/// that the bot writes, by its Message-ID, which a mailing list keeps, by its address on an automatic mail, and in a notice of non-delivery by the
/// returned mail (RFC 6522).
/// </summary>
public static class OwnMail
{
    private const string Source = "chatbot";

    /// <summary>The field that every mail of the bot bears.</summary>
    public const string LoopField = "X-ChatBot-Loop";

    /// <summary>Whether this is the report of the bot's own mail.</summary>
    public static bool Is(Report report) => report.Source.Value == Source;

    internal static Report? Recognise(Mail mail, string? ownAddress)
    {
        if (IsOwn(mail.Headers) || ownAddress is not null && mail.Header("Message-ID") is { } id && MailIds.IsOwn(id, ownAddress) || IsAutomatic(mail) && ownAddress is not null && ownAddress.Equals(mail.FromAddress, StringComparison.OrdinalIgnoreCase))
        {
            return Report(mail, ReportKind.Report);
        }

        return IsOwn(mail.Returned) || ownAddress is not null && mail.Returned.Any(header => IsFrom(header, ownAddress))
            ? Report(mail, ReportKind.Bounce)
            : null;
    }

    private static bool IsOwn(IReadOnlyList<MailHeader> headers)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(LoopField, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFrom(MailHeader header, string ownAddress) =>
        header.Name.Equals("From", StringComparison.OrdinalIgnoreCase) && header.Value.Contains(ownAddress, StringComparison.OrdinalIgnoreCase);

    private static bool IsAutomatic(Mail mail) =>
        mail.Header("Auto-Submitted")?.StartsWith("auto-", StringComparison.OrdinalIgnoreCase) == true;

    private static Report Report(Mail mail, ReportKind kind) => new() { Source = Field.Public(Source), Kind = kind, When = mail.Date };
}
