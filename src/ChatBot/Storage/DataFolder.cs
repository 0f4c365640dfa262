namespace ChatBot.Storage;

/// <summary>The folder of the store and the spool; only the user the bot runs as may read it (mode 0700).</summary>
public static class DataFolder
{
    /// <exception cref="StorageException">It cannot be made.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path}: cannot make the data folder; make it for the user the bot runs as ({e.Message})", e);
        }
    }
}
