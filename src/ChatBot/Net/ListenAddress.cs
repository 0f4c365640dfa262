using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace ChatBot.Net;

/// <summary>Reads <c>web.listen</c>.</summary>
public static class ListenAddress
{
    /// <summary>
    /// <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c>, or <c>*:8080</c> for every address of the machine. Other
    /// names are refused: what one resolves to may change.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? listen)
    {
        listen = null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), out var port))
        {
            return false;
        }

        IPAddress? address = text[..colon] switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.IPv6Any,
            ['[', .., ']'] name => IPAddress.TryParse(name[1..^1], out var six) ? six : null,
            var name => !name.Contains(':') && IPAddress.TryParse(name, out var four) ? four : null,
        };
        if (address is not null)
        {
            listen = new IPEndPoint(address, port);
        }

        return listen is not null;
    }
}
