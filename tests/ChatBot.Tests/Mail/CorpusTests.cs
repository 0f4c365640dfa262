using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Mail.Formats;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class CorpusTests
{
    /// <summary>What the text of one IRC line holds beside its prefix, from any server.</summary>
    private const int MostBytes = 720;

    public static TheoryData<string> Claimed { get; } = Sample.Names(s => s.Text("source") is not ("human" or "unknown" or "chatbot"));

    public static TheoryData<string> Others { get; } = Sample.Names(s => s.Text("source") is "human" or "unknown" or "chatbot");

    public static TheoryData<string> Every { get; } = Sample.Names(_ => true);

    [Theory]
    [MemberData(nameof(Claimed))]
    public void A_known_program_s_mail_gives_its_facts_with_either_line_end(string name)
    {
        var sample = Sample.Named(name);
        foreach (var lineEnd in (string[])["\n", "\r\n"])
        {
            AssertFacts(sample, Classifier.Classify(Sample.Read(sample.With(lineEnd)), Sample.Inventory));
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_no_program_s_is_declined_by_every_format(string name)
    {
        var mail = Sample.Named(name).Mail;
        Assert.All(Classifier.Formats, f => Assert.Null(f.Recognise(mail, Sample.Inventory)));
        AssertFacts(Sample.Named(name), Classifier.Classify(mail, Sample.Inventory));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Each_audience_hears_what_is_for_it_and_nothing_else_in_both_languages(string name)
    {
        var sample = Sample.Named(name);
        var report = Classifier.Classify(sample.Mail, Sample.Inventory);
        foreach (var locale in (Locale[])[Locale.French, Locale.English])
        {
            var voice = new Phrasebook(locale, TimeZoneInfo.Utc);
            var lines = new ReportLines(voice, new IncidentLines(voice, "!", publicOutput: false), People.Empty);
            var line = lines.Of(report, sample.Mail.FromAddress, DateTimeOffset.UnixEpoch);
            var (open, root) = (line.For(Audience.Public) ?? "", line.For(Audience.Root) ?? "");
            Assert.All(sample.Strings("in_public"), fact => Assert.Contains(fact, open, StringComparison.Ordinal));
            Assert.All(sample.Strings("in_root"), fact => Assert.Contains(fact, root, StringComparison.Ordinal));
            Assert.All(sample.Strings("never_public"), secret => Assert.DoesNotContain(secret, open, StringComparison.Ordinal));
            Assert.All(sample.Strings("never_root"), secret => Assert.DoesNotContain(secret, root, StringComparison.Ordinal));
            Assert.All(sample.Untrue, claim => Assert.DoesNotContain(claim, root, StringComparison.Ordinal));
            Assert.True(System.Text.Encoding.UTF8.GetByteCount(root) <= MostBytes, root);
        }
    }

    [Fact]
    public void No_sample_is_claimed_twice() =>
        Assert.All(Sample.All, s => Assert.True(Classifier.Formats.Count(f => f.Recognise(s.Mail, Sample.Inventory) is not null) <= 1));

    [Fact]
    public void Every_format_is_listed_and_has_a_sample()
    {
        var written = typeof(IFormat).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IFormat))).Select(t => t.Name).Order();
        Assert.Equal(written, Classifier.Formats.Select(f => f.GetType().Name).Distinct().Order());
        Assert.All(Classifier.Formats, f => Assert.Contains(Sample.All, s => Sample.IsOf(f.Source, s)));
    }

    [Fact]
    public void What_must_never_be_announced_is_in_no_report()
    {
        foreach (var sample in Sample.All)
        {
            var report = ReportText.Of(Classifier.Classify(sample.Mail, Sample.Inventory));
            Assert.All(sample.Strings("never_root"), secret => Assert.DoesNotContain(secret, report, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Public_fields_contain_nothing_that_the_public_may_not_read()
    {
        foreach (var sample in Sample.All)
        {
            var report = Classifier.Classify(sample.Mail, Sample.Inventory);
            var fields = $"{report.Source} {report.Machine?.Value} {report.Service?.Value}";
            Assert.All(sample.Strings("never_public"), secret => Assert.DoesNotContain(secret, fields, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_byte_of_a_diff_survives_reading()
    {
        foreach (var sample in (Sample[])[Sample.Named("087-metche"), Sample.HostileNamed("210-sec-metche-diff")])
        {
            var mail = sample.Mail;
            var kept = string.Join('\n', mail.Headers.Select(h => h.Value)) + mail.Text + ReportText.Of(Classifier.Classify(mail, Sample.Inventory));
            Assert.All(sample.Strings("never_public"), secret => Assert.DoesNotContain(secret, kept, StringComparison.Ordinal));
            Assert.DoesNotContain("@@", kept, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_report_of_changes_names_files_packages_and_what_people_wrote()
    {
        var change = Classifier.Classify(Sample.Named("083-").Mail, Sample.Inventory).Change!;
        Assert.Equal(
            [new('~', "/etc/mailname"), new('~', "/etc/munin/munin.conf"), new('-', "/etc/nagios4/objects/printer.cfg"), new ChangedFile('~', "/etc/postfix/main.cf")],
            change.Files);
        Assert.Equal(["openssl", "postfix"], change.Packages);
        Assert.Equal(2, change.ChangelogLines.Count);
        Assert.False(change.Stable || change.Encrypted);
        Assert.True(Classifier.Classify(Sample.Named("082-").Mail, Sample.Inventory).Change!.Stable);
    }

    [Fact]
    public void Who_acknowledged_and_why_is_read_where_the_template_says_it()
    {
        var report = Classifier.Classify(Sample.Named("020-").Mail, Sample.Inventory);
        Assert.Equal("zou", report.Author?.Value);
        Assert.Equal("Table crashée, REPAIR en cours", report.Comment?.Value);
        Assert.Equal("Cant connect to MySQL server on 192.168.10.20 (111)", report.Detail?.Value);
        Assert.Null(Classifier.Classify(Sample.Named("017-").Mail, Sample.Inventory).Author);
    }

    private static void AssertFacts(Sample sample, Report report)
    {
        Assert.Equal(sample.Text("source"), report.Source.Value);
        Assert.Equal(sample.Text("kind")!.Replace("-", "", StringComparison.Ordinal), report.Kind.ToString(), ignoreCase: true);
        Assert.Equal(sample.Text("machine"), report.Machine?.Value);
        Assert.Equal(sample.Text("service"), report.Service?.Value);
        Assert.Equal(sample.Text("state"), report.State?.ToString().ToUpperInvariant());
        Assert.True(!sample.Expected.TryGetProperty("severity", out var severity) || string.Equals(severity.GetString(), report.Severity?.ToString(), StringComparison.OrdinalIgnoreCase), $"{report.Severity}");
        Assert.Equal(DateTimeOffset.Parse(sample.Text("when")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), report.When);
    }
}
