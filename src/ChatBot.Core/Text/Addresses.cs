using System.Net;

namespace ChatBot.Core.Text;

/// <summary>Finds addresses of hosts and of their network cards in a name: IPv4, IPv6 (RFC 4291 §2.2) and MAC.</summary>
internal static class Addresses
{
    private const int Ipv4Numbers = 4;
    private const int MacPairs = 6;

    /// <summary>Whether one stands there, alone, with a port, or behind a word: <c>fe80::1</c>, <c>10.0.0.1:80</c>, <c>vpn-10.0.0.1</c>, <c>ping:2001:db8::7</c>.</summary>
    public static bool AreIn(string text) =>
        text.Split(' ', '/', '_', '-').Any(word => HasIpv4(word) || HasIpv6(word.Split(':')))
        || text.Split(' ', '/', '_').Any(word => HasMac(word.Split(':', '-')));

    private static bool HasIpv4(string word)
    {
        var numbers = 0;
        foreach (var piece in word.Split('.', ':'))
        {
            numbers = byte.TryParse(piece, System.Globalization.NumberStyles.None, null, out _) ? numbers + 1 : 0;
            if (numbers == Ipv4Numbers)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasIpv6(string[] pieces)
    {
        for (var from = 0; from < pieces.Length - 2; from++)
        {
            for (var to = from + 3; to <= pieces.Length; to++)
            {
                if (IPAddress.TryParse(string.Join(':', pieces[from..to]), out _))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasMac(string[] pieces)
    {
        var pairs = 0;
        foreach (var piece in pieces)
        {
            pairs = piece is [var high, var low] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low) ? pairs + 1 : 0;
            if (pairs == MacPairs)
            {
                return true;
            }
        }

        return false;
    }
}
