using System.Globalization;

namespace ChatBot.Configuration.Settings;

/// <summary>One server of the configuration: a host name or an address, and a port.</summary>
public sealed record IrcServer(string Host, int Port)
{
    /// <summary>Reads "irc.example.org:6697" or "[2001:db8::1]:6697"; null where it is neither.</summary>
    public static IrcServer? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0)
        {
            return null;
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':'))
        {
            return null;
        }

        return host.Length > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
                ? new(host, port)
                : null;
    }
}
