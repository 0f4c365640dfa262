using ChatBot.Posix;

namespace ChatBot.Configuration.Reading;

/// <summary>
/// Reads the files that contain secrets: beside the configuration, else in <c>secrets/</c> there, which may be root's alone, else among
/// the credentials that systemd hands over from it (systemd.exec(5), "LoadCredential"). No message names the file: somebody may have
/// written the secret itself there.
/// </summary>
internal static class SecretFiles
{
    /// <summary>The folder beside the configuration, and the credential that the unit loads it as.</summary>
    public const string FolderName = "secrets";

    private const string Credentials = "CREDENTIALS_DIRECTORY";

    /// <summary>The full path of a secret file that only the bot and its group can read; else null and what is wrong.</summary>
    public static string? Find(Scope scope, string path, out string wrong)
    {
        var found = Places(scope, path).FirstOrDefault(File.Exists);
        wrong = found is null
            ? Missing(scope, path)
            : scope.Language.Words(
                "names a file that everybody on this machine can read; run chmod 600 on it",
                "désigne un fichier que tout le monde peut lire sur cette machine ; lancez chmod 600 dessus");
        return found is not null && !Reach.IsReadableByOthers(found) ? found : null;
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
            wrong = scope.Language.Words(
                "names an empty file; write the secret on its first line", "désigne un fichier vide ; écrivez le secret sur sa première ligne");
            return reader.ReadLine() is { Length: > 0 } line ? line : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            wrong = scope.Language.Words(
                "names a file that this user cannot read; give it to the user the bot runs as",
                "désigne un fichier que ce compte ne peut pas lire ; donnez-le au compte du robot");
            return null;
        }
    }

    private static IEnumerable<string> Places(Scope scope, string path)
    {
        yield return scope.Absolute(path);
        yield return scope.Absolute(Path.Combine(FolderName, path));
        if (scope.Environment.GetValueOrDefault(Credentials) is { Length: > 0 } credentials)
        {
            yield return Path.Combine(credentials, path);

            // Each file of a folder becomes a credential of its own, FOLDER_FILE.
            yield return Path.Combine(credentials, $"{FolderName}_{Path.GetFileName(path)}");
        }
    }

    private static string Missing(Scope scope, string path)
    {
        var folder = scope.Folder.Length == 0 ? scope.Language.Words("this folder", "ce dossier") : scope.Folder;
        var secrets = Path.Combine(scope.Folder, FolderName);
        if (Directory.Exists(scope.Absolute(path)))
        {
            return scope.Language.Words(
                "names a folder; write the name of a file with the secret on its first line",
                "désigne un dossier ; écrivez le nom d'un fichier dont la première ligne est le secret");
        }

        return IsShut(scope.Absolute(FolderName))
            ? scope.Language.Words(
                $"names no file that this user may see; {secrets} is open to others only: run this as root",
                $"ne désigne aucun fichier que ce compte puisse voir ; {secrets} n'est ouvert qu'à d'autres : lancez ceci en root")
            : scope.Language.Words(
                $"names no file in {secrets}, {folder} or ${Credentials}; create it in the first of them, with chmod 600",
                $"ne désigne aucun fichier dans {secrets}, {folder} ou ${Credentials} ; créez-le dans le premier, avec chmod 600");
    }

    private static bool IsShut(string folder)
    {
        try
        {
            _ = Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }
}
