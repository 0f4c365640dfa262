using System.Text;
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

        var tail = ReadTail(handle);
        if (Holds(tail, entry))
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes((tail.Length == 0 || tail.EndsWith('\n') ? "" : "\n") + entry + "\n");
        RandomAccess.Write(handle, bytes, 0); // The kernel writes at the end, whatever the offset (O_APPEND).
        RandomAccess.FlushToDisk(handle);
        if (!Holds(ReadTail(handle), entry))
        {
            throw new IOException($"{path}: the entry that was written is not there");
        }
    }

    private static bool Holds(string tail, string entry) =>
        tail.StartsWith(entry + "\n", StringComparison.Ordinal) || tail.Contains("\n" + entry + "\n", StringComparison.Ordinal);

    // By the same handle: another one of this process would wait for our own lock.
    private static string ReadTail(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        var bytes = new byte[Math.Min(length, LookedBackAt)];
        var read = RandomAccess.Read(handle, bytes, length - bytes.Length);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    // A FIFO in its place does not block us, and a link does not lead us elsewhere.
    private static SafeFileHandle Open(string path) =>
        Libc.Open(path, Libc.OpenFlags.ReadWrite | Libc.OpenFlags.Create | Libc.OpenFlags.Append | Libc.OpenFlags.NonBlocking, followLinks: false)
            ?? throw Failed(path, "cannot be opened for appending");

    private static IOException Failed(string path, string what) => new($"{path}: {what} ({Libc.LastErrorMessage})");
}
