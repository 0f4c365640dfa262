using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The client on a server of the old kind, without accounts or capabilities.</summary>
public sealed class OnNgircdTests(SharedNgircd shared) : ServerSuite(shared), IClassFixture<SharedNgircd>
{
    protected override bool ShowsFingerprints => false;
}
