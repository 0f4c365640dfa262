using System.Text;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads a whole file of the configuration.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Its text; else null and what is wrong and what to do, after its name.</summary>
    public static string? Read(string path, out string wrong)
    {
        wrong = "";
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            wrong = "does not exist; write it, or correct its name";
        }
        catch (DecoderFallbackException)
        {
            wrong = "is not UTF-8; save it as UTF-8";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            wrong = "cannot be read; it must be a file that the user of the bot may read";
        }

        return null;
    }
}
