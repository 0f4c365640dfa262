using System.Globalization;
using System.Text;
using ChatBot.Posix;
using Microsoft.Win32.SafeHandles;

namespace ChatBot.Storage;

/// <summary>
/// One running bot a data folder: two would say each line twice and answer each question twice. The lock (flock(2) on the file
/// <c>lock</c>) ends with the process, however it ends; the file stays and names who had it last. Calls that only write the spool
/// (<c>deliver</c>, <c>send</c>) or add history in transactions (<c>import</c>) run beside it and take none.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private DataLock(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="StorageException">Another process has it, or it cannot be taken.</exception>
    public static DataLock Take(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, "lock"));
        var handle = Libc.Open(path, Libc.OpenFlags.ReadWrite | Libc.OpenFlags.Create, followLinks: false)
            ?? throw new StorageException(
                $"{path}: {Libc.LastErrorMessage}; the data folder must belong to the user the bot runs as");
        try
        {
            if (!Libc.TryLock(handle))
            {
                throw new StorageException(Libc.LastError == Libc.Again
                    ? $"{folder}: another bot uses this data folder{Holder(handle)}; stop it first, or give this one a folder of its own"
                    : $"{path}: {Libc.LastErrorMessage}");
            }

            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
            return new DataLock(handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle.Dispose();
            throw new StorageException($"{path}: {e.Message}", e);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static string Holder(SafeFileHandle handle)
    {
        var bytes = new byte[16];
        var text = Encoding.ASCII.GetString(bytes, 0, RandomAccess.Read(handle, bytes, 0)).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? $" (process {process})" : "";
    }
}
