using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Between a program and its server: shows what the program sends, and may lose all that both send, as a network does that is cut.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Ask());
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<byte[]> _sent = new();
    private readonly Task _accepting;

    public TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>While true nothing comes through, and nobody hears of it.</summary>
    public bool IsCut { get; set; }

    /// <summary>All that the program has sent.</summary>
    public string Sent => Encoding.UTF8.GetString([.. _sent.SelectMany(bytes => bytes)]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), server.GetStream(), _sent.Enqueue), CopyAsync(server.GetStream(), client.GetStream(), _ => { }));
            }
            catch (SocketException)
            {
                // The client sees that it is closed.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Action<byte[]> show)
    {
        var bytes = new byte[16_384];
        try
        {
            while (await from.ReadAsync(bytes, _stop.Token) is var count and > 0)
            {
                show(bytes[..count]);
                if (!IsCut)
                {
                    await to.WriteAsync(bytes.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (IOException)
        {
            // One side has gone.
        }
    }
}
