using System.Text;
using System.Text.Unicode;

namespace ChatBot.Core.Text;

/// <summary>Reads bytes of which nobody says the encoding.</summary>
public static class UnknownCharset
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Each line as UTF-8 where it is that, else as Windows-1252, in which Latin-1 is contained.</summary>
    /// <param name="bytes">Lines end with a line feed; people of one file may have written in several encodings.</param>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n') + 1;
            var line = bytes[..(end == 0 ? bytes.Length : end)];
            text.Append((Utf8.IsValid(line) ? Encoding.UTF8 : Windows1252).GetString(line));
            bytes = bytes[line.Length..];
        }

        return text.ToString();
    }
}
