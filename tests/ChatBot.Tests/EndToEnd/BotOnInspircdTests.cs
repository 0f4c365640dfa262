using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnInspircdTests(SharedInspircd shared) : BotOnServerSuite(shared), IClassFixture<SharedInspircd>
{
    protected override string WhyNoAck => "le serveur ne dit pas qui vous êtes";
}
