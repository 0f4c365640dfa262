namespace ChatBot.Core.Mail;

/// <summary>Whether a program wrote a mail in a person's name, for those who would answer it: two programs that answer each other never end (RFC 3834 §2).</summary>
public static class AutomaticMail
{
    /// <summary>Whether a field says so that no person's mail bears: it is never answered, and asks for nothing.</summary>
    public static bool SaysSo(Mail mail) =>
        mail.Header("Auto-Submitted") is { } submitted && !submitted.TrimStart().StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || Writer.BearsAutoReply(mail) || Writer.IsFromNobody(mail);

    /// <summary>Whether its subject or its Precedence make that likely, which a person's mail may have as well: it is not answered unless it proves who wrote it.</summary>
    public static bool LooksSo(Mail mail) => Writer.IsAutoReply(mail) || Writer.SaysAutomatic(mail);
}
