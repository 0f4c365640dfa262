using System.Text;

namespace ChatBot.Configuration.Reading;

/// <summary>Reads a whole file of the configuration.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Its text; else null and what is wrong, as the end of a sentence that begins with its name.</summary>
    public static string? Read(string path, out string wrong)
    {
        wrong = "";
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            wrong = "does not exist";
        }
        catch (DecoderFallbackException)
        {
            wrong = "is not UTF-8";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            wrong = "cannot be read by this user";
        }

        return null;
    }
}
