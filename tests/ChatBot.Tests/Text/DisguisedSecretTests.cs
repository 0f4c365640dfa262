using System.Text;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Text;

/// <summary>
/// Every private string of the corpus and of the hostile mails, in every disguise, at every place of a mail that is free text: with
/// plugin output let out, nothing of it is said in public.
/// </summary>
public sealed class DisguisedSecretTests
{
    private static readonly string[] Secrets =
    [
        .. Sample.All.Concat(Sample.Hostile).SelectMany(sample => sample.Strings("never_public"))
            .Concat(Sample.All.SelectMany(sample => sample.Strings("never_root")))
            .Concat(["06 12 34 56 78", "12 rue des Lilas", "soleil", "jeanne", "192 168 10 20", "FR76 3000 6000 0112 3456 7890 189", "4970 1012 3456 7890"])
            .Where(secret => secret.Trim().Length >= 4).Distinct(StringComparer.Ordinal),
    ];

    private static readonly ReportLines[] Lines =
    [
        .. ((Locale[])[Locale.French, Locale.English]).Select(locale => new Phrasebook(locale, TimeZoneInfo.Utc))
            .Select(voice => new ReportLines(voice, new IncidentLines(voice, "!", publicOutput: true), People.Empty)),
    ];

    public static TheoryData<string> Places { get; } = [.. AllPlaces.Keys];

    private static Dictionary<string, Func<string, byte[]>> AllPlaces => new(StringComparer.Ordinal)
    {
        ["plugin output"] = secret => Nagios(output: $"HTTP CRITICAL - {secret}"),
        ["plugin output before harmless words"] = secret => Nagios(output: $"{secret} Socket timeout after 10 seconds"),
        ["plugin output at the edge where it is cut"] = secret => Nagios(output: $"{string.Concat(Enumerable.Repeat("timeout ", 49))}{secret} after 10 seconds"),
        ["second line of the output"] = secret => Nagios(output: $"DISK CRITICAL\r\n{secret}"),
        ["author and comment"] = secret => Nagios(output: "OK", more: $"Author: {secret}\r\nComment: {secret}\r\n", type: "ACKNOWLEDGEMENT"),
        ["subject"] = secret => Nagios(output: "Socket timeout", subject: Encoded($"** PROBLEM Service Alert: hal/POP3 is CRITICAL ** {secret}")),
        ["a part in base64"] = secret => Nagios(output: $"HTTP CRITICAL - {secret}", encoding: "base64"),
        ["quoted-printable, cut after every third byte"] = secret => Nagios(output: $"HTTP CRITICAL - {secret}", encoding: "quoted-printable"),
        ["an HTML part alone"] = secret => Nagios(output: $"HTTP CRITICAL - {secret}", isHtml: true),
        ["output of cron"] = secret => Mail("root@hal.globenet.org", Encoded("Cron <root@hal> /usr/local/bin/job"), $"error: {secret}\r\n", "X-Cron-Env: <LOGNAME=root>"),
        ["command of cron"] = secret => Mail("root@hal.globenet.org", Encoded($"Cron <root@hal> /usr/local/bin/job {secret}"), "error\r\n", "X-Cron-Env: <LOGNAME=root>"),
        ["a mail that nobody knows"] = secret => Mail("root@hal.globenet.org", Encoded($"hal: CRITICAL {secret}"), $"{secret}\r\n", "Auto-Submitted: auto-generated"),
        ["a person's mail"] = secret => Mail("jeanne@perso.example", Encoded(secret), $"{secret}\r\n", $"X-Note: {Encoded(secret)}"),
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void No_private_string_comes_out_in_any_disguise(string place)
    {
        Assert.True(Secrets.Length > 60);
        foreach (var secret in Secrets)
        {
            foreach (var (name, disguise) in Disguise.All)
            {
                var said = Disguise.Undo(Public(AllPlaces[place](disguise(secret))));
                var sought = Disguise.Undo(secret);
                Assert.False(said.Contains(sought, StringComparison.Ordinal), $"{secret} as {name}: {said}");
                Assert.False(
                    Disguise.WithoutSpace(said).Contains(Disguise.WithoutSpace(sought), StringComparison.Ordinal), $"{secret} as {name}: {said}");
            }
        }
    }

    [Fact]
    public void The_secrets_do_reach_the_place_where_they_are_removed()
    {
        var shown = Secrets.Count(secret => Root(Nagios(output: $"HTTP CRITICAL - {secret}")).Contains(secret, StringComparison.Ordinal));
        Assert.True(shown > Secrets.Length * 3 / 4, $"{shown} of {Secrets.Length}");
    }

    [Fact]
    public void What_is_harmless_does_come_out() =>
        Assert.Contains(
            "Socket timeout after 10 seconds", Public(Nagios(output: "CRITICAL - Socket timeout after 10 seconds")), StringComparison.Ordinal);

    private static string Public(byte[] mail) => Said(mail, Audience.Public);

    private static string Root(byte[] mail) => Said(mail, Audience.Root);

    private static string Said(byte[] bytes, Audience audience)
    {
        var mail = Sample.Read(bytes);
        var report = Classifier.Classify(mail, Sample.Inventory);
        return string.Join('\n', Lines.Select(lines => lines.Of(report, mail.FromAddress, DateTimeOffset.UnixEpoch).For(audience)));
    }

    // As Debian's nagios4 writes it (objects/commands.cfg, notify-service-by-email).
    private static byte[] Nagios(
        string output, string more = "", string type = "PROBLEM", string? subject = null, string encoding = "8bit", bool isHtml = false)
    {
        var body = $"***** Nagios *****\r\n\r\nNotification Type: {type}\r\n\r\nService: POP3\r\nHost: hal\r\nAddress: 192.0.2.15\r\nState: CRITICAL\r\n\r\n"
            + $"Date/Time: Fri Nov 20 12:00:00 CET 2026\r\n\r\n{more}Additional Info:\r\n\r\n{output}\r\n";
        if (isHtml)
        {
            body = $"<html><body><pre>{System.Net.WebUtility.HtmlEncode(body)}</pre></body></html>";
        }

        return Mail(
            "nagios@sud.globenet.org", subject ?? $"** {type} Service Alert: hal/POP3 is CRITICAL **", body,
            $"Content-Type: text/{(isHtml ? "html" : "plain")}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}", encoding);
    }

    private static byte[] Mail(string from, string subject, string body, string headers, string encoding = "8bit") => Encoding.UTF8.GetBytes(
        $"From: {from}\r\nTo: root@globenet.org\r\nSubject: {subject}\r\nDate: Fri, 20 Nov 2026 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        + $"{(headers.Contains("Content-Type", StringComparison.Ordinal) ? "" : "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")}"
        + $"{headers}\r\n\r\n{(encoding switch { "base64" => Base64(body), "quoted-printable" => QuotedPrintable(body), _ => body })}");

    private static string Encoded(string text) =>
        string.Join("\r\n ", Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")).Chunk(30).Select(part => $"=?utf-8?b?{Convert.ToBase64String(part)}?="));

    private static string Base64(string body) => Convert.ToBase64String(Encoding.UTF8.GetBytes(body), Base64FormattingOptions.InsertLineBreaks);

    private static string QuotedPrintable(string body)
    {
        var text = new StringBuilder();
        var onLine = 0;
        foreach (var octet in Encoding.UTF8.GetBytes(body))
        {
            if (octet is (byte)'\r' or (byte)'\n')
            {
                text.Append((char)octet);
                onLine = 0;
                continue;
            }

            text.Append(octet is > (byte)' ' and < 127 and not (byte)'=' ? ((char)octet).ToString() : $"={octet:X2}");
            if (++onLine % 3 == 0)
            {
                text.Append("=\r\n");
            }
        }

        return text.ToString();
    }
}
