namespace ChatBot.Core.Irc;

/// <summary>How the bot proves who it is: RFC 4616, the TLS client certificate (RFC 4422 appendix A), RFC 7677.</summary>
public enum SaslMechanism { Plain, External, ScramSha256 }
