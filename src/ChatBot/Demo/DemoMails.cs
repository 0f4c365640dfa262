
using ChatBot.Mail;

namespace ChatBot.Demo;

/// <summary>Real mails of Nagios 4.4.6 and metche 1.2.4, which arrive in a Maildir one after the other.</summary>
internal static class DemoMails
{
    private const string Folder = ".Demo.Mails.";

    /// <summary>In the order of arrival.</summary>
    private static IEnumerable<string> Names => typeof(DemoMails).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(Folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>Delivers them all, one each <paramref name="interval"/>.</summary>
    public static async Task ArriveAsync(string maildir, TimeSpan interval, TimeProvider time, TextWriter errors, CancellationToken cancellationToken)
    {
        foreach (var name in Names)
        {
            await Task.Delay(interval, time, cancellationToken);
            await using var mail = typeof(DemoMails).Assembly.GetManifestResourceStream(name)!;
            await Spool.DeliverAsync(mail, maildir, time, errors, cancellationToken);
        }
    }
}
