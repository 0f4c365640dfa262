using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Text;

public class SecretTests
{
    [Theory]
    [InlineData("password=hunter2"), InlineData("PASSWORD: hunter2"), InlineData("new mysql passwd := hunter")]
    [InlineData("mot de passe de sql : azerty"), InlineData("le mdp est azerty"), InlineData("mdp Xy7abc"), InlineData("le jeton est abc")]
    [InlineData("token = ghp_x"), InlineData("api_key=abc"), InlineData("clé privée : abc"), InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("GRANT ALL TO x IDENTIFIED BY 'y'"), InlineData("clone https://lunar:azerty@git.example.org/x"), InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("mot de passe « Azerty12 »")]
    public void A_secret_is_seen(string text) => Assert.True(Secret.IsIn(text));

    [Theory]
    [InlineData("redémarré le POP après la mise à jour"), InlineData("mot de passe de lunar changé"), InlineData("clé ssh de marie ajoutée")]
    [InlineData("renouvelé le certificat : 90 jours"), InlineData("passage en Debian 13"), InlineData("il passe par sud: voir #42")]
    [InlineData("postfix : smtpd_tls_security_level=may"), InlineData("compass: installé"), InlineData("https://wiki.globenet.org/Changelog")]
    public void Work_may_be_said(string text) => Assert.False(Secret.IsIn(text));

    [Fact]
    public void No_text_makes_it_slow() =>
        Gen.OneOf("password ", "mot de passe ", "token", "=", ":", "a1", " ", "'", "x x ", "://", "@").Array[0, 60]
            .Sample(parts =>
            {
                Secret.IsIn(string.Concat(parts));
            });
}
