using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnNgircdTests(SharedNgircd shared) : BotOnServerSuite(shared), IClassFixture<SharedNgircd>
{
    protected override string WhyNoAck => "ce réseau ne dit pas de façon sûre qui est qui : refusé ici à tout le monde";
}
