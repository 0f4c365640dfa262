using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Text;

public class RedactorTests
{
    [Theory]
    [InlineData("Socket timeout after 10 seconds")]
    [InlineData("DISK WARNING - free space: 80% used")]
    [InlineData("load average: 12.5")]
    [InlineData("réponse en 1543ms")]
    [InlineData("OK - load average: 0.42, 1.90, 2.75")]
    [InlineData("PING CRITICAL - Packet loss = 80%, RTA = 1543.22 ms")]
    [InlineData("SMTP UNKNOWN - (Service check timed out after 60.01 seconds)")]
    [InlineData("HTTP OK: HTTP/1.1 200 OK - 5632 bytes in 0.087 second response time")]
    [InlineData("CRITICAL: 1532 mails en file d'attente (seuil 500)")]
    public void Plain_words_and_numbers_may_be_said(string text) => Assert.Equal(text, Redactor.Release(new RootText(text))?.Value);

    [Theory]
    [InlineData("cannot connect to 192.0.2.7")]
    [InlineData("mail to jean.dupont@example.org refused")]
    [InlineData("password hunter")]
    [InlineData("le mot de passe est azerty")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("/home/jean is full")]
    [InlineData("appeler le 0612345678")]
    [InlineData("06 12 34 56 78")]
    [InlineData("06-12-34-56-78")]
    [InlineData("06,12 34,56 78,90 12,34")]
    [InlineData("192 168 10 20")]
    [InlineData("06 / 12 / 34 / 56 / 78")]
    [InlineData("10.0 .1.11")]
    [InlineData("10.0. 1.11")]
    [InlineData("FR76 3000 6000 0112")]
    [InlineData("12 rue des Lilas")]
    [InlineData("soleil")]
    [InlineData("s d a 1")]
    [InlineData("h a m s a")]
    [InlineData("jeanne")]
    [InlineData("Socket timeout after 10 sec…")]
    [InlineData("timeоut")] // with a Cyrillic о
    [InlineData("")]
    public void Whatever_is_in_doubt_stays_private(string text) => Assert.Null(Redactor.Release(new RootText(text)));
}
