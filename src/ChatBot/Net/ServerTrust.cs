using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatBot.Net;

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
        if (fingerprint is not null)
        {
            _pinned = Convert.FromHexString(fingerprint.Replace(":", "", StringComparison.Ordinal));
        }

        if (authorities is not null)
        {
            (_authorities = []).ImportFromPemFile(authorities);
        }
    }

    /// <summary>Null where the system's judgement applies.</summary>
    public RemoteCertificateValidationCallback? Callback =>
        _pinned is not null ? IsPinned : _authorities is not null ? IsOfAuthority : null;

    /// <summary>Only the chain is judged otherwise than by the system: a wrong name stays wrong. No revocation server is asked.</summary>
    /// <param name="certificate">The server's.</param>
    /// <param name="sent">What it sent with it.</param>
    /// <param name="errors">The system's judgement.</param>
    /// <param name="authorities">Those of one's own.</param>
    public static bool IsOfAuthority(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 presented)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(presented);
    }

    // The operator vouches for this one certificate, and for no other.
    private bool IsPinned(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(_pinned, SHA256.HashData(certificate.GetRawCertData()));

    private bool IsOfAuthority(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors) =>
        IsOfAuthority(certificate, sent, errors, _authorities!);
}
