namespace ChatBot.Configuration;

/// <summary>How the bot sends mail.</summary>
/// <param name="Host">The mail server that relays for the bot.</param>
/// <param name="Port">From 1 to 65535.</param>
/// <param name="From">The bot's own address.</param>
/// <param name="RootAlias">The address that reaches the root group.</param>
public sealed record SmtpSettings(string Host, int Port, string From, string RootAlias);
