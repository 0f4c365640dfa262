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
    /// <summary>So far back from its end, in bytes, a file is searched for an entry that an earlier try may have brought.</summary>
    public const int LookedBackAt = 64 * 1024 * 1024;

    // As changelog-append has it.
    private const int MostOfTail = 48 * 1024;
    private const int Block = 1024 * 1024;
    private const byte EndOfLine = (byte)'\n';

    /// <summary>Appends an entry, unless it is there already.</summary>
    /// <param name="path">The file; made if it is missing, its folder is not.</param>
    /// <param name="entry">Its lines, with a line feed between them and none at the end.</param>
    /// <returns>Where it stands, read back.</returns>
    /// <exception cref="IOException">
    /// The file cannot be opened, is edited or locked by somebody, or does not show the entry afterwards (<see cref="ChangelogFileException"/> says
    /// which). Nothing is lost: try later.
    /// </exception>
    public static ChangelogPlace Append(string path, string entry)
    {
        ThrowIfEdited(path);
        using var handle = Open(path);
        if (!Libc.IsRegular(handle))
        {
            throw new ChangelogFileException(new SshOutcome.NotWritten("file", path), $"{path}: is not a regular file");
        }

        if (!Libc.TryLock(handle))
        {
            throw new ChangelogFileException(new SshOutcome.Busy("lock", "?", path), $"{path}: somebody has it locked ({Libc.LastErrorMessage})");
        }

        try
        {
            ThrowIfEdited(path);
            return AppendTo(handle, path, entry);
        }
        finally
        {
            Libc.Unlock(handle);
        }
    }

    /// <summary>The last <see cref="MostOfTail"/> bytes; none where there is no file yet.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static SshOutcome.Tail Tail(string path)
    {
        using var handle = Libc.Open(path, Libc.OpenFlags.ReadOnly | Libc.OpenFlags.NonBlocking, followLinks: false);
        if (handle is null)
        {
            return Libc.LastError == Libc.NotThere ? new SshOutcome.Tail(0, []) : throw new IOException($"{path}: cannot be read ({Libc.LastErrorMessage})");
        }

        if (!Libc.IsRegular(handle))
        {
            throw new IOException($"{path}: is not a regular file");
        }

        var from = Math.Max(0, RandomAccess.GetLength(handle) - MostOfTail);
        var bytes = new byte[MostOfTail];
        return new SshOutcome.Tail(from, bytes[..RandomAccess.Read(handle, bytes, from)]);
    }

    private static ChangelogPlace AppendTo(SafeFileHandle handle, string path, string entry)
    {
        var length = RandomAccess.GetLength(handle);
        if (Find(handle, entry, Math.Max(0, length - LookedBackAt)) is { } before)
        {
            return before;
        }

        var bytes = Encoding.UTF8.GetBytes((EndsInLine(handle, length) ? "" : "\n") + entry + "\n");
        RandomAccess.Write(handle, bytes, 0); // The kernel writes at the end, whatever the offset (O_APPEND).
        RandomAccess.FlushToDisk(handle);
        return Find(handle, entry, Math.Max(0, length - 1)) ?? throw new IOException($"{path}: the entry that was written is not there");
    }

    private static void ThrowIfEdited(string path)
    {
        if (ChangelogEditors.Of(path) is { } busy)
        {
            throw new ChangelogFileException(busy, $"{path} is open in {busy.Program} ({busy.User})");
        }
    }

    private static bool EndsInLine(SafeFileHandle handle, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length == 0 || RandomAccess.Read(handle, last, length - 1) < 1 || last[0] == EndOfLine;
    }

    // The last place where whole lines are the entry. By the same handle: another one of this process would wait for our own lock.
    private static ChangelogPlace? Find(SafeFileHandle handle, string entry, long from)
    {
        var wanted = Encoding.UTF8.GetBytes("\n" + entry + "\n");
        var buffer = new byte[Block + wanted.Length];
        var (kept, found) = (0, -1L);
        if (from == 0)
        {
            (buffer[0], kept) = (EndOfLine, 1); // The first line begins as behind another one.
        }

        for (long at = from; RandomAccess.Read(handle, buffer.AsSpan(kept, Block), at) is > 0 and var read; at += read)
        {
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.LastIndexOf(wanted) is >= 0 and var place)
            {
                found = at - kept + place + 1;
            }

            kept = Math.Min(seen.Length, wanted.Length - 1);
            seen[^kept..].CopyTo(buffer);
        }

        if (found < 0)
        {
            return null;
        }

        var first = CountLines(handle, found) + 1;
        return new ChangelogPlace(first, first + entry.Count(letter => letter == '\n'));
    }

    private static int CountLines(SafeFileHandle handle, long end)
    {
        var (lines, buffer) = (0, new byte[Block]);
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

    // A FIFO in its place does not block us, and a link does not lead us elsewhere.
    private static SafeFileHandle Open(string path) =>
        Libc.Open(path, Libc.OpenFlags.ReadWrite | Libc.OpenFlags.Create | Libc.OpenFlags.Append | Libc.OpenFlags.NonBlocking, followLinks: false)
            ?? throw new ChangelogFileException(
                new SshOutcome.NotWritten(
                    Libc.LastError switch { Libc.Loop => "link", Libc.NotThere or Libc.NotAFolder => "folder", Libc.IsFolder or Libc.NoReader => "file", _ => "permission" }, path),
                $"{path}: cannot be opened for appending ({Libc.LastErrorMessage})");
}

/// <summary>Why an entry is not in its file, in the terms of <c>changelog-append</c>.</summary>
/// <param name="outcome">What is said of it.</param>
/// <param name="message">For the log.</param>
internal sealed class ChangelogFileException(SshOutcome outcome, string message) : IOException(message)
{
    public SshOutcome Outcome => outcome;
}
