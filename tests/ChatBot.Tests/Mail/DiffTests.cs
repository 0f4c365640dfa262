using System.Net;
using System.Text;
using ChatBot.Core.Mail.Formats;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>No line of a diff outlives the reading of a mail, whoever wrote the diff and wherever it stands.</summary>
public sealed class DiffTests
{
    private const string Old = "db_password = Fraise-33";
    private const string New = "db_password = Cerise-34";

    public static TheoryData<string> Kinds { get; } = [.. Diffs.Keys];

    private static Dictionary<string, string> Diffs => new(StringComparer.Ordinal)
    {
        ["diff -u"] = $"--- /etc/app.conf\t2026-11-20\n+++ /etc/app.conf\t2026-11-21\n@@ -1,3 +1,3 @@\n user = app\n-{Old}\n+{New}\n",
        ["diff -u of relative names"] = $"--- app.conf.old\t2026-11-20\n+++ app.conf\t2026-11-21\n@@ -1 +1 @@\n-{Old}\n+{New}\n",
        ["a unified hunk alone"] = $"@@ -1 +1 @@\n-{Old}\n+{New}\n",
        ["diff"] = $"3c3\n< {Old}\n---\n> {New}\n",
        ["diff that adds"] = $"12a13,14\n> {New}\n> {Old}\n",
        ["diff -c"] = $"*** app.conf.old\t2026-11-20\n--- app.conf\t2026-11-21\n***************\n*** 1,3 ****\n! {Old}\n--- 1,3 ----\n! {New}\n",
        ["diff -cp"] = $"*************** server\n*** 1,3 ****\n! {Old}\n--- 1,3 ----\n! {New}\n",
        ["diff -n"] = $"d3 1\na3 1\n{New}\n{Old}\n",
        ["diff -e"] = $"3c3\n{New}\n{Old}\n.\n",
        ["diff -r"] = $"diff -r etc/app.conf /etc/app.conf\n3c3\n< {Old}\n---\n> {New}\n",
        ["git"] = $"diff --git a/app.conf b/app.conf\nindex 83db48f..bf269f4 100644\n--- a/app.conf\n+++ b/app.conf\n@@ -1 +1 @@\n-{Old}\n+{New}\n",
        ["git in colour"] = $"\e[1mdiff --git a/app.conf b/app.conf\e[m\n\e[36m@@ -1 +1 @@\e[m\n\e[31m-{Old}\e[m\n\e[32m+{New}\e[m\n",
        ["git of a merge"] = $"diff --cc app.conf\n@@@ -1,1 -1,1 +1,1 @@@\n- {Old}\n++{New}\n",
        ["hg"] = $"diff -r 7b3c1e app.conf\n--- a/app.conf\n+++ b/app.conf\n@@ -1 +1 @@\n-{Old}\n+{New}\n",
        ["bzr"] = $"=== modified file 'app.conf'\n--- app.conf\t2026-11-20\n+++ app.conf\t2026-11-21\n@@ -1 +1 @@\n-{Old}\n+{New}\n",
        ["svn"] = $"Index: app.conf\n===================================================================\n-{Old}\n+{New}\n",
        ["darcs"] = $"hunk ./app.conf 3\n-{Old}\n+{New}\n",
    };

    private static readonly (string From, string Subject, string Headers, string Before)[] Mails =
    [
        ("root@hal.globenet.org", "hal - changes report - 2026-11-21", "X-Note: metche", "Changes in /etc files:\n\n"),
        ("root@hal.globenet.org", "Cron <root@hal> /usr/local/bin/etc-check", "X-Cron-Env: <LOGNAME=root>", "etc has changed\n"),
        ("etckeeper@hal.globenet.org", "[etckeeper] hal: committing changes in /etc", "X-Note: etckeeper", "commit 83db48f\n\n    saving\n\n"),
        ("root@hal.globenet.org", "apt-listchanges: news for hal", "X-Note: apt", "postfix (3.7.11-0+deb12u1) bookworm; urgency=medium\n\n"),
        ("jeanne@globenet.org", "ma proposition [public]", "X-Note: person", "bonjour,\n\n"),
        ("nagios@sud.globenet.org", "** PROBLEM Service Alert: hal/etc is CRITICAL **", "X-Note: nagios",
            "***** Nagios *****\n\nNotification Type: PROBLEM\n\nService: etc\nHost: hal\nState: CRITICAL\n\nAdditional Info:\n\n"),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_line_of_a_diff_is_kept(string kind)
    {
        foreach (var (from, subject, headers, before) in Mails)
        {
            foreach (var body in (string[])[before + Diffs[kind], before + Quoted(Diffs[kind]), before + Diffs[kind] + "\n-- \nroot\n"])
            {
                foreach (var encoding in (string[])["8bit", "base64", "quoted-printable", "html"])
                {
                    var mail = Sample.Read(Mail(from, subject, headers, body, encoding));
                    var kept = mail.Text + ReportText.Of(Classifier.Classify(mail, Sample.Inventory));
                    Assert.DoesNotContain("Fraise", kept, StringComparison.Ordinal);
                    Assert.DoesNotContain("Cerise", kept, StringComparison.Ordinal);
                    if (encoding != "html")
                    {
                        Assert.StartsWith(before.TrimEnd(), mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("***** Nagios *****\n\nInfo: OK\n")]
    [InlineData("******************\nend of report\n")]
    [InlineData("a1 2 3\n3 changes\n12c of water\n")]
    [InlineData("--\nroot\n")]
    public void What_only_looks_like_one_is_kept(string text) => Assert.Equal(text, ChatBot.Core.Mail.Diffs.Drop(text));

    private static string Quoted(string diff) => string.Concat(diff.Split('\n').Select(line => $"> {line}\n"));

    private static byte[] Mail(string from, string subject, string headers, string body, string encoding)
    {
        var type = encoding == "html" ? "text/html" : "text/plain";
        var octets = Encoding.UTF8.GetBytes(encoding == "html" ? $"<html><body><pre>{WebUtility.HtmlEncode(body)}</pre></body></html>" : body);
        var written = encoding switch
        {
            "base64" => Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks),
            "quoted-printable" => string.Concat(octets.Select(octet => octet == '\n' ? "\n" : octet is (byte)'=' or < 32 or > 126 ? $"={octet:X2}" : ((char)octet).ToString())),
            _ => Encoding.UTF8.GetString(octets),
        };
        return Encoding.UTF8.GetBytes(
            $"From: {from}\nTo: root@globenet.org\nSubject: {subject}\nDate: Fri, 20 Nov 2026 12:00:00 +0100\nMIME-Version: 1.0\n"
            + $"Content-Type: {type}; charset=utf-8\nContent-Transfer-Encoding: {(encoding == "html" ? "8bit" : encoding)}\n{headers}\n\n{written}");
    }
}
