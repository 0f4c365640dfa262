using System.Text;
using ChatBot.Configuration;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Storage;
using ChatBot.Tests.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed class Pop3OnDovecotTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeIntake _intake = new();
    private readonly CancellationTokenSource _stop = new();
    private DovecotServer _server = null!;
    private Database _database = null!;
    private Pop3Source? _source;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(DovecotServer.Missing is not null, DovecotServer.Missing ?? "");
        _database = new SqliteDatabase(_folder["chatbot.db"], RealClock.Instance);
        await _database.OpenAsync(CancellationToken.None);
        _server = new DovecotServer();
        await _server.StartAsync();
    }

    [Fact]
    public async Task Mails_that_wait_and_mails_that_arrive_are_stored_and_deleted()
    {
        for (var i = 0; i < 230; i++)
        {
            _server.Deliver(Sample.Named("012-").Bytes);
        }

        Start(Settings());
        var waiting = await _intake.TakeAsync(230);
        Assert.Equal(230, waiting.Select(m => m.Key).Distinct().Count());
        Assert.Equal(Sample.Named("012-").Mail.ContentHash, Sample.Read(waiting[0].Bytes.ToArray()).ContentHash);
        await Eventually.Is(() => _server.Waiting == 0);

        _server.Deliver(Sample.Named("032-").Bytes);
        await Eventually.Is(_time, Step, () => _source!.Stored == 231 && _server.Waiting == 0);
    }

    [Fact]
    public async Task What_is_left_on_the_server_is_stored_once()
    {
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Settings() with { LeaveOnServer = true });
        await Eventually.Is(() => _source!.IsConnected);
        _server.Deliver(Sample.Named("032-").Bytes);
        await Eventually.Is(_time, Step, () => _source!.Stored == 2);
        Assert.Equal(2, (await _intake.TakeAsync(2)).Count);
        Assert.Equal(2, _server.Waiting);
    }

    [Fact]
    public async Task A_very_large_mail_is_fetched_by_its_header()
    {
        byte[] mail = [.. Sample.Named("012-").Bytes, .. Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Repeat(new string('x', 900), 12_000)))];
        _server.Deliver(mail);
        Start(Settings());
        Assert.InRange(Assert.Single(await _intake.TakeAsync(1)).Bytes.Length, 100, 20_000);
        await Eventually.Is(() => _server.Waiting == 0);
    }

    [Fact]
    public async Task A_certificate_is_verified()
    {
        _server.Deliver(Sample.Named("012-").Bytes);
        Start(Settings() with { TlsCaFile = null });
        await Eventually.Is(() => _source!.LastError is not null);
        Assert.Contains("certificate", _source!.LastError, StringComparison.Ordinal);
        Assert.Equal(1, _server.Waiting);
    }

    [Fact]
    public async Task A_refused_password_is_said_in_words_that_help_and_without_it()
    {
        Start(Settings() with { Password = new("battery staple") });
        await Eventually.Is(() => _source!.LastError is not null);
        Assert.Contains("password_file", _source!.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", _source.LastError, StringComparison.Ordinal);
        Assert.False(_source.IsConnected);
    }

    [Fact]
    public async Task A_server_that_goes_away_is_found_again()
    {
        Start(Settings());
        await Eventually.Is(() => _source!.IsConnected);
        await _server.StopAsync();
        await Eventually.Is(_time, Step, () => !_source!.IsConnected);
        _server.Deliver(Sample.Named("012-").Bytes);
        await _server.StartAsync();
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

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _stop.Dispose();
        _folder.Dispose();
    }

    private Pop3Settings Settings() => new(Closed: false)
    {
        Host = "localhost",
        Port = _server.Pop3TlsPort,
        TlsCaFile = _server.Authority,
        User = DovecotServer.User,
        Password = new(DovecotServer.Password),
    };

    private void Start(Pop3Settings settings)
    {
        _source = new Pop3Source(
            new MailSourceFacts("pop3", false), settings, _intake, _database, _time, () => 0, NullLogger<Pop3Source>.Instance);
        _running = Task.Run(() => _source.RunAsync(_stop.Token));
    }
}
