using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a server with most of IRCv3, and nobody to identify to.</summary>
public sealed class OnInspircdTests(SharedInspircd shared) : ServerSuite(shared), IClassFixture<SharedInspircd>
{
    protected override bool ShowsFingerprints => true;
}
