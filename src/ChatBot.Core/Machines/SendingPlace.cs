using System.Net;

namespace ChatBot.Core.Machines;

/// <summary>From where a machine or a monitor hands mail to our MX: its address, or the account that it runs under on the MX itself.</summary>
public sealed record SendingPlace
{
    private const string Local = "local:";
    private const string Anybody = "*";

    private readonly IPNetwork? _network;
    private readonly string? _user;

    private SendingPlace(IPNetwork? network, string? user) => (_network, _user) = (network, user);

    /// <summary>The network, of one address or more; null for a local user.</summary>
    public IPNetwork? Network => _network;

    /// <summary>Name or number of a local user, as the MX writes it; <c>*</c> for whoever it is; null for a network.</summary>
    public string? User => _user;

    public static SendingPlace Of(IPNetwork network) => new(network, null);

    /// <summary><c>192.0.2.7</c>, <c>2001:db8::/48</c>, <c>local:nagios</c>, <c>local:111</c> or <c>local:*</c>; null for anything else.</summary>
    public static SendingPlace? Parse(string text)
    {
        if (text.StartsWith(Local, StringComparison.Ordinal))
        {
            var user = text[Local.Length..];
            return user == Anybody || (user.Length is > 0 and <= 64 && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '$'))
                ? new SendingPlace(null, user)
                : null;
        }

        return ParseNetwork(text) is { } network ? Of(network) : null;
    }

    /// <summary>A network, or one address as the network of it alone; IPv4 in IPv6 undone.</summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out var network) ? network : null;
        }

        if (!IPAddress.TryParse(text, out var address) || (!text.Contains(':', StringComparison.Ordinal) && text.Count(c => c == '.') != 3))
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return new IPNetwork(plain, plain.GetAddressBytes().Length * 8);
    }

    /// <summary>Whether a client of that address is there.</summary>
    public bool Holds(IPAddress client) => _network?.Contains(client) == true;

    /// <summary>Whether that local user is meant.</summary>
    /// <param name="user">Null where the MX does not name it.</param>
    public bool HoldsUser(string? user) => _user is not null && (_user == Anybody || string.Equals(_user, user, StringComparison.Ordinal));

    /// <summary>As the configuration has it.</summary>
    public override string ToString() => _user is null ? $"{_network}" : Local + _user;
}
