using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnServicesTests(SharedServices shared) : BotOnServerSuite(shared), IClassFixture<SharedServices>
{
    protected override string WhyNoAck => "le serveur ne dit pas qui vous êtes";

    protected override Locale Language => Locale.French;
}
