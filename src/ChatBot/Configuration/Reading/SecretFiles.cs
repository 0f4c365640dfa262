namespace ChatBot.Configuration.Reading;

/// <summary>
/// Reads the files that contain secrets: beside the configuration, else among the credentials systemd hands over
/// (systemd.exec(5), "LoadCredential"). No message names the file: somebody may have written the secret itself there.
/// </summary>
internal static class SecretFiles
{
    private const string Credentials = "CREDENTIALS_DIRECTORY";

    /// <summary>The full path of a secret file that only the bot and its group can read; else null and what is wrong.</summary>
    public static string? Find(Scope scope, string path, out string wrong)
    {
        var places = scope.Environment.TryGetValue(Credentials, out var credentials) && credentials.Length > 0
            ? new[] { scope.Absolute(path), Path.Combine(credentials, path) }
            : [scope.Absolute(path)];
        var found = places.FirstOrDefault(File.Exists);
        wrong = found is null
            ? $"names no file in {FolderOf(scope)} or ${Credentials}; create it there, readable by the bot only"
            : "names a file that everybody on this machine can read; run chmod 600 on it";
        return found is not null && !ReadableByAll(found) ? found : null;
    }

    /// <summary>The first line of a secret file; else null and what is wrong.</summary>
    public static string? FirstLine(Scope scope, string path, out string wrong)
    {
        if (Find(scope, path, out wrong) is not { } file)
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(file);
            wrong = "names an empty file; write the secret on its first line";
            return reader.ReadLine() is { Length: > 0 } line ? line : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            wrong = "names a file that this user cannot read; give it to the user the bot runs as";
            return null;
        }
    }

    private static string FolderOf(Scope scope) => scope.Folder.Length == 0 ? "this folder" : scope.Folder;

    private static bool ReadableByAll(string file) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead);
}
