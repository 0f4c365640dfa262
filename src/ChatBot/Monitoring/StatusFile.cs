using System.Text;
using ChatBot.Core.Monitoring;
using ChatBot.Posix;

namespace ChatBot.Monitoring;

/// <summary>The file in which Nagios writes its state: rewritten and renamed every <c>status_update_interval</c>.</summary>
internal sealed class StatusFile
{
    /// <summary>Ten thousand checks are about ten million bytes.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private sealed record Seen(string Path, DateTime WrittenAt, long Length, MonitorReading Reading);

    private volatile Seen? _seen;

    /// <summary>Reads it, or says again what it said where it is the same file still.</summary>
    public MonitorReading Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return ReadAnew(path); // Which says why not.
        }

        var (at, length) = (file.LastWriteTimeUtc, file.Length);
        if (_seen is { } seen && seen.Path == path && seen.WrittenAt == at && seen.Length == length)
        {
            return seen.Reading;
        }

        var reading = ReadAnew(path);
        _seen = reading.State is null ? null : new Seen(path, at, length, reading);
        return reading;
    }

    private static MonitorReading ReadAnew(string path)
    {
        // Opened like this, a FIFO in its place does not block us.
        using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking);
        if (handle is null)
        {
            return Libc.LastError switch
            {
                Libc.NotThere or Libc.NotAFolder => MonitorTrouble.StatusMissing,
                Libc.NotAllowed => MonitorTrouble.MayNotRead,
                _ => MonitorTrouble.StatusUnreadable,
            };
        }

        try
        {
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            return Read(stream) is { } state ? new MonitorReading(state, null) : MonitorTrouble.StatusUnreadable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MonitorTrouble.StatusUnreadable;
        }
    }

    private static MonitorState? Read(FileStream stream)
    {
        if (!stream.CanSeek || stream.Length is 0 or > MostBytes)
        {
            return null;
        }

        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 65536);
        return StatusDat.Parse(text);
    }
}
