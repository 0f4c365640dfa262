namespace ChatBot.Core.Mail;

/// <summary>
/// What the configuration says of the mailbox a mail came from; <paramref name="Closed"/>: only our machines can write to it.
/// </summary>
public sealed record MailSourceFacts(string Name, bool Closed);
