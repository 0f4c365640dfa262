using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a server with most of IRCv3, and accounts.</summary>
public sealed class OnServicesTests(SharedServices shared) : ServerSuite(shared), IClassFixture<SharedServices>
{
    protected override bool ShowsFingerprints => true;
}
