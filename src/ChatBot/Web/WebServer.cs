using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChatBot.Web;

/// <summary>
/// Serves endpoints over HTTP/1.1. The builder is the empty one and the host's lifetime its own, so that no environment variable or
/// file beside the configuration opens a port and it handles no signal of the program; there is no access log.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    private static readonly TimeSpan SlowestRequest = TimeSpan.FromSeconds(5);

    private readonly IPEndPoint _listen;
    private readonly ConnectionLimits _limits;
    private readonly WebApplication _application;

    /// <param name="listen">From <c>web.listen</c>; port 0 takes a free one.</param>
    /// <param name="endpoints">Each of another path.</param>
    /// <param name="log">Of pages that fail.</param>
    /// <param name="time">Ends connections that last too long.</param>
    /// <param name="isOwn">Whether an address is this machine's; null for the loopback ones.</param>
    public WebServer(
        IPEndPoint listen, IReadOnlyList<WebEndpoint> endpoints, ILogger<WebServer> log, TimeProvider time, Func<IPAddress, bool>? isOwn = null)
    {
        _listen = listen;
        _limits = new ConnectionLimits(time, isOwn ?? IPAddress.IsLoopback);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        _application = builder.Build();
        _application.Run(new WebRequests(endpoints, log).AnswerAsync);
    }

    /// <summary>Where it listens once started, with the port it was given.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <exception cref="IOException">It cannot listen there; the message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e.InnerException is AddressInUseException || e is AddressInUseException)
        {
            throw new IOException($"web.listen: another program listens on {_listen}; stop it, or write another port.", e);
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"web.listen: cannot listen on {_listen} ({e.SocketErrorCode}); write an address of this machine and a port above 1023.",
                e);
        }
    }

    /// <summary>Lets the requests under way end until <paramref name="cancellationToken"/>, and cuts them then.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;
        options.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        options.Limits.MaxRequestLineSize = 4 * 1024;
        options.Limits.MaxRequestBodySize = 0; // Each endpoint raises it for itself.
        options.Limits.RequestHeadersTimeout = SlowestRequest;
        options.Limits.KeepAliveTimeout = SlowestRequest;
        options.Limits.MaxConcurrentConnections = ConnectionLimits.MostOfAll;
        options.Listen(_listen, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            endpoint.Use(_limits.Around);
        });
    }

    // The usual one takes SIGTERM and SIGINT from the program.
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
