using System.Net;
using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.Reports;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>
/// What happens to mails on their way, and changes nothing of what they say: every mail of the corpus is changed in every such way and must give
/// the facts it gave before. Where a change is one of the facts, the exception is named with its reason.
/// </summary>
public sealed class MutationTests
{
    // The outer part is what makes it a bounce, a receipt, a signed or a digested mail: another outer part is another mail.
    private static readonly string[] Structured = ["multipart/report", "multipart/signed", "multipart/digest", "multipart/encrypted"];

    public static TheoryData<string> Ways { get; } = [.. Changes.Keys];

    private static Dictionary<string, string> Before { get; } = Sample.All.ToDictionary(sample => sample.Name, sample => Facts(sample.Bytes));

    private static Dictionary<string, Func<Sample, IEnumerable<byte[]>>> Changes => new()
    {
        ["threaded by its monitor"] = sample => [WithFields(sample, "References: <problem-4711@monitor.example>"), WithFields(sample, "In-Reply-To: <problem-4711@monitor.example>\nThread-Topic: x")],
        ["a tag before the subject"] = sample => ((string[])["[Prod]", "[SPAM?]", "[EXTERNAL]", "*****SPAM*****", "{Spam?}", "[root] [SPAM]"]).Select(tag => Tagged(sample, tag)),
        ["HTML alone, preformatted"] = sample => Repacked(sample, "text/html; charset=utf-8", $"<html><head><title>x</title></head><body><pre>{Html(sample)}</pre></body></html>"),
        ["HTML alone, broken lines"] = sample => Repacked(sample, "text/html; charset=utf-8", Html(sample).Replace("\n", "<br>", StringComparison.Ordinal)),
        ["a stub beside the HTML"] = sample => Alternative(sample, "alternative", "Your client does not show HTML.", Html(sample)),
        ["HTML beside the text"] = sample => Alternative(sample, "alternative", sample.Mail.Text, Html(sample)),
        ["text within pictures"] = sample => Alternative(sample, "related", sample.Mail.Text, "<img>"),
        ["octet-stream without a name"] = sample => Repacked(sample, "application/octet-stream", sample.Mail.Text),
        ["octet-stream with an odd byte"] = sample => Repacked(sample, "application/octet-stream", sample.Mail.Text + "\u0001\r\n"),
        ["a Content-Type that is none"] = sample => Repacked(sample, "text", sample.Mail.Text),
        ["without a Date"] = sample => [Rebuilt(sample, all => all.Where(one => !Is(one, "Date")))],
        ["other order of the fields"] = sample => [Rebuilt(sample, fields => fields.OrderBy(Name, StringComparer.OrdinalIgnoreCase))],
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_happens_on_the_way_the_facts_are_the_same(string way)
    {
        var wrong = new List<string>();
        foreach (var sample in Sample.All)
        {
            var before = Before[sample.Name];
            wrong.AddRange(Changes[way](sample).Select(Facts).Where(after => after != before).Select(after => $"{sample.Name}: {before} became {after}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Facts(byte[] mail)
    {
        var report = Classifier.Classify(Sample.Read(mail), Sample.Inventory);
        return string.Join(" + ", report.Others.Prepend(report).Select(Fact));
    }

    private static string Fact(Report report) =>
        $"{report.Source} {report.Kind.Word()} {report.Machine?.Value ?? "-"} {report.Service?.Value ?? "-"} {report.State?.Word() ?? "-"} {report.Severity?.ToString() ?? "-"}";

    private static string Html(Sample sample) => WebUtility.HtmlEncode(sample.Mail.Text);

    private static byte[] WithFields(Sample sample, string fields) =>
        Rebuilt(sample, all => all.Where(one => !Is(one, "References") && !Is(one, "In-Reply-To")).Prepend(fields));

    private static byte[] Tagged(Sample sample, string tag) => Rebuilt(sample, fields => fields.Select(one =>
        Is(one, "Subject") ? $"Subject: {tag} {one[8..].TrimStart(' ')}" : one));

    private static IEnumerable<byte[]> Repacked(Sample sample, string type, string text) => IsPlain(sample)
        ? [Bytes([.. Fields(sample).Where(one => !Name(one).StartsWith("Content-", StringComparison.OrdinalIgnoreCase)), $"Content-Type: {type}", "Content-Transfer-Encoding: base64"], Base64(text))]
        : [];

    private static IEnumerable<byte[]> Alternative(Sample sample, string type, string text, string html)
    {
        if (!IsPlain(sample))
        {
            return [];
        }

        var parts = $"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{Base64(text)}\n--b\n"
            + $"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{Base64("<pre>" + html + "</pre>")}\n--b--\n";
        return [Bytes([.. Fields(sample).Where(one => !Name(one).StartsWith("Content-", StringComparison.OrdinalIgnoreCase)), $"Content-Type: multipart/{type}; boundary=b"], parts)];
    }

    private static bool IsPlain(Sample sample) =>
        !sample.Mail.HasAttachments && !Structured.Any(type => sample.Mail.Header("Content-Type")?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);

    private static byte[] Rebuilt(Sample sample, Func<IEnumerable<string>, IEnumerable<string>> change) => Bytes(change(Fields(sample)), Body(sample));

    private static byte[] Bytes(IEnumerable<string> fields, string body) => Encoding.Latin1.GetBytes(string.Join('\n', fields) + "\n\n" + body);

    private static string Name(string one) => one[..one.IndexOf(':', StringComparison.Ordinal)];

    private static bool Is(string one, string name) => Name(one).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Text(Sample sample) => Encoding.Latin1.GetString(sample.With("\n"));

    private static string Body(Sample sample) => Text(sample) is var text && text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var end ? text[(end + 2)..] : "";

    private static List<string> Fields(Sample sample)
    {
        var fields = new List<string>();
        foreach (var line in Text(sample).Split("\n\n", 2)[0].Split('\n').Where(line => !line.StartsWith("From ", StringComparison.Ordinal)))
        {
            if (line.StartsWith(' ') || line.StartsWith('\t'))
            {
                fields[^1] += "\n" + line;
            }
            else
            {
                fields.Add(line);
            }
        }

        return fields;
    }
}
