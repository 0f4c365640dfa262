namespace ChatBot.Core.People;

/// <summary>
/// Reads one detached signature in ASCII armor (RFC 9580 §6.2), as people paste it: empty lines may be missing, header lines and
/// the checksum may stand or not. What comes out is one signature packet and nothing else, so that no other kind of OpenPGP message
/// reaches the verifier.
/// </summary>
public static class ArmoredSignature
{
    public const string Begin = "-----BEGIN PGP SIGNATURE-----";
    public const string End = "-----END PGP SIGNATURE-----";

    public const int MostLines = 80;
    public const int MostLength = 8 * 1024;

    private const int SignaturePacket = 2;

    /// <summary>The signature in a text, whatever stands around it.</summary>
    /// <param name="lines">Of the text.</param>
    /// <param name="why">Why there is none.</param>
    public static byte[]? Read(IEnumerable<string> lines, out ProofRefusal why)
    {
        var text = lines.Select(line => line.Trim()).ToList();
        var start = text.IndexOf(Begin);
        var end = start < 0 ? -1 : text.IndexOf(End, start);
        why = ProofRefusal.NoSignature;
        if (end < 0)
        {
            return null;
        }

        var body = text[(start + 1)..end];
        why = text.LastIndexOf(Begin) != start ? ProofRefusal.MoreThanOne
            : body.Count > MostLines || body.Sum(line => line.Length) > MostLength ? ProofRefusal.TooLong
            : ProofRefusal.NoSignature;
        return why == ProofRefusal.NoSignature && Decode(body) is { } packet && IsOneSignature(packet, out why) ? packet : null;
    }

    // A header has a colon, which Base64 has not; the checksum is no proof of anything.
    private static byte[]? Decode(List<string> lines)
    {
        var coded = string.Concat(lines.Where(line => !line.Contains(':') && !line.StartsWith('=')));
        var bytes = new byte[coded.Length];
        return Convert.TryFromBase64String(coded, bytes, out var length) ? bytes[..length] : null;
    }

    private static bool IsOneSignature(ReadOnlySpan<byte> packet, out ProofRefusal why)
    {
        var (tag, length) = ReadHeader(packet);
        why = tag == SignaturePacket && length < packet.Length ? ProofRefusal.MoreThanOne : ProofRefusal.NoSignature;
        return tag == SignaturePacket && length == packet.Length;
    }

    /// <summary>The kind of the first packet and its whole length (RFC 9580 §4.2); of no kind where its length is not given.</summary>
    private static (int Tag, long Length) ReadHeader(ReadOnlySpan<byte> packet) => packet switch
    {
        [var tag, var a, ..] when (tag & 0xC0) == 0xC0 && a < 192 => (tag & 0x3F, 2 + a),
        [var tag, var a, var b, ..] when (tag & 0xC0) == 0xC0 && a < 224 => (tag & 0x3F, 3 + ((a - 192) << 8) + b + 192),
        [var tag, 255, var a, var b, var c, var d, ..] when (tag & 0xC0) == 0xC0 => (tag & 0x3F, 6 + Number(a, b, c, d)),
        [var tag, var a, ..] when (tag & 0xC3) == 0x80 => ((tag >> 2) & 0xF, 2 + a),
        [var tag, var a, var b, ..] when (tag & 0xC3) == 0x81 => ((tag >> 2) & 0xF, 3 + (a << 8) + b),
        [var tag, var a, var b, var c, var d, ..] when (tag & 0xC3) == 0x82 => ((tag >> 2) & 0xF, 5 + Number(a, b, c, d)),
        _ => (0, 0),
    };

    private static long Number(byte a, byte b, byte c, byte d) => ((long)a << 24) | ((long)b << 16) | ((long)c << 8) | d;
}
