using ChatBot.Core.People;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

public sealed class ArmoredSignatureTests
{
    [Fact]
    public void Any_length_a_packet_can_state_is_read_and_any_other_octet_beside_it_refused()
    {
        (byte[] Header, int Length)[] forms =
        [
            ([0x88, 100], 100), ([0x89, 0x01, 0x02], 258), ([0x8A, 0, 0, 1, 2], 258), ([0xC2, 191], 191), ([0xC2, 192, 0], 192),
            ([0xC2, 255, 0, 0, 1, 0], 256),
        ];
        foreach (var (header, length) in forms)
        {
            byte[] packet = [.. header, .. new byte[length]];
            Assert.Equal(packet, Read(packet, out _));
            Assert.Null(Read(packet[..^1], out var why));
            Assert.Equal(ProofRefusal.NoSignature, why);
            Assert.Null(Read([.. packet, .. packet], out why));
            Assert.Equal(ProofRefusal.MoreThanOne, why);
        }
    }

    [Theory]
    [InlineData(0xCB), InlineData(0xA3), InlineData(0xC4), InlineData(0x90), InlineData(0x99), InlineData(0x8B), InlineData(0x08)]
    public void Any_other_packet_is_no_signature(byte tag) => Assert.Null(Read([tag, 3, 1, 2, 3], out _));

    [Theory]
    [InlineData(""), InlineData("-----BEGIN PGP SIGNATURE-----"), InlineData("-----END PGP SIGNATURE-----")]
    [InlineData("-----END PGP SIGNATURE-----\n-----BEGIN PGP SIGNATURE-----")]
    [InlineData("-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----")]
    [InlineData("-----BEGIN PGP SIGNATURE-----\n$(reboot)\n-----END PGP SIGNATURE-----")]
    [InlineData("- -----BEGIN PGP SIGNATURE-----\niAA=\n- -----END PGP SIGNATURE-----")]
    public void What_is_none_is_none(string text) => Assert.Null(ArmoredSignature.Read(text.Split('\n'), out _));

    [Fact]
    public void No_text_is_too_strange() => Gen.String[0, 300].Array[0, 20].Sample(lines => ArmoredSignature.Read(
        [ArmoredSignature.Begin, .. lines, ArmoredSignature.End], out _) is null or { Length: > 0 });

    private static byte[]? Read(byte[] packet, out ProofRefusal why)
    {
        var lines = Convert.ToBase64String(packet).Chunk(64).Select(line => new string(line));
        return ArmoredSignature.Read([ArmoredSignature.Begin, "Comment: x", .. lines, "=abcd", ArmoredSignature.End], out why);
    }
}
