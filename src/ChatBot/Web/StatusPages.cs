using ChatBot.Async;
using ChatBot.Configuration;

namespace ChatBot.Web;

/// <summary>Serves the pages for as long as the bot runs. Pages that cannot be served stop nothing: they are tried again.</summary>
public sealed partial class StatusPages(
    WebSettings? settings, IReadOnlyList<WebEndpoint> pages, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = loggers.CreateLogger<StatusPages>();
    private readonly Backoff _backoff = new(time, Jitter.Next, RetryAfter, RetryAfter);
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where they are, with the port they were given, once they are; null where none are wanted.</summary>
    public Task<Uri?> Address => _address.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            _address.TrySetResult(null);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            await using var server = new WebServer(settings.Listen, pages, loggers.CreateLogger<WebServer>(), time);
            try
            {
                await server.StartAsync(cancellationToken);
            }
            catch (IOException e)
            {
                LogNotServed(_logger, e.Message);
                await _backoff.WaitAsync(cancellationToken);
                continue;
            }

            _address.TrySetResult(server.Address);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await server.StopAsync(new CancellationToken(canceled: true));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No status page; everything else goes on, and it is tried again: {Reason}")]
    private static partial void LogNotServed(ILogger logger, string reason);
}

/// <summary>Whether the bot does its work.</summary>
/// <param name="Reasons">
/// Why it does not, <c>irc: not joined</c>: read by anybody who reaches the page, so no addresses and no names of people. None
/// where all is well.
/// </param>
/// <param name="Lease"><c>standby</c>, or <c>leader</c> and its lease; null where the bot has its store to itself.</param>
public sealed record HealthReport(IReadOnlyList<string> Reasons, string? Lease = null)
{
    public bool Ready => Reasons.Count == 0;
}

/// <summary>One answer, rendered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">With its charset, which is UTF-8.</param>
/// <param name="Body">The text.</param>
public sealed record WebPage(int Status, string ContentType, string Body)
{
    public static WebPage Plain(int status, string body) => new(status, "text/plain; charset=utf-8", body + "\n");

    /// <summary><c>ready</c>, or what is missing, one reason a line; then what is known of the lease.</summary>
    public static WebPage Health(HealthReport report) =>
        Plain(report.Ready ? 200 : 503, string.Join('\n', [.. report.Ready ? ["ready"] : report.Reasons, .. report.Lease is { } lease ? [lease] : Array.Empty<string>()]));
}
