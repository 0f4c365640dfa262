using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// An authority that exists for one run of the tests, and what it has signed: all for the name localhost, and no address. Given as
/// PEM; the key of all of them is one, for making one takes a while.
/// </summary>
internal static class TestCertificates
{
    public const string Host = "localhost";

    private static readonly DateTimeOffset Now = RealClock.Instance.GetUtcNow();
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly X509Certificate2 Authority = Root("ChatBot test authority");

    public static string KeyPem { get; } = Key.ExportPkcs8PrivateKeyPem();

    public static string AuthorityPem { get; } = Authority.ExportCertificatePem();

    /// <summary>An authority that has signed nothing.</summary>
    public static string StrangerPem { get; } = Root("A stranger").ExportCertificatePem();

    public static string ServerPem { get; } = Sign(Now.AddDays(-1), Now.AddDays(30));

    public static string ExpiredPem { get; } = Sign(Now.AddDays(-30), Now.AddDays(-1));

    /// <summary>A certificate with its key, for somebody who shows it to a server.</summary>
    public static string ClientPem { get; } = Sign(Now.AddDays(-1), Now.AddDays(30)) + "\n" + KeyPem + "\n";

    /// <summary>Another one.</summary>
    public static string OtherClientPem { get; } = Sign(Now.AddDays(-1), Now.AddDays(30)) + "\n" + KeyPem + "\n";

    /// <summary>SHA-256 of <see cref="ClientPem"/>, as WHOIS shows it.</summary>
    public static string ClientFingerprint
    {
        get
        {
            using var certificate = X509Certificate2.CreateFromPem(ClientPem);
            return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        }
    }

    private static X509Certificate2 Root(string name)
    {
        var request = Request(name);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static string Sign(DateTimeOffset from, DateTimeOffset until)
    {
        var request = Request(Host);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(Authority, from, until, Encoding.ASCII.GetBytes(Guid.NewGuid().ToString()[..8]));
        return certificate.ExportCertificatePem();
    }

    private static CertificateRequest Request(string name) =>
        new($"CN={name}", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
