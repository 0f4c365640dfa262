using System.Security.Cryptography.X509Certificates;
using ChatBot.Net;
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
        {
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => ServerTrust.IsOfAuthority(certificate, chain, errors, roots);
        }
    }
}
