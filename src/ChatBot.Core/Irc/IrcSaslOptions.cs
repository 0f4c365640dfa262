namespace ChatBot.Core.Irc;

/// <summary>
/// Account and password are not used by <see cref="SaslMechanism.External"/>, whose certificate the TLS connection carries.
/// </summary>
public sealed record IrcSaslOptions(SaslMechanism Mechanism, string Account, string Password)
{
    public override string ToString() => $"{nameof(IrcSaslOptions)} {{ Mechanism = {Mechanism} }}";
}
