using System.Net;
using Microsoft.AspNetCore.Connections;

namespace ChatBot.Web;

/// <summary>
/// How many connections there are at once and how long one lasts, so that whoever opens many or sends slowly keeps nobody else from the
/// pages. This machine itself has no limit of its own: a proxy in front of the bot runs here, and so do those who monitor it; what is left
/// of all connections by others is theirs.
/// </summary>
/// <param name="time">Measures how long a connection lasts.</param>
/// <param name="isOwn">Whether an address is this machine's.</param>
internal sealed class ConnectionLimits(TimeProvider time, Func<IPAddress, bool> isOwn)
{
    /// <summary>Of everybody together.</summary>
    public const int MostOfAll = 100;

    /// <summary>Of all other machines together.</summary>
    public const int MostOfOthers = 80;

    /// <summary>Of one other address; of IPv6, of one network of 64 bits, which is what one customer gets.</summary>
    public const int MostOfOne = 8;

    /// <summary>How long a connection lasts, whatever is sent on it: no page takes as long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private const int Ipv6Network = 8;

    private readonly Lock _changing = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _others;

    /// <summary>The same service, within these limits.</summary>
    public ConnectionDelegate Around(ConnectionDelegate serve) => async connection =>
    {
        var other = Other(connection);
        if (other is not null && !Enter(other))
        {
            connection.Abort(new ConnectionAbortedException("Too many connections of others."));
            return;
        }

        try
        {
            using var end = time.CreateTimer(
                _ => connection.Abort(new ConnectionAbortedException("It lasted too long.")), null, Longest, Timeout.InfiniteTimeSpan);
            await serve(connection);
        }
        finally
        {
            if (other is not null)
            {
                Leave(other);
            }
        }
    };

    // Null for this machine.
    private IPAddress? Other(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (isOwn(address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Math.Min(bytes.Length, Ipv6Network)).Clear();
        return new IPAddress(bytes);
    }

    private bool Enter(IPAddress other)
    {
        lock (_changing)
        {
            var open = _open.GetValueOrDefault(other);
            if (open >= MostOfOne || _others >= MostOfOthers)
            {
                return false;
            }

            _open[other] = open + 1;
            _others++;
            return true;
        }
    }

    private void Leave(IPAddress other)
    {
        lock (_changing)
        {
            _others--;
            if (--_open[other] == 0)
            {
                _open.Remove(other);
            }
        }
    }
}
