using System.Text.RegularExpressions;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Newcomers;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Metrics;
using Xunit;

namespace ChatBot.Tests.Metrics;

public sealed partial class MetricsTests : IDisposable
{
    private readonly BotMetrics _metrics = new(DateTimeOffset.UnixEpoch.AddMilliseconds(1500));

    private readonly IrcCounters _irc = new() { QueueLength = 4, Lag = TimeSpan.FromSeconds(0.25) };

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Every_metric_is_in_the_documentation_and_nothing_else_is()
    {
        CountEverything();
        var documented = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "metrics.md"))
            .Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups)
            .Select(cell => new Described(
                cell[1].Value, cell[2].Value, cell[3].Value.Replace("`", "").Replace(" ", ""), cell[4].Value));

        Assert.Equal(documented, Describe(_metrics.Text.Render()));
    }

    [Fact]
    public void Each_page_is_the_text_format()
    {
        CountEverything();

        Assert.All(_metrics.Text.Render().Split('\n')[..^1], line => Assert.Matches(TextFormat(), line));
        Assert.EndsWith("\n", _metrics.Text.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_is_counted_by_its_labels()
    {
        CountEverything();
        _metrics.MailStored("nagios", ReportKind.AutoReply);
        var page = _metrics.Text.Render();

        Assert.Contains("\nchatbot_mails_total{source=\"nagios\",kind=\"auto-reply\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_suppressed_total{reason=\"recovered-before-announced\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_lines_said_total{audience=\"public\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_outbox_pending{kind=\"line\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_mail_sources_connected{source=\"imap\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_connected 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nprocess_start_time_seconds 1.5\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Counters_without_labels_begin_at_zero()
    {
        var page = _metrics.Text.Render();

        Assert.Contains("\nchatbot_irc_reconnects_total 0\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_mails_set_aside_total 0\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_client_has_counted_is_the_same_however_often_somebody_looks()
    {
        CountEverything();
        _irc.Connected();
        _irc.Connected();
        _irc.ConnectFailed();
        _irc.OverlongLine();
        _irc.MalformedLine();
        _metrics.Text.Render();
        _irc.MalformedLine();
        var page = _metrics.Text.Render();

        Assert.Contains("\nchatbot_irc_queue_lines 4\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_lag_seconds 0.25\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_connects_total 2\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_connect_failures_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_disconnects_total{cause=\"flooded\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_disconnects_total{cause=\"not-identified\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_overlong_lines_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_malformed_lines_total 2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_histogram_counts_upwards()
    {
        _metrics.MailAnnouncedAfter(TimeSpan.FromSeconds(0.2));
        _metrics.MailAnnouncedAfter(TimeSpan.FromSeconds(5));
        _metrics.MailAnnouncedAfter(TimeSpan.FromDays(1));
        _metrics.MailAnnouncedAfter(TimeSpan.FromSeconds(-3));
        var page = _metrics.Text.Render();

        Assert.Contains("_bucket{le=\"0.1\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("_bucket{le=\"0.25\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("_bucket{le=\"5\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("_bucket{le=\"+Inf\"} 4\n", page, StringComparison.Ordinal);
        Assert.Contains("chatbot_mail_to_line_seconds_sum 86405.2\n", page, StringComparison.Ordinal);
        Assert.Contains("chatbot_mail_to_line_seconds_count 4\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_escaped_and_their_number_is_bounded()
    {
        _metrics.MailRefused("a\"b\\c\nd");
        for (var i = 0; i < 2000; i++)
        {
            _metrics.CommandRefused($"reason {i}");
        }

        var page = _metrics.Text.Render();

        Assert.Contains("chatbot_mails_refused_total{reason=\"a\\\"b\\\\c\\nd\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("chatbot_commands_refused_total{reason=\"other\"} 1500\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gauge_that_fails_or_goes_is_absent_and_the_others_stay()
    {
        _metrics.JoinedChannels = () => 2;
        _metrics.OutboxPending = () => [("line", 1), ("mail", 1)];
        _metrics.Text.Render();
        _metrics.IrcConnected = () => throw new InvalidOperationException();
        _metrics.OutboxPending = () => [("mail", 7)];
        var page = _metrics.Text.Render();

        Assert.DoesNotContain("\nchatbot_irc_connected ", page, StringComparison.Ordinal);
        Assert.Contains("\nchatbot_irc_joined_channels 2\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kind=\"line\"", page, StringComparison.Ordinal);
        Assert.Contains("{kind=\"mail\"} 7\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_lost_when_many_count_at_once()
    {
        Parallel.For(0, 10_000, i => _metrics.LineSaid(i % 2 == 0 ? Audience.Public : Audience.Root));
        var page = _metrics.Text.Render();

        Assert.Contains("{audience=\"public\"} 5000\n", page, StringComparison.Ordinal);
        Assert.Contains("{audience=\"root\"} 5000\n", page, StringComparison.Ordinal);
    }

    private void CountEverything()
    {
        _metrics.IrcConnected = () => true;
        _metrics.Irc = _irc;
        _irc.Disconnected(CloseCause.Flooded);
        _metrics.JoinedChannels = () => 2;
        _metrics.OutboxPending = () => [("line", 3)];
        _metrics.OldestLineAge = () => TimeSpan.FromSeconds(3);
        _metrics.Lease = () => (true, 3, TimeSpan.FromSeconds(1));
        _metrics.MailSources = () => [("imap", false)];
        _metrics.IrcReconnected();
        _metrics.MailStored("nagios", ReportKind.AutoReply);
        _metrics.MailRefused("too-large");
        _metrics.MailSetAside();
        _metrics.LineSaid(Audience.Public);
        _metrics.LineRefused();
        _metrics.LineSetAside();
        _metrics.DigestSaid(3);
        _metrics.Suppressed(Reason.RecoveredBeforeAnnounced);
        _metrics.MailAnnouncedAfter(TimeSpan.FromSeconds(1));
        _metrics.CommandCarriedOut("status", "answered");
        _metrics.CommandRefused("not-admin");
        _metrics.OutsiderHeard();
        _metrics.Newcomer(GreetOutcome.Greet);
    }

    private static List<Described> Describe(string page)
    {
        var metrics = new List<Described>();
        foreach (var line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 4);
            if (words[1] == "HELP")
            {
                metrics.Add(new Described(words[2], "", "no sample", words[3]));
            }
            else if (words[1] == "TYPE")
            {
                metrics[^1] = metrics[^1] with { Type = words[3] };
            }
            else
            {
                metrics[^1] = metrics[^1] with { Labels = Labels(line) };
            }
        }

        return metrics;
    }

    private static string Labels(string sample) =>
        string.Join(',', LabelName().Matches(sample).Select(match => match.Groups[1].Value).Where(label => label != "le"));

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ChatBot.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not run inside the repository.");
        }

        return folder;
    }

    private sealed record Described(string Name, string Type, string Labels, string Meaning);

    [GeneratedRegex(@"^\| `(\w+)` \| (\w+) \| (.*?)\s*\| (.+) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"[{,](\w+)=""")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"^(# HELP \w+ .+|# TYPE \w+ (counter|gauge|histogram)|\w+(\{\w+=""[^""\\\n]*""(,\w+=""[^""\\\n]*"")*\})? [0-9.E+-]+)$")]
    private static partial Regex TextFormat();
}
