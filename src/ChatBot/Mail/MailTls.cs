using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit;

namespace ChatBot.Mail;

/// <summary>
/// How the server's certificate is verified: name and dates always, its authority by the system's roots or those the group added.
/// </summary>
internal static class MailTls
{
    public static void Verify(MailService client, X509Certificate2Collection roots)
    {
        // Alerts must not wait for an authority's revocation server, which may be behind the very outage they tell of.
        client.CheckCertificateRevocation = false;
        if (roots.Count > 0)
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, roots);
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(e => e.Certificate).ToArray());
        return chain.Build(leaf);
    }
}
