using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ChatBot.Tests.Mail;

/// <summary>Signs mails as the mail server of hal does, and writes its key as the DNS holds it.</summary>
internal static class DkimMail
{
    public const string Domain = "hal.globenet.org";
    public const string KeyName = $"s1._domainkey.{Domain}";

    private static readonly Lazy<RSA> Rsa = new(() => RSA.Create(2048));
    private static readonly Lazy<RSA> SmallRsa = new(() => RSA.Create(512));
    private static readonly Ed25519PrivateKeyParameters Ed25519 = new(new SecureRandom());

    /// <summary>The record of the key that signs by that algorithm.</summary>
    public static string Record(string algorithm = "rsa", string more = "") => algorithm switch
    {
        "ed25519" => $"v=DKIM1; k=ed25519;{more} p={Convert.ToBase64String(Ed25519.GeneratePublicKey().GetEncoded())}",
        "small" => $"v=DKIM1; k=rsa;{more} p={Convert.ToBase64String(SmallRsa.Value.ExportSubjectPublicKeyInfo())}",
        _ => $"v=DKIM1; k=rsa;{more} p={Convert.ToBase64String(Rsa.Value.ExportSubjectPublicKeyInfo())}",
    };

    /// <summary>A mail without Received, so that nothing but its signature can show where it comes from.</summary>
    public static string Unsigned(DateTimeOffset date, string machine = "hal", string more = "") =>
        $"From: root@{Domain}\nTo: root@globenet.org\nSubject: ** PROBLEM Service Alert: {machine}/POP3 is CRITICAL **\n"
        + $"Date: {date:ddd, dd MMM yyyy HH:mm:ss} +0000\n{more}\n"
        + $"Notification Type: PROBLEM\n\nService: POP3\nHost: {machine}\nState: CRITICAL\n\nAdditional Info:\n\nx  y\n";

    public static byte[] Sign(
        string mail, DateTimeOffset at, string algorithm = "rsa", string domain = Domain, string[]? fields = null,
        Action<Signer>? with = null)
    {
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));
        var signer = new Signer(Key(algorithm), domain, at, algorithm == "ed25519" ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        with?.Invoke(signer);
        signer.Sign(message, fields ?? ["From", "Subject", "Date", "To", "Content-Type"]);
        using var signed = new MemoryStream();
        message.WriteTo(signed);
        return signed.ToArray();
    }

    private static AsymmetricKeyParameter Key(string algorithm) => algorithm switch
    {
        "ed25519" => Ed25519,
        "small" => DotNetUtilities.GetRsaKeyPair(SmallRsa.Value).Private,
        _ => DotNetUtilities.GetRsaKeyPair(Rsa.Value).Private,
    };

    /// <summary>Signs at the test's own time.</summary>
    public sealed class Signer(AsymmetricKeyParameter key, string domain, DateTimeOffset at, DkimSignatureAlgorithm algorithm)
        : DkimSigner(key, domain, "s1", algorithm)
    {
        protected override long GetTimestamp() => at.ToUnixTimeSeconds();
    }
}
