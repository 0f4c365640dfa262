using CoreMail = ChatBot.Core.Mail.Mail;


namespace ChatBot.Mail;

/// <summary>What came of reading some bytes as a mail.</summary>
public abstract record MailReading
{
    private MailReading()
    {
    }

    public sealed record Readable(CoreMail Mail) : MailReading;

    /// <summary>The bytes are no mail; <paramref name="Reason"/> is our own words and contains none of the mail's.</summary>
    public sealed record Unreadable(string Reason) : MailReading;
}
