using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ChatBot.Tests.Monitoring;

/// <summary>The two files of a Nagios in a folder of its own: a FIFO that the test reads when it likes, and a state that it writes.</summary>
internal sealed class NagiosFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _reader = -1;

    public string CommandFile => _folder["nagios.cmd"];

    public string StatusFile => _folder["status.dat"];

    public string this[string name] => _folder[name];

    /// <summary>Makes the FIFO.</summary>
    public void MakeFifo(string name = "nagios.cmd")
    {
        if (MkFifo(_folder[name], Convert.ToUInt32("600", 8)) != 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    /// <summary>From now on somebody reads it, who does not wait.</summary>
    public void Listen()
    {
        const int readNonBlocking = 0x800;
        _reader = Open(CommandFile, readNonBlocking);
        if (_reader < 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    /// <summary>All that was written since the last time.</summary>
    public string Take()
    {
        var read = new List<byte>();
        var buffer = new byte[65536];
        while (Read(_reader, buffer, buffer.Length) is > 0 and var count)
        {
            read.AddRange(buffer.AsSpan(0, (int)count));
        }

        return Encoding.UTF8.GetString([.. read]);
    }

    /// <summary>Fills the FIFO to the last byte.</summary>
    public void Fill()
    {
        const int writeNonBlocking = 0x801;
        var writer = Open(CommandFile, writeNonBlocking);
        while (Write(writer, new byte[4096], 4096) > 0)
        {
        }

        _ = Close(writer);
    }

    /// <summary>Replaces the state, as Nagios does: written beside, then renamed.</summary>
    /// <param name="created">When.</param>
    /// <param name="blocks">Beside the info block.</param>
    public void WriteState(DateTimeOffset created, params string[] blocks)
    {
        File.WriteAllText(_folder["draft"], $"info {{\n\tcreated={created.ToUnixTimeSeconds()}\n\tversion=4.4.6\n\t}}\n\n{string.Join('\n', blocks)}");
        File.Move(_folder["draft"], StatusFile, overwrite: true);
    }

    public static string Service(string host, string service, int state, bool acknowledged = false, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"servicestatus {{\n\thost_name={host}\n\tservice_description={service}\n\tcurrent_state={state}\n\tstate_type=1\n\thas_been_checked=1\n"
        + $"\tcurrent_notification_number={(state == 0 ? 0 : 1)}\n\tproblem_has_been_acknowledged={(acknowledged ? 1 : 0)}\n{more}\t}}\n");

    public static string Host(string host, int state = 0, bool acknowledged = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"hoststatus {{\n\thost_name={host}\n\tcurrent_state={state}\n\tstate_type=1\n\thas_been_checked=1\n"
        + $"\tcurrent_notification_number={(state == 0 ? 0 : 1)}\n\tproblem_has_been_acknowledged={(acknowledged ? 1 : 0)}\n\t}}\n");

    public static string AckComment(string host, string service, string author, string comment, DateTimeOffset at) =>
        $"servicecomment {{\n\thost_name={host}\n\tservice_description={service}\n\tentry_type=4\n\tentry_time={at.ToUnixTimeSeconds()}\n"
        + $"\tauthor={author}\n\tcomment_data={comment}\n\t}}\n";

    public static string Downtime(string host, int id, string comment) =>
        $"hostdowntime {{\n\thost_name={host}\n\tdowntime_id={id}\n\tcomment={comment}\n\t}}\n";

    public void Dispose()
    {
        if (_reader >= 0)
        {
            _ = Close(_reader);
        }

        _folder.Dispose();
    }

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MkFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int descriptor, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
