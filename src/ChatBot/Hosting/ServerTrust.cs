using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Hosting;

/// <summary>
/// Which servers are believed under TLS beside those that the system believes: the one whose certificate is pinned, else those of an
/// authority of one's own.
/// </summary>
internal sealed class ServerTrust
{
    private readonly byte[]? _pinned;
    private readonly X509Certificate2Collection? _authorities;

    /// <param name="fingerprint">SHA-256 of the certificate in hexadecimal digits, or null.</param>
    /// <param name="authorities">Path of a PEM file, read at once; or null.</param>
    public ServerTrust(string? fingerprint, string? authorities)
    {
        if (fingerprint is not null) _pinned = Convert.FromHexString(fingerprint.Replace(":", "", StringComparison.Ordinal));
        if (authorities is not null) (_authorities = []).ImportFromPemFile(authorities);
    }

    /// <summary>Null where the system's judgement holds.</summary>
    public RemoteCertificateValidationCallback? Callback =>
        _pinned is not null ? IsPinned : _authorities is not null ? IsOfAuthority : null;

    // The operator vouches for this one certificate, and for no other.
    private bool IsPinned(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(_pinned, SHA256.HashData(certificate.GetRawCertData()));

    // Only the chain may be judged otherwise: a wrong name stays wrong.
    private bool IsOfAuthority(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 presented)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(presented);
    }
}
