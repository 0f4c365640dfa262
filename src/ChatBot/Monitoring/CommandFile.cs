using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ChatBot.Core.Monitoring;

namespace ChatBot.Monitoring;

/// <summary>
/// The FIFO that Nagios takes external commands from. It is opened anew for each piece, never waits, and gives not a byte to anything
/// else that stands in its place.
/// </summary>
internal static partial class CommandFile
{
    private const int WriteOnly = 0x1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    // asm-generic, and what arm has of its own.
    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    private const int Again = 11;
    private const int NotThere = 2;
    private const int NotAFolder = 20;
    private const int NoReader = 6;
    private const int Loop = 40;
    private const int BrokenPipe = 32;

    // linux/stat.h: the same on every architecture, unlike struct stat.
    private const int EmptyPath = 0x1000;
    private const uint TypeAsked = 0x1;
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Fifo = 0x1000;

    /// <summary>Writes all of it or nothing.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="commands">At most <see cref="NagiosCommands.MostBytes"/>.</param>
    /// <returns>Null when it is written.</returns>
    public static MonitorTrouble? Write(string path, ReadOnlySpan<byte> commands)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(commands.Length, NagiosCommands.MostBytes);
        var descriptor = Open(path, WriteOnly | NonBlocking | NoFollow | CloseOnExec);
        if (descriptor < 0)
        {
            return Trouble(Marshal.GetLastPInvokeError());
        }

        try
        {
            if (!IsFifo(descriptor))
            {
                return MonitorTrouble.NotAFifo;
            }

            return Write(descriptor, commands, commands.Length) == commands.Length ? null : Trouble(Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static MonitorTrouble Trouble(int error) => error switch
    {
        NotThere or NotAFolder => MonitorTrouble.CommandFileMissing,
        NoReader or BrokenPipe => MonitorTrouble.NobodyReads,
        Loop => MonitorTrouble.NotAFifo,
        Again => MonitorTrouble.Full,
        _ => MonitorTrouble.MayNotWrite,
    };

    private static bool IsFifo(int descriptor)
    {
        Span<byte> stat = stackalloc byte[StatxSize];
        return Statx(descriptor, "", EmptyPath, TypeAsked, stat) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(stat[ModeOffset..]) & TypeMask) == Fifo;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int descriptor, string path, int flags, uint mask, Span<byte> result);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
