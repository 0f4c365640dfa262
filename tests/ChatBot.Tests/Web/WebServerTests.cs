using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatBot.Configuration;
using ChatBot.Metrics;
using ChatBot.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Web;

public sealed class WebServerTests : IAsyncLifetime
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new();
    private readonly WebServer _server;
    private HealthReport _health = new([]);

    public WebServerTests() => _server = Server(AnyPort);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(Cancel);
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(new CancellationToken(true));
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Health_is_ready_or_says_what_is_missing()
    {
        Assert.Equal("ready\n", await _client.GetStringAsync("/healthz", Cancel));

        _health = new HealthReport(["irc: not joined", "mail: imap not connected"]);
        using var answer = await _client.GetAsync("/healthz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("irc: not joined\nmail: imap not connected\n", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Metrics_are_served_in_their_own_content_type()
    {
        using var answer = await _client.GetAsync("/metrics", Cancel);

        Assert.Equal(PrometheusText.ContentType, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("a 1\n", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/metrics?x=/../", 200)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/healthz/", 404)]
    [InlineData("GET", "/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/fails", 500)]
    [InlineData("POST", "/healthz", 405)]
    [InlineData("DELETE", "/metrics", 405)]
    [InlineData("TRACE", "/healthz", 405)]
    [InlineData("BREW", "/nowhere", 405)]
    public async Task Every_answer_has_its_status_and_all_headers(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _client.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(answer.Headers.Server);
        Assert.Equal(status == 405 ? ["GET", "HEAD"] : [], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a\r\nX: {9000}\r\n\r\n", "431")]
    [InlineData("GET /{5000} HTTP/1.1\r\nHost: a\r\n\r\n", "414")]
    [InlineData("GET /healthz HTTP/1.1\r\n\r\n", "400")]
    [InlineData("POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n", "405")]
    [InlineData("\u0016\u0003\u0001 hello\r\n\r\n", "400")]
    public async Task A_hostile_request_is_answered_shortly(string request, string status)
    {
        var text = request.Replace("{9000}", new string('x', 9000)).Replace("{5000}", new string('x', 5000));

        Assert.Equal("HTTP/1.1 " + status, (await Raw(text))[..12]);
    }

    [Fact]
    public async Task Whoever_opens_two_hundred_connections_and_never_finishes_a_request_hinders_nobody_else()
    {
        var slow = await OpenAsync("127.0.0.2", 200);
        Assert.Equal(ConnectionLimits.MostOfOne, await ServedAsync(slow));
        Assert.Equal("ready\n", await _client.GetStringAsync("/healthz", Cancel));
        using var other = await ConnectAsync("127.0.0.3");
        Assert.Equal("HTTP/1.1 200", await AskAsync(other));

        slow.ForEach(client => client.Dispose());
        for (var isServed = false; !isServed;)
        {
            using var again = await ConnectAsync("127.0.0.2");
            isServed = await AskAsync(again) == "HTTP/1.1 200";
        }
    }

    [Fact]
    public async Task However_many_others_there_are_this_machine_is_answered()
    {
        var others = new List<TcpClient>();
        for (var host = 2; host <= 30; host++)
        {
            others.AddRange(await OpenAsync($"127.0.0.{host}", 5));
        }

        Assert.Equal(ConnectionLimits.MostOfOthers, await ServedAsync(others));
        Assert.Equal("ready\n", await _client.GetStringAsync("/healthz", Cancel));
        var here = await OpenAsync("127.0.0.1", ConnectionLimits.MostOfOne + 2);
        Assert.Equal(here.Count, await ServedAsync(here));
        others.Concat(here).ToList().ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_connection_ends_after_its_time_whatever_is_sent_on_it()
    {
        using var client = await ConnectAsync("127.0.0.2");
        Assert.Equal("HTTP/1.1 200", await AskAsync(client));
        _time.Advance(ConnectionLimits.Longest - TimeSpan.FromSeconds(1));
        Assert.Equal("HTTP/1.1 200", await AskAsync(client));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", await AskAsync(client));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1:2:3", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public async Task One_other_is_an_address_or_a_network_of_IPv6(string one, string other, bool isSame)
    {
        var limits = new ConnectionLimits(_time, IPAddress.IsLoopback);
        var (end, served) = (new TaskCompletionSource(), 0);
        var serve = limits.Around(_ =>
        {
            served++;
            return end.Task;
        });
        var connections = Enumerable.Repeat(one, ConnectionLimits.MostOfOne).Append(other)
            .Select(address => serve(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) })).ToList();

        Assert.Equal(isSame ? ConnectionLimits.MostOfOne : ConnectionLimits.MostOfOne + 1, served);
        end.SetResult();
        await Task.WhenAll(connections);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_by_its_key_and_what_to_do()
    {
        await using var second = Server(new IPEndPoint(IPAddress.Loopback, _server.Address.Port));

        var refusal = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(Cancel));
        Assert.Equal(
            $"web.listen: another program listens on 127.0.0.1:{_server.Address.Port}; stop it, or write another port.",
            refusal.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_reported_too()
    {
        await using var elsewhere = Server(IPEndPoint.Parse("192.0.2.1:8080"));

        var refusal = await Assert.ThrowsAsync<IOException>(() => elsewhere.StartAsync(Cancel));
        Assert.StartsWith("web.listen: cannot listen on 192.0.2.1:8080 (AddressNotAvailable)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_tried_again_until_it_is_free()
    {
        using var blocker = new TcpListener(IPAddress.Loopback, 0);
        blocker.Start();
        var time = new FakeTimeProvider();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pages = new StatusPages(new WebSettings((IPEndPoint)blocker.LocalEndpoint), Endpoints(), time, NullLoggerFactory.Instance);
        var running = pages.RunAsync(stop.Token);
        await Eventually.Is(time, TimeSpan.FromSeconds(30), () => !running.IsCompleted);
        Assert.False(pages.Address.IsCompleted);

        blocker.Stop();
        await Eventually.Is(time, TimeSpan.FromSeconds(30), () => pages.Address.IsCompleted);
        Assert.Equal("ready\n", await _client.GetStringAsync(new Uri((await pages.Address)!, "/healthz"), Cancel));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task HEAD_gets_the_headers_of_the_page_without_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/healthz");
        using var answer = await _client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(6, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Theory]
    [InlineData(10, HttpStatusCode.OK)]
    [InlineData(11, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_is_read_where_an_endpoint_takes_one_and_up_to_its_length(int length, HttpStatusCode status)
    {
        using var body = new ByteArrayContent(new byte[length]);
        using var answer = await _client.PostAsync("/takes", body, Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    private WebServer Server(IPEndPoint listen) => new(
        listen, Endpoints(), NullLogger<WebServer>.Instance, _time, address => address.Equals(IPAddress.Loopback));

    private WebEndpoint[] Endpoints() =>
    [
        WebEndpoint.Page("/healthz", _ => ValueTask.FromResult(WebPage.Health(_health))),
        WebEndpoint.Page("/metrics", _ => ValueTask.FromResult(new WebPage(200, PrometheusText.ContentType, "a 1\n"))),
        WebEndpoint.Page("/fails", _ => throw new InvalidOperationException("secret")),
        new("/takes", [HttpMethods.Post], 10, async (request, cancellationToken) =>
        {
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
            return WebPage.Plain(200, "taken");
        }),
    ];

    private async Task<TcpClient> ConnectAsync(string from)
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port, Cancel);
        }
        catch (SocketException)
        {
            // It was taken and refused before the client knew.
        }

        return client;
    }

    // They begin a request and do not end it.
    private async Task<List<TcpClient>> OpenAsync(string from, int count)
    {
        var clients = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await ConnectAsync(from));
            try
            {
                await clients[i].GetStream().WriteAsync("GET /healthz HTTP/1.1\r\nHo"u8.ToArray(), Cancel);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It is refused already.
            }
        }

        return clients;
    }

    // The server answers each, or has closed it.
    private static async Task<int> ServedAsync(IEnumerable<TcpClient> clients)
    {
        var served = 0;
        foreach (var client in clients)
        {
            served += await AskAsync(client, "st: a\r\n\r\n") == "HTTP/1.1 200" ? 1 : 0;
        }

        return served;
    }

    private static async Task<string> AskAsync(TcpClient client, string request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancel);
            var buffer = new byte[4096];
            return Encoding.Latin1.GetString(buffer, 0, Math.Min(12, await client.GetStream().ReadAsync(buffer, Cancel)));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return "";
        }
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancel);
        var buffer = new byte[4096];
        var read = await client.GetStream().ReadAsync(buffer, Cancel);
        return Encoding.Latin1.GetString(buffer, 0, read);
    }
}
