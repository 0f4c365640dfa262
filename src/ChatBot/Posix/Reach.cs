namespace ChatBot.Posix;

/// <summary>Who comes to a file: its own mode says it only of those who may pass through every folder above it (path_resolution(7)).</summary>
internal static class Reach
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>
    /// Whether somebody who is neither the owner nor in the group of a file can read it: its mode lets them, and no folder between it and the root shuts them
    /// out. Symbolic links count for nothing, only where they lead.
    /// </summary>
    /// <param name="file">Full path of a file that is there.</param>
    public static bool IsReadableByOthers(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var real = Real(file);
        if (!File.GetUnixFileMode(real).HasFlag(UnixFileMode.OtherRead))
        {
            return false;
        }

        for (var folder = Path.GetDirectoryName(real); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    private static string Real(string path)
    {
        var rest = new Stack<string>(Pieces(path));
        var at = "/";
        var links = 0;
        while (rest.TryPop(out var piece))
        {
            var next = Path.GetFullPath(Path.Combine(at, piece));
            if (new FileInfo(next).LinkTarget is not { } target || links++ == MostLinks)
            {
                at = next;
                continue;
            }

            at = target.StartsWith('/') ? "/" : at;
            foreach (var below in Pieces(target))
            {
                rest.Push(below);
            }
        }

        return at;
    }

    // The last first.
    private static IEnumerable<string> Pieces(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse();
}
