namespace ChatBot.Core.Mail;

/// <summary>One header field: name as written, value decoded and unfolded.</summary>
public readonly record struct MailHeader(string Name, string Value);
