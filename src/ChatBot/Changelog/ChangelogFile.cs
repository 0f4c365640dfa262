using System.Text;
using ChatBot.Core.Changelog;
using ChatBot.Posix;
using Microsoft.Win32.SafeHandles;

namespace ChatBot.Changelog;

/// <summary>
/// A machine's changelog on this machine: entries are appended under a lock, forced to the disk and read back, so that what
/// people write in it at the same time is never overwritten and an entry is there once, however often it is tried.
/// </summary>
public static class ChangelogFile
{
    // An entry that was appended just before the process died is near the end.
    private const int LookedBackAt = 64 * 1024;
    private const byte EndOfLine = (byte)'\n';

    /// <summary>Appends an entry, unless it is among the last ones already.</summary>
    /// <param name="path">The file; made if it is missing, its folder is not.</param>
    /// <param name="entry">Its lines, with a line feed between them and none at the end.</param>
    /// <exception cref="IOException">
    /// The file cannot be opened, is locked by somebody, or does not show the entry afterwards. Nothing is lost: try later.
    /// </exception>
    public static void Append(string path, string entry)
    {
        using var handle = Open(path);
        if (!Libc.IsRegular(handle))
        {
            throw new IOException($"{path}: is not a regular file");
        }

        if (!Libc.TryLock(handle))
        {
            throw Failed(path, "somebody has it locked");
        }

        var (tail, _) = ReadTail(handle);
        if (Find(tail, entry) is not null)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes((tail is [] or [.., EndOfLine] ? "" : "\n") + entry + "\n");
        RandomAccess.Write(handle, bytes, 0); // The kernel writes at the end, whatever the offset (O_APPEND).
        RandomAccess.FlushToDisk(handle);
        if (Find(ReadTail(handle).Tail, entry) is null)
        {
            throw new IOException($"{path}: the entry that was written is not there");
        }
    }

    /// <summary>Where an entry stands that was appended before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entry">Its lines, with a line feed between them and none at the end.</param>
    /// <returns>Null where it is not among the last ones, or the file cannot be read.</returns>
    public static ChangelogPlace? PlaceOf(string path, string entry)
    {
        try
        {
            using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking, followLinks: false);
            if (handle is null || !Libc.IsRegular(handle) || ReadTail(handle) is var (tail, start) && Find(tail, entry) is not { } at)
            {
                return null;
            }

            var first = CountLines(handle, start + at) + 1;
            return new ChangelogPlace(first, first + entry.Count(letter => letter == '\n'));
        }
        catch (IOException)
        {
            return null;
        }
    }

    // The last one, where whole lines are the entry.
    private static int? Find(ReadOnlySpan<byte> tail, string entry)
    {
        var lines = Encoding.UTF8.GetBytes("\n" + entry + "\n");
        var at = tail.LastIndexOf(lines);
        return at >= 0 ? at + 1 : tail.StartsWith(lines.AsSpan(1)) ? 0 : null;
    }

    private static int CountLines(SafeFileHandle handle, long end)
    {
        var (lines, buffer) = (0, new byte[LookedBackAt]);
        for (long at = 0; at < end;)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at)), at);
            if (read == 0)
            {
                break;
            }

            lines += buffer.AsSpan(0, read).Count(EndOfLine);
            at += read;
        }

        return lines;
    }

    // By the same handle: another one of this process would wait for our own lock.
    private static (byte[] Tail, long Start) ReadTail(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        var bytes = new byte[Math.Min(length, LookedBackAt)];
        var read = RandomAccess.Read(handle, bytes, length - bytes.Length);
        return (bytes[..read], length - bytes.Length);
    }

    // A FIFO in its place does not block us, and a link does not lead us elsewhere.
    private static SafeFileHandle Open(string path) =>
        Libc.Open(path, Libc.OpenFlags.ReadWrite | Libc.OpenFlags.Create | Libc.OpenFlags.Append | Libc.OpenFlags.NonBlocking, followLinks: false)
            ?? throw Failed(path, "cannot be opened for appending");

    private static IOException Failed(string path, string what) => new($"{path}: {what} ({Libc.LastErrorMessage})");
}
