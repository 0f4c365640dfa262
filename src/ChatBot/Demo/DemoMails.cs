using System.Globalization;
using System.Text;
using ChatBot.Mail;

namespace ChatBot.Demo;

/// <summary>Mails of Nagios 4.4.6 and metche 1.2.4 as they were sent, but for their dates: each is dated when it is delivered.</summary>
internal static class DemoMails
{
    private const string Folder = ".Demo.Mails.";

    /// <summary>The numbers that their names begin with, in the order of the story.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(DemoMails).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .Select(name => name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..][..2])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>One mail, dated now (UTC).</summary>
    public static async Task<string> ReadAsync(string number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var assembly = typeof(DemoMails).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(name => name.Contains(Folder + number, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return Dated(await reader.ReadToEndAsync(cancellationToken), now.UtcDateTime);
    }

    /// <summary>Puts it into a Maildir as a mail server would.</summary>
    public static async Task DeliverAsync(string number, string maildir, TimeProvider time, TextWriter errors, CancellationToken cancellationToken)
    {
        using var mail = new MemoryStream(Encoding.UTF8.GetBytes(await ReadAsync(number, time.GetUtcNow(), cancellationToken)));
        await Spool.DeliverAsync(mail, maildir, time, errors, cancellationToken);
    }

    private static string Dated(string mail, DateTime now)
    {
        (string Mark, string Format)[] marks =
        [
            ("{date}", "ddd, dd MMM yyyy HH:mm:ss '+0000'"), // RFC 5322, 3.3
            ("{ctime}", "ddd MMM dd HH:mm:ss 'UTC' yyyy"),
            ("{ls}", "MMM dd HH:mm"),
            ("{minute}", "yyyyMMddHHmm"),
            ("{second}", "yyyyMMddHHmmss"),
            ("{day}", "yyyy-MM-dd"),
            ("{clock}", "HH:mm:ss"),
        ];
        return marks.Aggregate(mail, (text, one) =>
            text.Replace(one.Mark, now.ToString(one.Format, CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
