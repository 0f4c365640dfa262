using System.Net;
using System.Net.Sockets;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A loopback port that the system has free.</summary>
internal static class FreePort
{
    public static int Ask()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
