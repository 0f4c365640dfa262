using ChatBot.Core.Speech;
using Xunit;

namespace ChatBot.Tests.Speech;

public class RedactorTests
{
    [Theory]
    [InlineData("Socket timeout after 10 seconds")]
    [InlineData("DISK WARNING - free space: 80% used")]
    [InlineData("load average: 12.5")]
    [InlineData("réponse en 1543ms")]
    public void Plain_words_and_numbers_may_be_said(string text) => Assert.Equal(text, Redactor.Release(new RootText(text))?.Value);

    [Theory]
    [InlineData("cannot connect to 192.0.2.7")]
    [InlineData("mail to jean.dupont@example.org refused")]
    [InlineData("password hunter")]
    [InlineData("le mot de passe est azerty")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("/home/jean is full")]
    [InlineData("appeler le 0612345678")]
    [InlineData("")]
    public void Whatever_is_in_doubt_stays_private(string text) => Assert.Null(Redactor.Release(new RootText(text)));
}
