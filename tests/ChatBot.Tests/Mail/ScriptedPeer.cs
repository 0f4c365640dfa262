using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ChatBot.Tests.Mail;

/// <summary>A server on loopback that talks with one client after the other, as a test has it.</summary>
internal abstract class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    protected ScriptedPeer()
    {
        _listener.Start();
        _running = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends with the test.</summary>
    protected CancellationToken Stopping => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    /// <summary>Talks with one client, to the end.</summary>
    protected abstract Task ServeAsync(NetworkStream stream);

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                await ServeAsync(stream);
            }
            catch (Exception over) when (over is OperationCanceledException or IOException or SocketException or ObjectDisposedException
                or AuthenticationException)
            {
                // The other side left, or the test is over.
            }
        }
    }
}
