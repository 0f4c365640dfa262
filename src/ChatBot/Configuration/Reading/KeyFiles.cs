namespace ChatBot.Configuration.Reading;

/// <summary>The files with the group's public keys, armored or binary (RFC 9580 §6.2).</summary>
public static class KeyFiles
{
    public const int MostFiles = 500;

    /// <summary>Whether its name is that of a file of public keys.</summary>
    public static bool IsKeyFile(string path) => Path.GetExtension(path).ToLowerInvariant() is ".asc" or ".gpg" or ".pgp";

    /// <summary>The key files at a place: those of a folder, or one file.</summary>
    public static IReadOnlyList<string> Of(string place) => Directory.Exists(place)
        ? [.. Directory.EnumerateFiles(place).Where(IsKeyFile).Order(StringComparer.Ordinal).Take(MostFiles)]
        : File.Exists(place) ? [place] : [];
}
