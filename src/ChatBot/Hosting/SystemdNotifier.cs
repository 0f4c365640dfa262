using System.Net.Sockets;
using System.Text;

namespace ChatBot.Hosting;

/// <summary>
/// Tells systemd how the service does, as sd_notify(3) describes; without a socket every call does nothing. A message that
/// cannot be sent is dropped: systemd acts on its absence by itself, and the bot has better to do than to fail with it.
/// </summary>
/// <param name="socket">From <c>NOTIFY_SOCKET</c>: a path, or <c>@</c> and an abstract name; null outside systemd.</param>
/// <param name="watchdog">From <c>WATCHDOG_USEC</c>: after so long a silence the service is killed; null: nobody watches.</param>
/// <param name="time">Paces the watchdog; its timestamps are those of CLOCK_MONOTONIC.</param>
public sealed class SystemdNotifier(string? socket, TimeSpan? watchdog, TimeProvider time)
{
    private readonly Lock _changing = new();
    private State _state;

    /// <summary>As the environment says; <c>WATCHDOG_PID</c> of another process means that it is the one watched.</summary>
    public static SystemdNotifier FromEnvironment(Func<string, string?> variable, int processId, TimeProvider time)
    {
        var watched = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == processId.ToString();
        TimeSpan? watchdog = watched && long.TryParse(variable("WATCHDOG_USEC"), out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
        return new SystemdNotifier(variable("NOTIFY_SOCKET"), watchdog, time);
    }

    private enum State
    {
        Starting,
        Ready,
        Reloading,
    }

    /// <summary>The start has ended. Only the first call says so.</summary>
    public void Ready()
    {
        lock (_changing)
        {
            if (_state == State.Starting)
            {
                _state = State.Ready;
                Send("READY=1");
            }
        }
    }

    /// <summary>A reload has ended, whether the configuration was accepted or refused.</summary>
    public void Reloaded()
    {
        lock (_changing)
        {
            if (_state == State.Reloading)
            {
                _state = State.Ready;
                Send("READY=1");
            }
        }
    }

    /// <summary>
    /// The configuration is being read again; <see cref="Reloaded"/> ends it. Before the start is over nothing is said: systemd waits
    /// for the one READY, and a reload must not be mistaken for it.
    /// </summary>
    public void Reloading()
    {
        lock (_changing)
        {
            if (_state != State.Ready)
            {
                return;
            }

            _state = State.Reloading;
            var microseconds = time.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;
            Send($"RELOADING=1\nMONOTONIC_USEC={microseconds}");
        }
    }

    public void Stopping() => Send("STOPPING=1");

    /// <summary>Shows life twice in each watchdog time while the loops turn; ends at once where nobody watches.</summary>
    /// <param name="alive">Whether every loop has turned lately; while it says no, systemd's patience runs out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WatchAsync(Func<bool> alive, CancellationToken cancellationToken)
    {
        if (socket is null || watchdog is not { } period)
        {
            return;
        }

        using var timer = new PeriodicTimer(period / 2, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (alive())
            {
                Send("WATCHDOG=1");
            }
        }
    }

    private void Send(string message)
    {
        if (string.IsNullOrEmpty(socket))
        {
            return;
        }

        try
        {
            using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
            var path = socket[0] == '@' ? '\0' + socket[1..] : socket;
            sender.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            // See above.
        }
    }
}
