using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatBot.Web;

/// <summary>
/// Kestrel and a table of pages, nothing else: no host, so that no environment variable or file beside the configuration
/// opens a port, no signal is taken from the program, and it is up in some milliseconds; no access log.
/// </summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly IPEndPoint _listen;
    private readonly KestrelServer _kestrel;
    private readonly WebPages _pages;

    /// <param name="listen">From <c>web.listen</c>; port 0 takes a free one.</param>
    /// <param name="pages">By path, <c>/healthz</c>; each renders from memory, on the thread of the request.</param>
    /// <param name="log">Told of a page that fails.</param>
    public WebServer(IPEndPoint listen, IReadOnlyDictionary<string, Func<WebPage>> pages, ILogger<WebServer> log)
    {
        _listen = listen;
        _pages = new WebPages(pages, log);
        _kestrel = new KestrelServer(
            Options.Create(Limits(listen)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens once started, with the port it was given.</summary>
    public Uri Address => new(_kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <exception cref="IOException">It cannot listen there; the message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _kestrel.StartAsync(_pages, cancellationToken);
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
    public Task StopAsync(CancellationToken cancellationToken) => _kestrel.StopAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _kestrel.Dispose();
        return ValueTask.CompletedTask;
    }

    private static KestrelServerOptions Limits(IPEndPoint listen)
    {
        var patience = TimeSpan.FromSeconds(5);
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        options.Limits.MaxRequestLineSize = 4 * 1024;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = patience;
        options.Limits.KeepAliveTimeout = patience;
        options.Limits.MaxConcurrentConnections = 1000;
        options.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        return options;
    }
}
