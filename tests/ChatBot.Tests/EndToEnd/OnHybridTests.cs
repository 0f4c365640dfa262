using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a server of the EFnet kind, whose flood limits are tight.</summary>
public sealed class OnHybridTests(SharedHybrid shared) : ServerSuite(shared), IClassFixture<SharedHybrid>
{
    // It does know the certificate, as the test below shows.
    protected override bool ShowsFingerprints => false;

    [Fact]
    public async Task The_fingerprint_of_a_certificate_is_shown_to_its_holder_only()
    {
        using var alice = await RawIrcUser.JoinAsync(shared.Server.TlsPort, "alicefp", "#fp", showsCertificate: true);
        using var bob = await RawIrcUser.JoinAsync(shared.Server.Port, "bobfp", "#fp");
        await alice.SendAsync("WHOIS alicefp");
        Assert.EndsWith(TestCertificates.ClientFingerprint, await alice.HearAsync(" 276 "), StringComparison.OrdinalIgnoreCase);
        await bob.SendAsync("WHOIS alicefp");
        await bob.HearAsync(" 318 ");
        Assert.DoesNotContain(bob.Received, line => line.Contains(" 276 ", StringComparison.Ordinal));
    }
}
