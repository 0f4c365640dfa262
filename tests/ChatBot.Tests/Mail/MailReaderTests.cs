using System.Text;
using ChatBot.Core.Mail.Formats;
using ChatBot.Mail;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class MailReaderTests
{
    private const string Head = "From: nagios@hal.globenet.org\nSubject: s\nDate: Sun, 22 Nov 2026 21:04:43 +0000\n";

    [Fact]
    public void The_same_event_sent_to_two_contacts_hashes_alike()
    {
        var one = Sample.Named("012-").Bytes;
        var text = Encoding.Latin1.GetString(one);
        var other = text.Replace("CE9AC14A026", "DE9AC14A027", StringComparison.Ordinal).Replace("To: root@", "To: astreinte@", StringComparison.Ordinal);
        Assert.NotEqual(text, other);
        Assert.Equal(Sample.Read(one).ContentHash, Sample.Read(Encoding.Latin1.GetBytes(other)).ContentHash);
        Assert.Equal(Sample.Read(one).ContentHash, Sample.Read(Sample.Named("012-").With("\r\n")).ContentHash);
    }

    [Fact]
    public void A_repeated_notification_hashes_apart()
    {
        var later = Encoding.Latin1.GetString(Sample.Named("012-").Bytes).Replace("21:04:43", "22:04:43", StringComparison.Ordinal);
        Assert.NotEqual(Sample.Named("012-").Mail.ContentHash, Sample.Read(Encoding.Latin1.GetBytes(later)).ContentHash);
    }

    [Fact]
    public void A_Message_ID_sent_ahead_hides_no_alert()
    {
        var alert = Encoding.Latin1.GetString(Sample.Named("012-").Bytes);
        var ahead = alert.Replace("POP3", "IMAP", StringComparison.Ordinal);
        Assert.NotEqual(Sample.Read(Encoding.Latin1.GetBytes(alert)).ContentHash, Sample.Read(Encoding.Latin1.GetBytes(ahead)).ContentHash);
        Assert.Equal(Sample.HostileNamed("073-").Mail.ContentHash, Sample.HostileNamed("075-").Mail.ContentHash);
    }

    [Theory]
    [InlineData("unknown-8bit", "c3a9", "é")]
    [InlineData("ANSI_X3.4-1968", "e9", "é")]
    [InlineData("no-such-charset", "c3a9", "é")]
    [InlineData("us-ascii", "c3a9e9", "Ã©é")]
    [InlineData("iso-8859-15", "a4", "€")]
    [InlineData("windows-1252", "80", "€")]
    [InlineData("utf-7", "2b4163412d", "+AcA-")]
    public void Characters_are_read_whatever_the_mail_calls_them(string charset, string bytes, string text)
    {
        byte[] mail = [.. Encoding.ASCII.GetBytes($"{Head}Content-Type: text/plain; charset={charset}\n\n"), .. Convert.FromHexString(bytes)];
        Assert.Equal(text, Sample.Read(mail).Text);
    }

    [Fact]
    public void A_mail_without_Content_Type_is_plain_text() =>
        Assert.Equal("dû\n", Sample.Read(Encoding.UTF8.GetBytes(Head + "\ndû\n")).Text);

    [Fact]
    public void Html_alone_is_reduced_to_its_text()
    {
        var mail = Sample.Read(Encoding.UTF8.GetBytes(Head + "Content-Type: text/html\n\n<style>a{}</style><p>l&apos;un</p>l&#39;autre<br>fin<script>x</script>"));
        Assert.Equal("\nl'un\nl'autre\nfin", mail.Text);
    }

    [Fact]
    public void The_line_that_an_MTA_puts_before_a_piped_mail_is_no_part_of_it() =>
        Assert.Equal("s", Sample.Read(Encoding.UTF8.GetBytes("From root@hal Sun Nov 22 21:04:43 2026\n" + Head + "\nx\n")).Subject);

    [Fact]
    public void Two_authors_are_nobody() => Assert.Null(Sample.Read(Sample.HostileNamed("061-").Bytes).FromAddress);

    [Fact]
    public void A_mail_without_date_or_author_is_read()
    {
        Assert.Null(Sample.Read(Sample.HostileNamed("071-").Bytes).Date);
        Assert.Null(Sample.Read(Sample.HostileNamed("067-").Bytes).FromAddress);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    public void What_is_no_mail_is_refused_by_name(string bytes) =>
        Assert.IsType<MailReading.Unreadable>(MailReader.Read(Encoding.ASCII.GetBytes(bytes)));

    public static TheoryData<string> Bombs { get; } = ["subject", "fields", "folds", "parts", "depth", "rfc822", "addresses", "parameters", "words", "nul", "line", "body", "groups"];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_mail_made_to_choke_a_parser_is_read_within_bounds(string bomb)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mail = Sample.Read(Encoding.Latin1.GetBytes(Bomb(bomb)));
        Classifier.Classify(mail, Sample.Inventory);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.True(mail.Truncated || bomb is "depth" or "rfc822" or "groups");
        Assert.InRange(mail.Text.Length, 0, 256 * 1024);
    }

    [Fact]
    public void Nothing_that_mutation_makes_of_a_mail_is_thrown_at_the_caller()
    {
        var seeds = Sample.All.Concat(Sample.Hostile).Select(s => s.Bytes).ToArray();
        var mutation = Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Double[0, 1], Gen.Byte, Gen.Int[0, 4]).Array[1, 20]);
        mutation.Sample(m =>
        {
            if (MailReader.Read(Mutate(seeds[m.Item1], m.Item2)) is MailReading.Readable read)
                Classifier.Classify(read.Mail, Sample.Inventory);
        }, iter: 3000);
    }

    private static byte[] Mutate(byte[] seed, (double At, byte Value, int How)[] edits)
    {
        var bytes = seed.ToList();
        foreach (var (at, value, how) in edits)
        {
            var i = (int)(at * Math.Max(0, bytes.Count - 1));
            if (bytes.Count > 0 && how == 0)
                bytes.RemoveAt(i);
            else if (bytes.Count > 0 && how == 1)
                bytes[i] = value;
            else if (how == 2)
                bytes.InsertRange(i, bytes.Skip(i).Take(value).ToArray());
            else if (how == 3)
                bytes.RemoveRange(i, Math.Min(value, bytes.Count - i));
            else
                bytes.Insert(i, value);
        }
        return [.. bytes];
    }

    private static string Bomb(string kind) => kind switch
    {
        "subject" => "Subject: " + new string('a', 30_000_000) + "\nFrom: a@b\n\nx",
        "fields" => Head + string.Concat(Enumerable.Repeat("X: y\n", 200_000)) + "\nx",
        "folds" => "Subject: a\n" + string.Concat(Enumerable.Repeat(" a\n", 500_000)) + "From: a@b\n\nx",
        "parts" => Head + "Content-Type: multipart/mixed; boundary=a\n\n" + string.Concat(Enumerable.Repeat("--a\n\n", 1_000_000)),
        "depth" => Head + string.Concat(Enumerable.Range(0, 5000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}x\n\n--b{i}x\n")),
        "rfc822" => Head + string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 20_000)) + "\nx",
        "addresses" => "Subject: s\nFrom: " + string.Join(", ", Enumerable.Repeat("a@b", 100_000)) + "\n\nx",
        "parameters" => Head + "Content-Type: text/plain" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"; n*{i}*=%41")) + "\n\nx",
        "words" => "From: a@b\nSubject: " + string.Concat(Enumerable.Repeat("=?utf-8?Q?a?= ", 100_000)) + "\n\nx",
        "nul" => Head + new string('\0', 2_000_000) + "\n\nx",
        "line" => Head + "\n" + new string('x', 20_000_000),
        "body" => Head + "\n" + string.Concat(Enumerable.Repeat("State: OK\n", 100_000)),
        _ => "Subject: s\nFrom: " + string.Concat(Enumerable.Repeat("g:", 5000)) + "a@b" + new string(';', 5000) + "\n\nx",
    };
}
