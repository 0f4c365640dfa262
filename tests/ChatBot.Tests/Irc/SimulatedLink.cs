using System.Text;

namespace ChatBot.Tests.Irc;

/// <summary>The way between an <see cref="ChatBot.Irc.IrcClient"/> and a <see cref="SimulatedServer"/>, which knows no threads.</summary>
#pragma warning disable CA1001 // The stream is the client's, who disposes of it.
internal sealed class SimulatedLink(SimulatedServer server, TimeProvider time)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _half = new();
    private SimulatedStream? _stream;

    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Whether a client is connected still, be it to a server that is gone.</summary>
    public bool IsOpen => _stream is not null;

    /// <summary>While nobody else touches the server.</summary>
    public void Do(Action act)
    {
        lock (_lock)
        {
            act();
        }
    }

    public Stream Open()
    {
        lock (_lock)
        {
            _half.Clear();
            server.Open(Now);
            return _stream = new SimulatedStream(WriteAsync, Closed);
        }
    }

    /// <summary>Carries what is due now. What this sets off runs on other threads: until they rest, no time should pass.</summary>
    public async Task CarryAsync()
    {
        Do(Pump);
        for (var calm = 0; calm < 3; calm = ThreadPool.PendingWorkItemCount == 0 ? calm + 1 : 0)
        {
            await Task.Run(() => { });
        }
    }

    private void Pump()
    {
        server.Step(Now);
        while (server.Take() is { } line)
        {
            _stream?.Send(Encoding.UTF8.GetBytes(line + "\r\n"));
        }

        if (!server.IsOpen)
        {
            _stream?.End();
        }
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _half.Append(Encoding.UTF8.GetString(bytes.Span));
            var lines = _half.ToString().Split("\r\n");
            _half.Clear().Append(lines[^1]);
            foreach (var line in lines[..^1])
            {
                server.Hear(line, Now);
            }
        }
        return ValueTask.CompletedTask;
    }

    private void Closed(SimulatedStream stream)
    {
        lock (_lock)
        {
            if (_stream != stream)
            {
                return;
            }

            _stream = null;
            if (server.IsOpen)
            {
                server.Drop();
            }
        }
    }
}
