using System.Net;

namespace ChatBot.Irc;

/// <summary>One way to a server, as it is taken: by TLS or not. The host is a name, or an address without brackets.</summary>
public sealed record IrcRoute(string Host, int Port, bool Tls)
{
    /// <summary>Whether nothing sent there leaves this machine.</summary>
    public bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
