using System.Text;
using System.Text.Unicode;

namespace ChatBot.Core.Irc;

/// <summary>
/// Bytes of a line as text: UTF-8, or windows-1252 where they are not valid UTF-8, as old clients send. The five bytes that
/// windows-1252 leaves out are the C1 controls of Latin-1.
/// </summary>
internal static class IrcEncoding
{
    private const string From80To9F =
        "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    public static string Read(ReadOnlySpan<byte> bytes) => Read(bytes, bytes);

    /// <param name="bytes">What to read.</param>
    /// <param name="whole">What it is a part of, which is all of one encoding.</param>
    public static string Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> whole) =>
        Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes)
        : Utf8.IsValid(whole) ? Encoding.UTF8.GetString(bytes)
        : string.Create(bytes.Length, bytes, ReadWindows1252);

    private static void ReadWindows1252(Span<char> text, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            text[i] = bytes[i] is >= 0x80 and <= 0x9F and var special ? From80To9F[special - 0x80] : (char)bytes[i];
        }
    }
}
