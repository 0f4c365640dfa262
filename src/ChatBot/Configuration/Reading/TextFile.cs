using System.Text;
using System.Text.Unicode;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads a whole file of the configuration.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Its text; else null and what is wrong and what to do, after its name.</summary>
    public static string? Read(string path, MessageLanguage language, out string wrong)
    {
        wrong = "";
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            wrong = language.Words("does not exist; write it, or correct its name", "n'existe pas ; écrivez-le, ou corrigez son nom");
        }
        catch (DecoderFallbackException)
        {
            var line = FirstBadLine(path);
            wrong = language.Words(
                $"is not UTF-8, line {line}; save it as UTF-8", $"n'est pas en UTF-8, ligne {line} ; enregistrez-le en UTF-8");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            wrong = Directory.Exists(path)
                ? language.Words("is a folder; write the name of a file", "est un dossier ; écrivez le nom d'un fichier")
                : language.Words(
                    "cannot be read by this user; let the user of the bot read it: chgrp chatbot, chmod 640",
                    "ne peut pas être lu par ce compte ; que celui du robot puisse le lire : chgrp chatbot, chmod 640");
        }

        return null;
    }

    private static int FirstBadLine(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var number = 1;
        foreach (var line in bytes.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(bytes[line]))
            {
                break;
            }

            number++;
        }

        return number;
    }
}
