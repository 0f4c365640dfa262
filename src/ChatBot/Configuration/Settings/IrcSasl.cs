
using ChatBot.Core.Irc;

namespace ChatBot.Configuration.Settings;

/// <summary>How the bot identifies. CertificateFile is a PEM file with a certificate and its key, needed for EXTERNAL.</summary>
public sealed record IrcSasl(SaslMechanism Mechanism, string Account = "", string Password = "", string? CertificateFile = null)
{
    public override string ToString() => $"{nameof(IrcSasl)} {{ Mechanism = {Mechanism} }}";
}
