using System.Collections.Concurrent;
using ChatBot.Irc;
using ChatBot.Outbox;
using ChatBot.Storage;
using Microsoft.Extensions.Logging;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Keeps what a part says to its operator.</summary>
internal sealed class CapturedLog : ILogger<IrcClient>, ILogger<OutboxPump>, ILogger<Lease>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public bool Has(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
