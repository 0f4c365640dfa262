namespace ChatBot.Mail;

/// <summary>Turns the paths of a command line into mails.</summary>
internal static class MailPaths
{
    /// <summary>
    /// A file as it is; a folder in ordinal order: all of it that ends in <c>.eml</c> or lies in the <c>new</c> or <c>cur</c> of
    /// a Maildir.
    /// Links and all that is no plain file are passed over.
    /// </summary>
    public static IEnumerable<string> Expand(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", Everywhere).Where(IsMail).Order(StringComparer.Ordinal)
        : [path];

    public static EnumerationOptions Everywhere => new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
    };

    public static bool IsMail(string file)
    {
        if (file.EndsWith(".eml", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var folder = Path.GetDirectoryName(file)!;
        return Path.GetFileName(folder) is "new" or "cur" && Directory.Exists(Path.Combine(folder, "..", "tmp"));
    }
}
