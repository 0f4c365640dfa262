using ChatBot.Core.People;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>What gpg says, line by line; the real program is asked elsewhere.</summary>
public sealed class GpgStatusTests
{
    private const string Key = "1E522B96D886FD5FF8EFC2B3F04516B1517D2BCC";
    private const string Good = "[GNUPG:] GOODSIG F04516B1517D2BCC Lunar <lunar@example.org>";

    [Fact]
    public void One_good_and_valid_signature_is_good()
    {
        var found = Assert.IsType<SignatureFinding.Good>(GpgStatus.Read($"[GNUPG:] NEWSIG\n{Good}\n{Valid("10")}\n"));
        Assert.Equal(Key.ToLowerInvariant(), found.Key);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 1, 33, 6, TimeSpan.Zero), found.SignedAt);
    }

    [Theory]
    [InlineData("1"), InlineData("2"), InlineData("3"), InlineData("11"), InlineData("")]
    public void A_digest_that_is_not_known_to_be_safe_is_refused(string digest) =>
        Assert.Equal(ProofRefusal.WeakDigest, Why($"{Good}\n{Valid(digest)}"));

    [Theory]
    [InlineData("REVKEYSIG", ProofRefusal.RevokedKey), InlineData("EXPKEYSIG", ProofRefusal.ExpiredKey)]
    [InlineData("EXPSIG", ProofRefusal.ExpiredSignature), InlineData("BADSIG", ProofRefusal.WrongText)]
    [InlineData("NODATA", ProofRefusal.NoSignature)]
    public void Anything_wrong_beside_a_valid_one_is_wrong(string word, ProofRefusal why)
    {
        Assert.Equal(why, Why($"{Good}\n{Valid("10")}\n[GNUPG:] {word} F04516B1517D2BCC Lunar"));
        Assert.Equal(why, Why($"[GNUPG:] {word} F04516B1517D2BCC Lunar\n{Valid("10")}"));
    }

    [Theory]
    [InlineData("[GNUPG:] ERRSIG F04516B1517D2BCC 22 8 00 1795397586 9 -", ProofRefusal.UnknownKey)]
    [InlineData("[GNUPG:] ERRSIG F04516B1517D2BCC 1 1 00 1795397586 5 -", ProofRefusal.WeakDigest)]
    [InlineData("[GNUPG:] ERRSIG F04516B1517D2BCC 22 8 00 1795397586 4 -", ProofRefusal.NotVerified)]
    [InlineData("[GNUPG:] ERRSIG", ProofRefusal.NotVerified), InlineData("", ProofRefusal.NotVerified)]
    [InlineData("gpg: " + Good, ProofRefusal.NotVerified), InlineData(Good, ProofRefusal.NotVerified)]
    [InlineData(Good + "\n[GNUPG:] VALIDSIG x", ProofRefusal.NotVerified)]
    [InlineData("[GNUPG:] NEWSIG\n[GNUPG:] NEWSIG\n" + Good, ProofRefusal.MoreThanOne), InlineData(Good + "\n" + Good, ProofRefusal.MoreThanOne)]
    public void Anything_less_is_refused(string status, ProofRefusal why) => Assert.Equal(why, Why(status));

    [Fact]
    public void A_name_of_a_key_says_nothing()
    {
        var status = $"[GNUPG:] BADSIG F04516B1517D2BCC x%0A{Good}\n[GNUPG:] NOTATION_DATA {Valid("10")}";
        Assert.Equal(ProofRefusal.WrongText, Why(status));
    }

    private static string Valid(string digest) => $"[GNUPG:] VALIDSIG {Key} 2026-11-23 1795397586 0 4 0 22 {digest} 01 {Key}";

    private static ProofRefusal Why(string status) => Assert.IsType<SignatureFinding.Bad>(GpgStatus.Read(status)).Why;
}
