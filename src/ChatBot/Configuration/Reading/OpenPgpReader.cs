
namespace ChatBot.Configuration.Reading;

/// <summary>Reads <c>[openpgp]</c>.</summary>
internal static class OpenPgpReader
{
    private const string UsualPath = "/usr/local/bin:/usr/bin:/bin";

    public static OpenPgpSettings? Read(Section root)
    {
        var section = root.Table("openpgp");
        if (!root.Has("openpgp"))
        {
            return null;
        }

        section.RequireKey("keys", section.Words("write the folder of the admins' public keys, such as \"keys\"", "écrivez le dossier des clés publiques des admins, par exemple \"keys\""));
        var settings = new OpenPgpSettings(section.FilePath("keys") ?? "", Program(section)) { DecryptHome = section.FilePath("decrypt_home") };
        if (settings.Keys.Length > 0)
        {
            CheckKeys(section, settings.Keys);
        }

        section.Done();
        return settings;
    }

    private static void CheckKeys(Section section, string place)
    {
        try
        {
            var count = KeyFiles.Of(place).Count;
            if (count > KeyFiles.MostFiles)
            {
                section.Report("keys", section.Words($"`keys` names a folder with more than {KeyFiles.MostFiles} keys; leave those of the admins there", $"`keys` désigne un dossier de plus de {KeyFiles.MostFiles} clés ; n'y laissez que celles des admins"));
            }

            if (count > 0)
            {
                return;
            }

            section.Report("keys", Directory.Exists(place)
                ? section.Words("`keys` names a folder without a key; put public keys there, *.asc, *.gpg or *.pgp", "`keys` désigne un dossier sans clé ; mettez-y des clés publiques, *.asc, *.gpg ou *.pgp")
                : section.Words("`keys` names nothing that exists; make that folder and put the admins' public keys there, as *.asc", "`keys` ne désigne rien qui existe ; créez ce dossier et mettez-y les clés publiques des admins, en *.asc"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            section.Report("keys", section.Words("`keys` cannot be read; give it to the user the bot runs as", "`keys` ne peut pas être lu ; donnez-le au compte du robot"));
        }
    }

    private static string Program(Section section)
    {
        var written = section.Text("program") ?? "gpg";
        var path = section.Scope.Environment.GetValueOrDefault("PATH", UsualPath);
        var program = written.Contains('/') ? section.Scope.Absolute(written) : written;
        if (!path.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            section.Report("program", section.Words($"`program` \"{written}\" is not found; install it (Debian: apt install gpg), or write its full path", $"`program` \"{written}\" est introuvable ; installez-le (Debian : apt install gpg), ou écrivez son chemin complet"));
        }

        return program;
    }
}
