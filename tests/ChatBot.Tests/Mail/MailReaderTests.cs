using System.Text;
using ChatBot.Mail;
using CsCheck;
using MimeKit;
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
    [InlineData("iso-8859-1", "639c757292", "cœur’")]
    [InlineData("us-ascii", "c3a90a639c7572", "é\ncœur")]
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
        Assert.IsType<MailReading.Unreadable>(MailParser.Read(Encoding.ASCII.GetBytes(bytes)));

    private static readonly string[] Pieces =
        ["=?utf-8?q?=C3=A9?=", "=", "?", "=?", "?=", "utf-8", "?q?", "?b?", "=C3=A9", "YQ==", "_", " ", "\t", "\r\n ", "\n\t", "a", "é", "\0", "\u007F", "(", "\"", "<", ","];

    [Fact]
    public void A_field_reads_as_the_library_reads_it_whatever_is_in_it() => Gen.Int[0, Pieces.Length - 1].Array[0, 14].Sample(picked =>
    {
        var bytes = Encoding.UTF8.GetBytes($"X-One: {string.Concat(picked.Select(i => Pieces[i]))}\n\ntext\n");
        using var stream = new MemoryStream(bytes);
        using var message = new MimeParser(stream, MimeFormat.Entity).ParseMessage();
        Assert.Equal(message.Headers["X-One"]?.ReplaceLineEndings(" "), (MailParser.Read(bytes) as MailReading.Readable)?.Mail.Header("X-One"));
    });
}
