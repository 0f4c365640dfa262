using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnNgircdTests(SharedNgircd shared) : BotOnServerSuite(shared), IClassFixture<SharedNgircd>
{
    protected override string WhyNoAck => "this network does not reliably say who is who: refused here to everybody";

    protected override Locale Language => Locale.English;
}
