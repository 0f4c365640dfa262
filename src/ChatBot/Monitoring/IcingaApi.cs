using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using ChatBot.Async;
using ChatBot.Configuration;
using ChatBot.Core.Monitoring;
using ChatBot.Net;

namespace ChatBot.Monitoring;

/// <summary>
/// The REST API of an Icinga 2. Nowhere else than where it is configured is a request sent: no redirect is followed, no proxy asked.
/// An answer has ten seconds and a bounded size.
/// </summary>
internal sealed class IcingaApi : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <exception cref="IOException">The file of the authorities cannot be read.</exception>
    /// <exception cref="CryptographicException">It has none.</exception>
    public IcingaApi(IcingaSettings settings, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = new ServerTrust(settings.TlsFingerprint, settings.TlsCaFile).Callback,
            },
        };
        _http = new HttpClient(handler) { BaseAddress = settings.Url, Timeout = Timeout.InfiniteTimeSpan };
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.User}:{settings.Password.Reveal()}"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", login);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <param name="path">Under the root.</param>
    /// <param name="mostBytes">What is longer makes no sense.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IcingaAnswer> GetAsync(string path, int mostBytes, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), mostBytes, cancellationToken);

    /// <summary>Of its answer only whether it is a good one is looked at.</summary>
    public Task<IcingaAnswer> PostAsync(IcingaRequest request, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, request.Path)
        {
            Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        },
        null,
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<IcingaAnswer> SendAsync(HttpRequestMessage request, int? mostBytes, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Patience, _time, cancellationToken);
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                var answer = IcingaAnswer.Of(response.StatusCode);
                return answer.Trouble is null && mostBytes is { } most ? await ReadAsync(response.Content, most, limit.Token) : answer;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new IcingaAnswer(default, MonitorTrouble.NoAnswer, "no answer within 10 s");
            }
            catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
            {
                return new IcingaAnswer(default, MonitorTrouble.NotTrusted, e.InnerException.Message);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return new IcingaAnswer(default, Trouble(e), e.Message);
            }
        }
    }

    private static MonitorTrouble Trouble(Exception e) => e is HttpRequestException
    {
        HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError,
    } ? MonitorTrouble.AnswerUnreadable : MonitorTrouble.NoAnswer;

    private static async Task<IcingaAnswer> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[65536];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (body.Length + count > most)
            {
                return new IcingaAnswer(default, MonitorTrouble.AnswerUnreadable, "an answer is too long");
            }

            body.Write(buffer, 0, count);
        }

        return new IcingaAnswer(body.GetBuffer().AsMemory(0, (int)body.Length), null);
    }
}
