using System.Diagnostics;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A disk of a few megabytes in memory, which can be filled; only root may have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 8;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Null where this process may not mount.</summary>
    public static SmallDisk? Mount(string path)
    {
        Directory.CreateDirectory(path);
        return Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    /// <summary>Leaves not one byte.</summary>
    public void Fill()
    {
        var bytes = new byte[4096];
        try
        {
            using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, 0);
            while (true)
            {
                ballast.Write(bytes);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose() => Run("umount", "--lazy", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
