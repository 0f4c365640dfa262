using System.Collections.Frozen;
using System.Text;

namespace ChatBot.Core.Irc;

/// <summary>
/// The verbs that servers send, each as one string for all messages: commands of RFC 2812 and IRCv3, and three digits.
/// </summary>
internal static class IrcVerbs
{
    private const int LongestKey = sizeof(ulong);

    private static readonly FrozenDictionary<ulong, string> Known = new[]
    {
        "ACCOUNT", "ACK", "AWAY", "BATCH", "CAP", "CHGHOST", "ERROR", "FAIL", "INVITE", "JOIN", "KICK", "KILL", "MARKREAD", "METADATA",
        "MODE", "NICK", "NOTE", "NOTICE", "PART", "PING", "PONG", "PRIVMSG", "QUIT", "REDACT", "RENAME", "SETNAME", "TAGMSG", "TOPIC",
        "WALLOPS", "WARN",
    }.ToFrozenDictionary(verb => Key(Encoding.ASCII.GetBytes(verb)));

    private static readonly string?[] Numerics = new string?[1000];

    /// <summary>A known verb in upper case, any other one as it stands there.</summary>
    public static string Read(ReadOnlySpan<byte> verb)
    {
        if (verb.Length == 3 && Digit(verb[0]) is < 10 and var a && Digit(verb[1]) is < 10 and var b && Digit(verb[2]) is < 10 and var c)
        {
            return Numerics[(100 * a) + (10 * b) + c] ??= IrcEncoding.Read(verb);
        }

        if (verb.Length <= LongestKey)
        {
            return Known.TryGetValue(Key(verb), out var known) ? known : IrcEncoding.Read(verb);
        }

        return Ascii.EqualsIgnoreCase(verb, "AUTHENTICATE") ? "AUTHENTICATE" : IrcEncoding.Read(verb);
    }

    private static int Digit(byte character) => (byte)(character - '0');

    // No byte but a letter becomes an upper-case letter by losing this bit.
    private static ulong Key(ReadOnlySpan<byte> verb)
    {
        var key = 0ul;
        foreach (var letter in verb)
        {
            key = (key << 8) | (letter & 0xDFu);
        }

        return key;
    }
}
