using System.Globalization;

namespace ChatBot.Irc;

/// <summary>
/// The servers that may only be spoken to by TLS (IRCv3 sts), whatever the configuration says. Promises are kept in a file, one line
/// each: host, port, and the end in seconds since 1970. A file that cannot be read or written is logged and stops nothing.
/// </summary>
/// <param name="file">Null to keep promises for this run only.</param>
/// <param name="time">Promises end by it.</param>
/// <param name="logger">Sees hosts of the configuration and no more.</param>
internal sealed class StsPolicies(string? file, TimeProvider time, ILogger logger)
{
    // Only servers of the configuration are ever added; a larger file is not ours.
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _wanted = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, (int Port, DateTimeOffset End)>? _promised;

    /// <summary>Where the server must be spoken to by TLS; null where clear text is allowed.</summary>
    public int? TlsPort(string host)
    {
        lock (_lock)
        {
            if (Promised.TryGetValue(host, out var promise) && time.GetUtcNow() < promise.End)
            {
                return promise.Port;
            }

            return _wanted.TryGetValue(host, out var port) ? port : null;
        }
    }

    /// <summary>The server asked for TLS over clear text: kept for the life of the process, so that it cannot be stripped.</summary>
    public void Want(string host, int port)
    {
        lock (_lock)
        {
            _wanted[host] = port;
        }
    }

    /// <summary>The server promised TLS for so long from now; zero takes everything back.</summary>
    public void Promise(string host, int port, TimeSpan duration)
    {
        lock (_lock)
        {
            if (duration > TimeSpan.Zero)
            {
                Promised[host] = (port, time.GetUtcNow() + duration);
            }
            else if (!_wanted.Remove(host) & !Promised.Remove(host))
            {
                return;
            }

            Save();
        }
    }

    private Dictionary<string, (int Port, DateTimeOffset End)> Promised => _promised ??= Load();

    private Dictionary<string, (int Port, DateTimeOffset End)> Load()
    {
        var loaded = new Dictionary<string, (int, DateTimeOffset)>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var line in File.Exists(file) ? File.ReadLines(file).Take(Most) : [])
            {
                if (line.Split(' ') is [var host, var port, var end] && Number(port, 65535) is { } at && Number(end, int.MaxValue) is { } until)
                {
                    loaded[host] = ((int)at, DateTimeOffset.FromUnixTimeSeconds(until));
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            IrcLog.PoliciesNotKept(logger, failure.GetType().Name);
        }
        return loaded;
    }

    // Beside the file and then in its place, so that a crash leaves the old one or the new one.
    private void Save()
    {
        if (file is null)
        {
            return;
        }

        var fresh = file + ".new";
        try
        {
            File.WriteAllLines(fresh, Promised.Select(p => string.Create(
                CultureInfo.InvariantCulture, $"{p.Key} {p.Value.Port} {Math.Min(p.Value.End.ToUnixTimeSeconds(), int.MaxValue)}")));
            File.Move(fresh, file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            IrcLog.PoliciesNotKept(logger, failure.GetType().Name);
        }
    }

    private static long? Number(string text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number : null;
}
