using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class BotOnInspircdTests(SharedInspircd shared) : BotOnServerSuite(shared), IClassFixture<SharedInspircd>
{
    protected override string WhyNoAck => "the server does not say who you are";

    protected override Locale Language => Locale.English;
}
