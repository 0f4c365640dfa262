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
            await using var server = new WebServer(settings.Listen, pages, loggers.CreateLogger<WebServer>());
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
