namespace ChatBot.Irc;

/// <summary>
/// Who the server says holds a nick: a services account, a certificate fingerprint (lower-case hexadecimal), or nobody.
/// </summary>
public sealed record AccountAnswer(string? Account, string? CertFp);
