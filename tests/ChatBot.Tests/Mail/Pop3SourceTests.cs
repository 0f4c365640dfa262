using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class Pop3SourceTests : IAsyncLifetime
{
    private const string Text = "Subject: one\n\nHello.";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private Database _database = null!;
    private CancellationTokenSource _stop = new();
    private Pop3Peer _peer = new();
    private FakeIntake _intake = new();
    private Pop3Source _source = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _database = new SqliteDatabase(_folder["chatbot.db"], RealClock.Instance);
        await _database.OpenAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_mail_is_deleted_once_it_is_stored()
    {
        _peer.Add("a", Text);
        Start();
        var mail = Assert.Single(await _intake.TakeAsync(1));
        Assert.Equal("a", mail.Key);
        Assert.Equal("Subject: one\r\n\r\nHello.\r\n", Encoding.ASCII.GetString(mail.Bytes.Span));
        await Eventually.Is(() => _source.IsConnected && _peer.Standing().Count == 0);
    }

    [Fact]
    public async Task What_could_not_be_stored_stays_and_is_offered_again()
    {
        _intake = new FakeIntake(refusals: 1);
        _peer.Add("a", Text);
        Start();
        await Eventually.Is(() => _source.LastError is not null);
        Assert.Equal(["a"], _peer.Standing());
        Assert.False(_source.IsConnected);
        await Eventually.Is(_time, Step, () => _source.Stored == 1);
        await Eventually.Is(() => _peer.Standing().Count == 0);
    }

    [Fact]
    public async Task A_mail_that_is_left_on_the_server_is_not_read_again_by_this_process_or_the_next()
    {
        _peer.Add("a", Text);
        Start(leave: true);
        await _intake.TakeAsync(1);
        await PolledAsync();
        await StopAsync();
        _peer.Add("b", Text);
        Start(leave: true);
        Assert.Equal("b", Assert.Single(await _intake.TakeAsync(1)).Key);
        await PolledAsync();
        Assert.Equal(1, _source.Stored);
        Assert.Equal(["a", "b"], _peer.Standing());
    }

    [Fact]
    public async Task A_name_that_is_given_again_after_a_deletion_is_a_new_mail()
    {
        _peer.Add("1", Text);
        Start();
        await _intake.TakeAsync(1);
        await Eventually.Is(() => _peer.Standing().Count == 0);
        _peer.Add("1", Text);
        await Eventually.Is(_time, Minute, () => _source.Stored == 2);
    }

    [Fact]
    public async Task A_mail_whose_deletion_was_lost_is_deleted_and_not_read_again()
    {
        _peer.Add("a", Text);
        _peer.Add("b", Text);
        await _database.WriteAsync(transaction => Pop3Store.AddAsync(transaction, "globot@127.0.0.1", ["a"]), CancellationToken.None);
        Start();
        await Eventually.Is(() => _peer.Standing().Count == 0);
        Assert.Equal("b", Assert.Single(await _intake.TakeAsync(1)).Key);
        Assert.DoesNotContain("RETR 1", _peer.Received);
    }

    [Fact]
    public async Task Without_names_mails_are_stored_and_deleted_all_the_same()
    {
        await UseAsync(new Pop3Peer { NamesMails = false });
        _peer.Add("a", Text);
        Start();
        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _peer.Standing().Count == 0);
    }

    [Fact]
    public async Task Without_names_nothing_can_be_left_there_and_the_log_says_so()
    {
        await UseAsync(new Pop3Peer { NamesMails = false });
        _peer.Add("a", Text);
        Start(leave: true);
        await Eventually.Is(() => _source.LastError is not null);
        Assert.Contains("leave_on_server = false", _source.LastError, StringComparison.Ordinal);
        Assert.Equal(0, _source.Stored);
    }

    [Fact]
    public async Task A_mail_that_the_server_refuses_to_give_blocks_no_other()
    {
        _peer.Refused["a"] = true;
        _peer.Add("a", Text);
        _peer.Add("b", Text);
        Start();
        Assert.Equal("b", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _peer.Standing().Count == 1 && _source.LastError is not null);
        Assert.True(_source.IsConnected);
        _peer.Refused.Clear();
        await Eventually.Is(_time, Minute, () => _source.Stored == 2);
        await Eventually.Is(_time, Minute, () => _source.LastError is null);
    }

    [Fact]
    public async Task A_mail_in_which_the_connection_always_breaks_blocks_no_other()
    {
        _peer.Cut["a"] = true;
        _peer.Add("a", Text);
        _peer.Add("b", Text);
        Start();
        await Eventually.Is(_time, Step, () => _source.Stored == 1);
        Assert.Equal("b", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _peer.Standing() is ["a"]);
        _peer.Add("c", Text);
        await Eventually.Is(_time, Minute, () => _peer.Standing() is ["a"]);
        _peer.Cut.Clear();
        await Eventually.Is(_time, Minute, () => _peer.Standing().Count == 0);
    }

    [Fact]
    public async Task A_huge_mail_is_read_by_its_header()
    {
        _peer.Add("a", "Subject: huge\n\n" + new string('x', Pop3Session.MostBytes));
        Start();
        Assert.Equal("Subject: huge\r\n\r\n", Encoding.ASCII.GetString(Assert.Single(await _intake.TakeAsync(1)).Bytes.Span));
        Assert.DoesNotContain("RETR 1", _peer.Received);
    }

    [Fact]
    public async Task A_large_mail_is_read_by_its_first_part()
    {
        _peer.Add("a", "Subject: large\n\n" + new string('x', 2 * MailBounds.MostBytes));
        Start();
        Assert.Equal(MailBounds.MostBytes + 1, Assert.Single(await _intake.TakeAsync(1)).Bytes.Length);
    }

    [Fact]
    public async Task A_server_that_sends_more_than_it_said_is_cut_off()
    {
        await UseAsync(new Pop3Peer { ClaimedSize = 100 });
        _peer.Add("a", "Subject: huge\n\n" + new string('x', 3 * Pop3Session.MostBytes));
        Start();
        await Eventually.Is(_time, Step, () => _source.Stored == 1);
        Assert.Equal("Subject: huge\r\n\r\n", Encoding.ASCII.GetString(Assert.Single(await _intake.TakeAsync(1)).Bytes.Span));
    }

    [Fact]
    public async Task It_asks_no_more_often_than_configured()
    {
        var start = _time.GetUtcNow();
        Start();
        await Eventually.Is(_time, TimeSpan.FromSeconds(1), () => _peer.Sessions == 4);
        Assert.True(_time.GetUtcNow() - start >= 3 * Minute);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _peer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task UseAsync(Pop3Peer peer)
    {
        await _peer.DisposeAsync();
        _peer = peer;
    }

    private void Start(bool leave = false)
    {
        var settings = new Pop3Settings(Closed: false)
        {
            Host = "127.0.0.1",
            Port = _peer.Port,
            Tls = false,
            User = "globot",
            Password = new("correct horse"),
            LeaveOnServer = leave,
        };
        _stop = new CancellationTokenSource();
        _source = new Pop3Source(
            new MailSourceFacts("pop3-1", false), settings, _intake, _database, _time, () => 0, NullLogger<Pop3Source>.Instance);
        _running = Task.Run(() => _source.RunAsync(_stop.Token));
    }

    private Task PolledAsync()
    {
        var ended = _peer.Received.Count(command => command == "QUIT");
        return Eventually.Is(_time, Minute, () => _peer.Received.Count(command => command == "QUIT") > ended + 2);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }
}
