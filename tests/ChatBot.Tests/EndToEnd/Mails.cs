using System.Text;
using ChatBot.Tests.Mail;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Mails of the corpus with other services, as a busy night brings them.</summary>
internal static class Mails
{
    /// <summary>Nagios: hal.globenet.org/IMAP is WARNING, with another service.</summary>
    public static byte[] Problem(string service = "IMAP") => Of("045-", service);

    /// <summary>Nagios: hal.globenet.org/IMAP is OK, with another service.</summary>
    public static byte[] Recovery(string service = "IMAP") => Of("048-", service);

    /// <summary>The same of another machine.</summary>
    public static byte[] ProblemOf(string machine, string service) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Problem(service)).Replace("hal.globenet.org", machine, StringComparison.Ordinal).Replace("Host: hal", "Host: " + machine, StringComparison.Ordinal));

    private static byte[] Of(string sample, string service) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Sample.Named(sample).Bytes)
            .Replace("org/IMAP", "org/" + service, StringComparison.Ordinal)
            .Replace("Service: IMAP", "Service: " + service, StringComparison.Ordinal));
}
