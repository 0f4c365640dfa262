using System.Numerics;

namespace ChatBot.Tests.MailedOrders;

/// <summary>
/// Changes the number S of an Ed25519 signature (RFC 8032 §5.1.7) to S + L: anybody can, and a verifier that does not look takes it for as right.
/// </summary>
internal static class MalleableSignature
{
    private const string Begin = "-----BEGIN PGP SIGNATURE-----";
    private const string End = "-----END PGP SIGNATURE-----";
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    public static string Changed(string clearSigned)
    {
        var start = clearSigned.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var armored = clearSigned[start..clearSigned.IndexOf(End, StringComparison.Ordinal)].Trim();
        // The line with “=” is the checksum.
        var packet = Convert.FromBase64String(string.Concat(armored.Split('\n').Where(line => !line.StartsWith('='))));
        // The header is two bytes; then version, type and algorithms, two areas of subpackets, and the two bytes before the numbers.
        var at = 2 + 4;
        at += 2 + ((packet[at] << 8) | packet[at + 1]);
        at += 2 + ((packet[at] << 8) | packet[at + 1]);
        at += 2;
        at += 2 + ((((packet[at] << 8) | packet[at + 1]) + 7) / 8);
        // S is little-endian, and written without its leading zeros.
        var s = new BigInteger([.. new byte[32 - (packet.Length - at - 2)], .. packet[(at + 2)..]], isUnsigned: true, isBigEndian: false);
        var changed = new byte[32];
        while (changed[0] == 0)
        {
            s += Order;
            changed = [.. s.ToByteArray(isUnsigned: true, isBigEndian: false), 0];
            changed = changed[..32];
        }

        var bits = (8 * 31) + BitOperations.Log2(changed[0]) + 1;
        byte[] body = [.. packet[2..at], (byte)(bits >> 8), (byte)bits, .. changed];
        byte[] whole = [0x88, (byte)body.Length, .. body];
        return clearSigned[..start] + "\n\n" + Convert.ToBase64String(whole, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n") + "\n=" + Checksum(whole) + "\n" + clearSigned[clearSigned.IndexOf(End, StringComparison.Ordinal)..];
    }

    // RFC 4880 §6.1.
    private static string Checksum(byte[] bytes)
    {
        var crc = 0xB704CE;
        foreach (var one in bytes)
        {
            crc ^= one << 16;
            for (var bit = 0; bit < 8; bit++)
            {
                crc <<= 1;
                crc ^= (crc & 0x1000000) != 0 ? 0x1864CFB : 0;
            }
        }

        return Convert.ToBase64String([(byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
    }
}
