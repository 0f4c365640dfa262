using System.Globalization;
using System.Text;

namespace ChatBot.Tests.Mail;

/// <summary>Mails as metche 1.2 and unattended-upgrades write them.</summary>
internal static class Metche
{
    private static int _number;

    /// <summary>A report of what changed; no two are the same mail.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="at">The stamp, in UTC.</param>
    /// <param name="files">Paths without the first slash.</param>
    /// <param name="packages">Names.</param>
    /// <param name="changelog">A line of the machine's changelog.</param>
    public static string Changed(
        string host, DateTimeOffset at, string[]? files = null, string[]? packages = null, string? changelog = null)
    {
        var body = new StringBuilder();
        if (changelog is not null)
        {
            body.Append($"Changelogs\n==========\n\n> 2026-11-22 - alster\n>   * {changelog}\n\n");
        }

        if (files is not null)
        {
            body.Append("Changed files\n=============\n\n").AppendJoin('\n', files.Select(file =>
                $"< -rw-r--r-- 1 root root 17 Nov 22 21:07 {file}\n> -rw-r--r-- 1 root root 18 Nov 22 21:08 {file}")).Append("\n\n");
        }

        if (packages is not null)
        {
            body.Append("Changes in Debian packages\n==========================\n\n").AppendJoin('\n', packages.Select(package =>
                $"< {package}:amd64/bookworm 3.0.22-1 uptodate\n> {package}:amd64/bookworm 3.0.11-1 upgradeable to 3.0.22-1")).Append('\n');
        }

        return Write(host, $"{host} - changes report : testing-{Stamp(at)}", at, body.ToString());
    }

    /// <summary>A report of a changelog alone.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="at">The stamp, in UTC.</param>
    /// <param name="lines">What <c>diff</c> prints of it: <c>&gt; added</c>, <c>&lt; removed</c>.</param>
    public static string Written(string host, DateTimeOffset at, string lines) => Write(
        host, $"{host} - changes report : testing-{Stamp(at)}", at, $"Changelogs\n==========\n\n{lines}\n\nChanged files\n=============\n\nNo change.\n");

    public static string Stable(string host, DateTimeOffset at) =>
        Write(host, $"{host} - changes report : stable-{Stamp(at)}", at, $"metche saved a new stable state: stable-{Stamp(at)}.\n");

    public static string Upgraded(string host, DateTimeOffset at, params string[] packages) => Write(
        host, $"unattended-upgrades result for {host}: SUCCESS", at,
        $"Unattended upgrade result: All upgrades installed\n\nPackages that were upgraded:\n {string.Join(' ', packages)}\n");

    private static string Stamp(DateTimeOffset at) => at.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    private static string Write(string host, string subject, DateTimeOffset at, string body) => $"""
        Received: by mail.globenet.org (Postfix, from userid 0)
        	id B{++_number:D9}; Sun, 22 Nov 2026 20:00:00 +0000 (UTC)
        To: root@globenet.org
        Subject: {subject}
        Message-Id: <metche{_number}@{host}>
        Date: {at.ToString("r", CultureInfo.InvariantCulture).Replace("GMT", "+0000", StringComparison.Ordinal)}
        From: root@{host}

        {body}
        """;
}
