using System.Collections.Concurrent;
using System.Text;
using ChatBot.Core.Mail;
using ChatBot.Mail;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatBot.Tests.Mail;

public sealed class MaildirSourceTests : IAsyncDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeIntake _intake = new();
    private MaildirSource? _source;
    private Task _running = Task.CompletedTask;

    private string Root => _temp["Maildir"];

    [Fact]
    public async Task What_waits_at_the_start_is_stored_in_order_and_marked_seen()
    {
        MaildirSource.CreateFolders(Root);
        for (var i = 0; i < 450; i++)
        {
            Deliver($"1795381483.{i:D4}.hal");
        }

        Start();
        var mails = await _intake.TakeAsync(450);
        Assert.Equal(Enumerable.Range(0, 450).Select(i => $"1795381483.{i:D4}.hal"), mails.Select(m => m.Key));
        await Eventually.Is(() => _source!.Stored == 450);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, "new")));
        Assert.True(File.Exists(Path.Combine(Root, "cur", "1795381483.0449.hal:2,S")));
    }

    [Fact]
    public async Task A_mail_that_arrives_is_stored_without_waiting_for_the_rescan()
    {
        Start();
        await Eventually.Is(() => _source!.IsConnected);
        Deliver("1.a.hal");
        var mail = Assert.Single(await _intake.TakeAsync(1));
        Assert.Equal("1.a.hal", Encoding.ASCII.GetString(mail.Bytes.Span));
        Assert.Equal("box", mail.Source.Name);
        Assert.True(mail.ArrivedAt <= _time.GetUtcNow());
    }

    [Fact]
    public async Task A_FIFO_and_a_link_in_new_are_left_there_and_stop_no_mail()
    {
        MaildirSource.CreateFolders(Root);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(Root, "new", "0.fifo.hal")]))
        {
            await made.WaitForExitAsync();
        }

        await File.WriteAllTextAsync(_temp["secret"], "secret");
        File.CreateSymbolicLink(Path.Combine(Root, "new", "0.link.hal"), _temp["secret"]);
        Deliver("1.a.hal");
        Start();
        Assert.Equal("1.a.hal", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _source!.Unreadable == 2);
    }

    [Fact]
    public async Task A_mail_that_is_copied_into_place_is_stored_once_its_words_are_there()
    {
        Start();
        await Eventually.Is(() => _source!.IsConnected);
        var copied = Path.Combine(Root, "new", "1.a.hal");
        await File.WriteAllBytesAsync(copied, []);
        Deliver("2.b.hal");
        Assert.Equal("2.b.hal", Assert.Single(await _intake.TakeAsync(1)).Key);
        await File.WriteAllTextAsync(copied, "copied");
        var mail = Assert.Single(await _intake.TakeAsync(1));
        Assert.Equal(("1.a.hal", "copied"), (mail.Key, Encoding.ASCII.GetString(mail.Bytes.Span)));
    }

    [Fact]
    public async Task A_file_that_stays_empty_is_stored_two_seconds_later_although_nothing_happens_then()
    {
        MaildirSource.CreateFolders(Root);
        var empty = Path.Combine(Root, "new", "1.a.hal");
        await File.WriteAllBytesAsync(empty, []);
        File.SetLastWriteTimeUtc(empty, _time.GetUtcNow().UtcDateTime);
        var begun = _time.GetUtcNow();
        Start();
        await Eventually.Is(_time, TimeSpan.FromMilliseconds(100), () => _source!.Stored == 1);
        Assert.True(Assert.Single(await _intake.TakeAsync(1)).Bytes.IsEmpty);
        Assert.InRange(_time.GetUtcNow() - begun, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_could_not_be_stored_stays_and_is_offered_again()
    {
        _intake = new FakeIntake(refusals: 2);
        MaildirSource.CreateFolders(Root);
        Deliver("1.a.hal");
        Start();
        for (var refusal = 0; refusal < 2; refusal++)
        {
            await _intake.Refused.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.True(File.Exists(Path.Combine(Root, "new", "1.a.hal")));
            await Eventually.Is(_time, TimeSpan.FromSeconds(1), () => _intake.Refused.Reader.Count > 0 || _source!.Stored > 0);
        }
        await _intake.TakeAsync(1);
        await Eventually.Is(() => _source!.Stored == 1 && _source.LastError is null);
    }

    [Fact]
    public async Task However_long_the_disk_was_full_a_mail_is_stored_within_five_seconds_of_room()
    {
        await using var engine = await Engine.StartAsync();
        (await FailingCommits.OfAsync(engine.Database)).After(well: 0, failing: 40);
        MaildirSource.CreateFolders(Root);
        Deliver("1.a.hal", Nagios.Problem("hal", "POP3"));
        var time = new WaitingTime();
        var source = new MaildirSource(new MailSourceFacts("box", true), Root, engine.Intake, time, () => 0, NullLogger<MaildirSource>.Instance);
        _running = Task.Run(() => source.RunAsync(_stop.Token));
        await Eventually.Is(time, TimeSpan.FromSeconds(1), () => source.Stored == 1);

        // The last is for the next look.
        var waits = time.Waits.SkipLast(1).ToList();
        Assert.InRange(waits.Count, 20, 80);
        Assert.Equal(TimeSpan.FromSeconds(5), waits.Max());
        await engine.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(["[hal] POP3 CRITICAL — #1"], await engine.PublicAsync());
    }

    [Fact]
    public async Task A_folder_removed_and_put_back_is_watched_again()
    {
        Start();
        await Eventually.Is(() => _source!.IsConnected);
        Directory.Delete(Root, recursive: true);
        MaildirSource.CreateFolders(Root);
        Deliver("1.a.hal");
        await Eventually.Is(_time, TimeSpan.FromSeconds(1), () => _source!.Stored == 1);
        await _intake.TakeAsync(1);
        await Eventually.Is(() => _source!.IsConnected);
        Deliver("2.b.hal");
        Assert.Equal("2.b.hal", Assert.Single(await _intake.TakeAsync(1)).Key);
    }

    [Fact]
    public async Task A_very_large_file_is_offered_by_its_first_part()
    {
        MaildirSource.CreateFolders(Root);
        await File.WriteAllBytesAsync(Path.Combine(Root, "new", "1.big"), new byte[30 * 1024 * 1024]);
        Start();
        Assert.Equal(MailBounds.MostBytes + 1, Assert.Single(await _intake.TakeAsync(1)).Bytes.Length);
    }

    [Fact]
    public async Task A_mail_delivered_with_flags_in_its_name_keeps_its_unique_part()
    {
        MaildirSource.CreateFolders(Root);
        Deliver("1.a.hal:2,F");
        Start();
        Assert.Equal("1.a.hal", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => File.Exists(Path.Combine(Root, "cur", "1.a.hal:2,S")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_left_and_delays_no_other()
    {
        MaildirSource.CreateFolders(Root);
        File.CreateSymbolicLink(Path.Combine(Root, "new", "0.loop"), "0.loop");
        Deliver("1.a.hal");
        Start();
        Assert.Equal("1.a.hal", Assert.Single(await _intake.TakeAsync(1)).Key);
        await Eventually.Is(() => _source!.Stored == 1);
        Assert.Equal(1, _source!.Unreadable);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _temp.Dispose();
    }

    private void Start()
    {
        _source = new MaildirSource(new MailSourceFacts("box", false), Root, _intake, _time, () => 0, NullLogger<MaildirSource>.Instance);
        _running = Task.Run(() => _source.RunAsync(_stop.Token));
    }

    /// <summary>As an MTA does: written elsewhere, then renamed.</summary>
    private void Deliver(string name, string? text = null)
    {
        var draft = Path.Combine(Root, "tmp", name);
        File.WriteAllText(draft, text ?? name);
        File.Move(draft, Path.Combine(Root, "new", name));
    }

    /// <summary>Keeps for how long it was waited.</summary>
    private sealed class WaitingTime : FakeTimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero)
            {
                Waits.Enqueue(dueTime);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
