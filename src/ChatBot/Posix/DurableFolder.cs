namespace ChatBot.Posix;

/// <summary>
/// Makes names in a folder survive a power cut, which the framework has no call for (fsync(2): a new name needs its folder synced
/// too).
/// </summary>
internal static class DurableFolder
{
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Sync(string folder)
    {
        using var handle = Libc.Open(folder, Libc.OpenFlags.ReadOnly);
        if (handle is null || !Libc.Sync(handle))
        {
            throw new IOException($"{folder}: {Libc.LastErrorMessage}");
        }
    }
}
