using System.Text;

namespace ChatBot.Tests.Mail;

/// <summary>Mails made to choke who reads them; each says a machine and a state, as an alert would.</summary>
internal static class MailBombs
{
    private const string Head = "From: nagios@hal.globenet.org\nSubject: s\nDate: Sun, 22 Nov 2026 21:04:43 +0000\n";
    private const string Part = "Content-Type: multipart/mixed; boundary=a\n\n--a\n";
    private const string Report = "Content-Type: multipart/report; boundary=a\n\n--a\n";
    private const string Html = "Content-Type: text/html\n\n";

    private static readonly Dictionary<string, Func<string>> All = new()
    {
        ["subject of 30 MB"] = () => "Subject: " + new string('a', 30_000_000) + "\nFrom: a@b\n\nx",
        ["subject of folds"] = () => "Subject: a\n" + Times(" a\n", 500_000) + "From: a@b\n\nx",
        ["subject of encoded words"] = () => "From: a@b\nSubject: " + Times("=?utf-8?Q?a?= ", 100_000) + "\n\nx",
        ["subject of one encoded word"] = () => "From: a@b\nSubject: =?utf-8?B?" + Times("QUFB", 2_000_000) + "?=\n\nx",
        ["subject of brackets"] = () => "Subject: " + Times("[", 100_000) + "\nFrom: a@b\n\nx",
        ["subject of Re"] = () => "Subject: " + Times("Re: ", 100_000) + "\nFrom: a@b\nIn-Reply-To: <a>\nReferences: " + Times("<a@b> ", 100_000) + "\n\nx",
        ["fields"] = () => Head + Times("X: y\n", 200_000) + "\nx",
        ["header without end"] = () => Head + Times("X-Long: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n", 600_000),
        ["received"] = () => Times("Received: " + Times("(a ", 70) + "\n", 5000) + "From: a@b\n\nx",
        ["addresses"] = () => "Subject: s\nFrom: " + string.Join(", ", Enumerable.Repeat("a@b", 100_000)) + "\n\nx",
        ["groups"] = () => "Subject: s\nFrom: " + Times("g:", 5000) + "a@b" + new string(';', 5000) + "\n\nx",
        ["comments"] = () => "Subject: s\nFrom: " + new string('(', 500_000) + "\n\nx",
        ["routes"] = () => "Subject: s\nFrom: <" + Times("@a,", 50_000) + ":a@b>\n\nx",
        ["date"] = () => "Subject: s\nFrom: a@b\nDate: " + Times("1 ", 100_000) + "\n\nx",
        ["parameters"] = () => Head + "Content-Type: text/plain" + Parameters() + "\n\nx",
        ["long boundary"] = () => Head + "Content-Type: multipart/mixed; boundary=" + new string('b', 100_000) + "\n\n--b\n\nx",
        ["a million empty parts"] = () => Head + "Content-Type: multipart/mixed; boundary=a\n\n" + Times("--a\n\n", 1_000_000),
        ["nested parts"] = () => Head + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n")),
        ["nested mails"] = () => Head + Times("Content-Type: message/rfc822\n\n", 20_000) + "\nx",
        ["digest of fields"] = () => Head + "Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: a" + Times("\n ", 400_000) + "\n\nx",
        ["part of folds"] = () => Head + Part + "Content-Type: text/plain" + Times("\n ", 400_000) + "\n\nx\n--a--",
        ["part of fields"] = () => Head + Part + Times("X: y\n", 200_000) + "\n\nx\n--a--",
        ["part of one field"] = () => Head + Part + "X: " + new string('a', 1_000_000) + "\n\nx\n--a--",
        ["part of parameters"] = () => Head + Part + "Content-Type: text/plain" + Parameters() + "\n\nx\n--a--",
        ["mail of folds in a part"] = () => Head + Part + "Content-Type: Message\n /RFC822\n\nFrom: a@b" + Times("\n ", 400_000) + "\n\nx\n--a--",
        ["mail of folds alone"] = () => Head + "Content-Type: message/rfc822\n\nFrom: a@b" + Times("\n ", 400_000) + "\n\nx",
        ["report of addresses"] = () => Head + Report + "Content-Type: message/rfc822\n\nFrom: " + Times("a@b, ", 180_000) + "a@b\n\nx\n--a--",
        ["report of fields"] = () => Head + Report + "Content-Type: text/rfc822-headers\n\n" + Times("X: y\n", 200_000) + "\n--a--",
        ["report of words"] = () => Head + Report + "Content-Type: message/rfc822\n\nSubject: " + Times("=?utf-8?Q?a?= ", 70_000) + "\n\nx\n--a--",
        ["base64 of 25 MB"] = () => Head + "Content-Transfer-Encoding: base64\n\n" + Times("QUFB", 6_250_000),
        ["quoted-printable"] = () => Head + "Content-Transfer-Encoding: quoted-printable\n\n" + new string('=', 2_000_000),
        ["uuencode"] = () => Head + "Content-Transfer-Encoding: x-uuencode\n\n" + Times("begin 644 x\n", 200_000),
        ["gzip"] = () => Head + "Content-Type: application/gzip\nContent-Encoding: gzip\nContent-Transfer-Encoding: base64\n\nH4sIAAAAAAAAA" + Times("AAAA", 500_000),
        ["NUL"] = () => Head + new string('\0', 2_000_000) + "\n\nx",
        ["carriage returns alone"] = () => (Head + "\n" + Times("State: OK\n", 200_000)).Replace('\n', '\r'),
        ["UTF-16"] = () => Head + "Content-Type: text/plain; charset=utf-16\n\n" + Times("\0a", 1_000_000),
        ["shift characters"] = () => Head + "Content-Type: text/plain; charset=iso-2022-jp\n\n" + Times("\e$B", 500_000),
        ["one line"] = () => Head + "\n" + new string('x', 20_000_000),
        ["lines that look like facts"] = () => Head + "\n***** Nagios *****\n" + Times("Host: hal\nService: x\nState: OK\n", 100_000),
        ["quotations"] = () => Head + "\n" + Times("> ", 1_000_000),
        ["white space"] = () => Head + "\n" + new string(' ', 2_000_000),
        ["HTML tags"] = () => Head + Html + Times("<a ", 500_000),
        ["HTML attributes"] = () => Head + Html + "<a " + Times("b=c ", 500_000),
        ["HTML comments"] = () => Head + Html + Times("<!--", 500_000),
        ["HTML references"] = () => Head + Html + Times("&#", 500_000),
        ["HTML script"] = () => Head + Html + "<script>" + Times("</scrip", 200_000),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static byte[] Make(string name) => Encoding.Latin1.GetBytes(All[name]());

    private static string Times(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Parameters() => string.Concat(Enumerable.Range(0, 60_000).Select(i => $"; n*{i}*=%41"));
}
