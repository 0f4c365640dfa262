using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ChatBot.Posix;

/// <summary>
/// The system calls that the framework has no equal of. The numbers are those of Linux, the same on every architecture that .NET
/// runs on unless said otherwise.
/// </summary>
internal static partial class Libc
{
    public const int NotThere = 2;
    public const int Interrupted = 4;
    public const int NoReader = 6;
    public const int Again = 11;
    public const int NotAllowed = 13;
    public const int NotAFolder = 20;
    public const int IsFolder = 21;
    public const int BrokenPipe = 32;
    public const int Loop = 40;

    private const int ReadWriteByOwner = 0x180;
    private const short PollIn = 1;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int LockNone = 8;

    // linux/stat.h: unlike struct stat, struct statx has one layout.
    private const int EmptyPath = 0x1000;
    private const uint TypeAsked = 0x1;
    private const uint InodeAsked = 0x100;
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;
    private const int TypeMask = 0xF000;
    private const int Fifo = 0x1000;
    private const int Regular = 0x8000;

    /// <summary>The flags of open(2); every descriptor is closed on exec.</summary>
    [Flags]
    public enum OpenFlags
    {
        ReadOnly = 0,
        WriteOnly = 0x1,
        ReadWrite = 0x2,
        Create = 0x40,
        Append = 0x400,
        NonBlocking = 0x800,
    }

    /// <summary>Why the last call of this thread failed.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>The same in words.</summary>
    public static string LastErrorMessage => Marshal.GetLastPInvokeErrorMessage();

    // asm-generic, and what arm has of its own.
    private static int NoFollow =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>Opens a file, a folder or a FIFO; a file that is made is its owner's to read and write.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="flags">How.</param>
    /// <param name="followLinks">False refuses a symbolic link in its place (<see cref="Loop"/>).</param>
    /// <returns>Null where it cannot be opened: see <see cref="LastError"/>.</returns>
    public static SafeFileHandle? Open(string path, OpenFlags flags, bool followLinks = true)
    {
        const int closeOnExec = 0x80000;
        var descriptor = Open(path, (int)flags | closeOnExec | (followLinks ? 0 : NoFollow), ReadWriteByOwner);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>fsync(2).</summary>
    public static bool Sync(SafeFileHandle handle) => Fsync(handle) == 0;

    /// <summary>An exclusive flock(2), unless somebody has one.</summary>
    public static bool TryLock(SafeFileHandle handle) => Flock(handle, LockExclusive | LockNonBlocking) == 0;

    /// <summary>Ends such a lock, also where a process that is just being started has a copy of the descriptor.</summary>
    public static void Unlock(SafeFileHandle handle) => _ = Flock(handle, LockNone);

    /// <summary>One write(2), which to a FIFO is all or nothing up to 4096 bytes.</summary>
    public static bool WriteAtOnce(SafeFileHandle handle, ReadOnlySpan<byte> bytes) => Write(handle, bytes, bytes.Length) == bytes.Length;

    /// <summary>Waits until a read on a socket does not have to, or until it has ended; poll(2).</summary>
    /// <returns>False where it cannot: see <see cref="LastError"/>.</returns>
    public static bool WaitToRead(SafeSocketHandle socket)
    {
        var isOurs = false;
        try
        {
            socket.DangerousAddRef(ref isOurs);
            var asked = new PollAsked { Descriptor = (int)socket.DangerousGetHandle(), Events = PollIn };
            int ready;
            do
            {
                ready = Poll(ref asked, 1, -1);
            }
            while (ready < 0 && LastError == Interrupted);
            return ready > 0;
        }
        finally
        {
            if (isOurs)
            {
                socket.DangerousRelease();
            }
        }
    }

    public static bool IsFifo(SafeFileHandle handle) => IsOfType(handle, Fifo);

    /// <summary>Neither a FIFO nor a device nor a folder.</summary>
    public static bool IsRegular(SafeFileHandle handle) => IsOfType(handle, Regular);

    /// <summary>Which file a full path leads to: two of the same device and inode are one file.</summary>
    /// <returns>Null where there is none, or it cannot be told.</returns>
    public static (ulong Device, ulong Inode)? FileAt(string path)
    {
        const int currentFolder = -100;
        Span<byte> stat = stackalloc byte[StatxSize];
        return Statx(currentFolder, path, 0, InodeAsked, stat) == 0
            ? (BinaryPrimitives.ReadUInt64LittleEndian(stat[DeviceOffset..]), BinaryPrimitives.ReadUInt64LittleEndian(stat[InodeOffset..]))
            : null;
    }

    private static bool IsOfType(SafeFileHandle handle, int type)
    {
        Span<byte> stat = stackalloc byte[StatxSize];
        return Statx(handle, "", EmptyPath, TypeAsked, stat) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(stat[ModeOffset..]) & TypeMask) == type;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollAsked asked, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(SafeFileHandle handle, string path, int flags, uint mask, Span<byte> result);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> result);

    // struct pollfd of <poll.h>.
    [StructLayout(LayoutKind.Sequential)]
    private struct PollAsked
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
