using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Configuration.Reading;

/// <summary>The PEM files (RFC 7468) that name authorities to trust beside the system's.</summary>
internal static class AuthorityFile
{
    /// <summary>What is wrong with a file, and what to write; null where it holds a certificate.</summary>
    public static string? Flaw(string path, MessageLanguage language)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0 ? null : language.Words("names a file without a certificate; write the path of a PEM file", "désigne un fichier sans certificat ; écrivez le chemin d'un fichier PEM");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return language.Words("names no file; write the path of a PEM file", "ne désigne aucun fichier ; écrivez le chemin d'un fichier PEM");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return language.Words("names a file that this user cannot read; give it to the user the bot runs as", "désigne un fichier que ce compte ne peut pas lire ; donnez-le au compte du robot");
        }
        catch (CryptographicException)
        {
            return language.Words("names a file with a certificate that cannot be read; write the path of a PEM file", "désigne un fichier dont le certificat est illisible ; écrivez le chemin d'un fichier PEM");
        }
    }
}
