namespace ChatBot.Irc;

/// <summary>How the bot proves its services account.</summary>
public enum SaslMechanism
{
    /// <summary>The password itself (RFC 4616); only under TLS or to this machine.</summary>
    Plain,

    /// <summary>The client certificate of the TLS connection (RFC 4422, appendix A).</summary>
    External,

    /// <summary>A proof of the password that does not carry it (RFC 7677).</summary>
    ScramSha256,
}
