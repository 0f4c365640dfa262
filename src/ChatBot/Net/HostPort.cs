using System.Globalization;

namespace ChatBot.Net;

/// <summary>One end of a connection. <paramref name="Host"/> is a name or an address, IPv6 without its brackets.</summary>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>Whether nothing sent there leaves this machine.</summary>
    public bool IsLoopback => IsLoopbackHost(Host);

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads <c>host:port</c> or <c>[IPv6]:port</c>; both parts are required, the port from 1 to 65535.</summary>
    public static bool TryParse(string text, out HostPort value)
    {
        value = new("", 0);
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        if (host is ['[', .. var inner, ']'] && inner.Contains(':'))
        {
            host = inner;
        }
        else if (host.Contains(':'))
        {
            return false;
        }

        value = new(host, port);
        return port is >= 1 and <= 65535 && Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
