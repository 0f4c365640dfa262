using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a server of the EFnet kind, whose flood limits are tight.</summary>
public sealed class OnHybridTests(SharedHybrid shared) : ServerSuite(shared), IClassFixture<SharedHybrid>
{
    protected override bool ShowsFingerprints => false;
}
