namespace ChatBot.Mail;

/// <summary>Asks the DNS for TXT records.</summary>
internal interface IDnsTexts
{
    /// <summary>
    /// Each record's strings joined (RFC 7208 §3.3), none where the name has no such record, and how long that may be kept; null where
    /// no server answered.
    /// </summary>
    Task<(IReadOnlyList<string> Texts, TimeSpan Lives)?> AskAsync(string name, CancellationToken cancellationToken);
}
