using ChatBot.Core.Monitoring;
using ChatBot.Posix;

namespace ChatBot.Monitoring;

/// <summary>
/// The FIFO that Nagios takes external commands from. It is opened again for each piece, never waits, and gives not a byte to anything
/// else that stands in its place.
/// </summary>
internal static class CommandFile
{
    /// <summary>Writes all of it or nothing.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="commands">At most <see cref="NagiosCommands.MostBytes"/>.</param>
    /// <returns>Null when it is written.</returns>
    public static MonitorTrouble? Write(string path, ReadOnlySpan<byte> commands)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(commands.Length, NagiosCommands.MostBytes);
        using var fifo = Libc.Open(path, Libc.OpenFlags.WriteOnly | Libc.OpenFlags.NonBlocking, followLinks: false);
        if (fifo is null)
        {
            return Trouble(Libc.LastError);
        }

        if (!Libc.IsFifo(fifo))
        {
            return MonitorTrouble.NotAFifo;
        }

        return Libc.WriteAtOnce(fifo, commands) ? null : Trouble(Libc.LastError);
    }

    private static MonitorTrouble Trouble(int error) => error switch
    {
        Libc.NotThere or Libc.NotAFolder => MonitorTrouble.CommandFileMissing,
        Libc.NoReader or Libc.BrokenPipe => MonitorTrouble.NobodyReads,
        Libc.Loop => MonitorTrouble.NotAFifo,
        Libc.Again => MonitorTrouble.Full,
        _ => MonitorTrouble.MayNotWrite,
    };
}
