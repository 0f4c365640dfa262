namespace ChatBot.Configuration.Reading;

/// <summary>The files with the group's public keys, armored or binary (RFC 9580 §6.2).</summary>
public static class KeyFiles
{
    /// <summary>Of more files, <c>chatbot check</c> reports a mistake and none is silently left out.</summary>
    public const int MostFiles = 500;

    /// <summary>Whether its name is that of a file of public keys.</summary>
    public static bool IsKeyFile(string path) => Path.GetExtension(path).ToLowerInvariant() is ".asc" or ".gpg" or ".pgp";

    /// <summary>The key files at a place: those of a folder, at most one more than <see cref="MostFiles"/>, or one file.</summary>
    public static IReadOnlyList<string> Of(string place) => Directory.Exists(place)
        ? [.. Directory.EnumerateFiles(place).Where(IsKeyFile).Order(StringComparer.Ordinal).Take(MostFiles + 1)]
        : File.Exists(place) ? [place] : [];
}
