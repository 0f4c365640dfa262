using System.Globalization;
using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Tests.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class ImapSourceTests : IAsyncLifetime
{
    private const string Processed = "Traité";
    private const string ProcessedOnDisk = "Trait&AOk-";

    /// <summary>Small enough that a real server answers within the source's patience.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private DovecotServer _server = null!;
    private FakeIntake _intake = new();
    private ImapSource? _source;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(DovecotServer.Missing is not null, DovecotServer.Missing ?? "");
        _server = new DovecotServer();
        await _server.StartAsync();
    }

    [Fact]
    public async Task Mails_that_wait_and_mails_that_arrive_are_stored_and_moved()
    {
        for (var i = 0; i < 230; i++)
        {
            _server.Deliver(Sample.Named("012-").Bytes);
        }

        Start(Settings(tls: false));
        var waiting = await _intake.TakeAsync(230);
        Assert.Equal(230, waiting.Select(m => m.Key).Distinct().Count());
        Assert.Equal(Sample.Named("012-").Mail.ContentHash, Sample.Read(waiting[0].Bytes.ToArray()).ContentHash);

        _server.Deliver(Sample.Named("032-").Bytes);
        Assert.Matches("^[0-9]+/231$", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _server.Waiting == 0 && _server.In(ProcessedOnDisk) == 231);
    }

    [Fact]
    public async Task A_certificate_is_verified()
    {
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Settings(tls: true) with { TlsCaFile = null });
        await Eventually.Is(() => _source!.LastError is not null);
        Assert.Contains("certificate", _source!.LastError, StringComparison.Ordinal);
        Assert.Equal(1, _server.Waiting);
    }

    [Fact]
    public async Task A_certificate_of_the_authority_in_tls_ca_file_is_believed()
    {
        using var written = new Configuration.Sample { Rest = $$"""
            [[mail.sources]]
            kind = "imap"
            host = "localhost"
            port = {{_server.TlsPort}}
            tls_ca_file = "{{_server.Authority}}"
            user = "{{DovecotServer.User}}"
            password_file = "imap.password"
            processed_folder = "{{Processed}}"
            """ };
        written.Folder.Write("imap.password", DovecotServer.Password);
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Assert.IsType<ImapSettings>(Assert.Single(written.Settings().Mail.Sources)));
        Assert.Single(await _intake.TakeAsync(1));
    }

    [Fact]
    public async Task A_tls_ca_file_that_went_away_is_said_and_no_bug()
    {
        Start(Settings(tls: true) with { TlsCaFile = "/nowhere/ca.pem" });
        await Eventually.Is(() => _source!.LastError is not null);
        Assert.Equal("tls_ca_file of this source cannot be read", _source!.LastError);
    }

    [Fact]
    public async Task A_refused_password_is_said_in_words_that_help_and_without_it()
    {
        Start(Settings(tls: false) with { Password = new("battery staple") });
        await Eventually.Is(() => _source!.LastError is not null);
        Assert.Contains("password_file", _source!.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", _source.LastError, StringComparison.Ordinal);
        Assert.False(_source.IsConnected);
    }

    [Fact]
    public async Task What_could_not_be_stored_stays_and_is_offered_again()
    {
        _intake = new FakeIntake(refusals: 1);
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Settings(tls: false));
        await _intake.Refused.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _server.Waiting);
        Assert.DoesNotContain(Directory.EnumerateFiles(_server.Inbox, "*", SearchOption.AllDirectories), f => f.EndsWith('S'));
        await Eventually.Is(_time, Step, () => _source!.Stored == 1);
        Assert.Single(await _intake.TakeAsync(1));
    }

    [Fact]
    public async Task What_is_fetched_while_others_cannot_be_stored_waits_behind_them()
    {
        _intake = new FakeIntake(refusals: 1);
        for (var i = 0; i < 230; i++)
        {
            _server.Deliver(Sample.Named("012-").Bytes);
        }

        Start(Settings(tls: false));
        await _intake.Refused.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((230, 0), (_server.Waiting, _server.In(ProcessedOnDisk)));
        await Eventually.Is(_time, Step, () => _source!.Stored == 230);
        Assert.Equal(Enumerable.Range(1, 230), (await _intake.TakeAsync(230)).Select(mail => int.Parse(mail.Key.Split('/')[1], CultureInfo.InvariantCulture)));
        Assert.Equal((0, 230), (_server.Waiting, _server.In(ProcessedOnDisk)));
    }

    [Fact]
    public async Task A_server_that_goes_away_is_found_again()
    {
        Start(Settings(tls: false));
        await Eventually.Is(() => _source!.IsConnected);
        await _server.StopAsync();
        await Eventually.Is(() => !_source!.IsConnected);
        _server.Deliver(Sample.Named("012-").Bytes);
        await _server.StartAsync();
        await Eventually.Is(_time, Step, () => _source!.Stored == 1);
    }

    [Fact]
    public async Task A_mailbox_that_is_made_anew_and_counts_from_the_beginning_is_read_on()
    {
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Settings(tls: false));
        var first = Assert.Single(await _intake.TakeAsync(1)).Key;
        await Eventually.Is(() => _server.In(ProcessedOnDisk) == 1);
        await _server.StopAsync();
        _server.MakeAnew();
        _server.Deliver(Sample.Named("032-").Bytes);
        await _server.StartAsync();
        await Eventually.Is(_time, Step, () => _source!.Stored == 2);

        var second = Assert.Single(await _intake.TakeAsync(1)).Key;
        Assert.Equal(first.Split('/')[1], second.Split('/')[1]);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_very_large_mail_is_fetched_by_its_first_part()
    {
        _server.Deliver([.. Sample.Named("012-").Bytes, .. Encoding.ASCII.GetBytes(new string('x', 3_000_000))]);
        Start(Settings(tls: false));
        Assert.Equal(MailBounds.MostBytes + 1, Assert.Single(await _intake.TakeAsync(1)).Bytes.Length);
        await Eventually.Is(() => _server.In(ProcessedOnDisk) == 1);
    }

    [Fact]
    public async Task Polling_asks_by_itself()
    {
        Start(Settings(tls: false) with { Poll = TimeSpan.FromSeconds(1) });
        await Eventually.Is(() => _source!.IsConnected);
        _server.Deliver(Sample.Named("012-").Bytes);
        await Eventually.Is(_time, Step, () => _source!.Stored == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _stop.Dispose();
    }

    private ImapSettings Settings(bool tls) => new(Closed: false)
    {
        Host = "localhost",
        Port = tls ? _server.TlsPort : _server.Port,
        Tls = tls,
        TlsCaFile = _server.Authority,
        User = DovecotServer.User,
        Password = new(DovecotServer.Password),
        ProcessedFolder = Processed,
    };

    private void Start(ImapSettings settings)
    {
        _source = new ImapSource(new MailSourceFacts("imap", false), settings, _intake, _time, () => 0, NullLogger<ImapSource>.Instance);
        _running = Task.Run(() => _source.RunAsync(_stop.Token));
    }
}
