using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnHybridTests(SharedHybrid shared) : BotOnServerSuite(shared), IClassFixture<SharedHybrid>
{
    protected override string WhyNoAck => "le serveur ne dit pas qui vous êtes";

    protected override Locale Language => Locale.French;
}
