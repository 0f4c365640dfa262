using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>What people write in a changelog, read from its end.</summary>
public sealed class ChangelogTailTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Engine _engine = null!;

    private string Path => _folder["changelog"];

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync(settings => settings with
    {
        Inventory = new Inventory([new Machine { Name = "hal", Changelog = "file:" + Path, IsChangelogRead = true }, new Machine { Name = "sud", Changelog = "file:/nowhere" }]),
    });

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_stands_there_comes_once_however_often_it_is_read()
    {
        await WriteAsync("sans date\n2026-11-20 - mag\n * relais\n - [ ] doubler le DNS\n2027-01-01 : futur\n2026-11-21 10:00 : pas fini");
        await ReadAsync(hours: 1);
        Assert.Equal(["- [ ] doubler le DNS", "futur", "relais", "sans date"], await TextsAsync());
        Assert.Equal(["doubler le DNS"], await OpenAsync());

        await ReadAsync(hours: 24 * 60); // Whatever has no time of its own stays what it is.
        await File.AppendAllTextAsync(Path, "\n2026-11-22 : - [x] doubler le DNS\n");
        await ReadAsync(hours: 1);
        Assert.Equal(["- [ ] doubler le DNS", "- [x] doubler le DNS", "futur", "pas fini", "relais", "sans date"], await TextsAsync());
        Assert.Empty(await OpenAsync());
        Assert.All(await _engine.Changelog.LatestAsync("hal", 50, CancellationToken.None), entry => Assert.Equal(Audience.Root, entry.Text.SaidTo));
        Assert.Empty(await _engine.PublicAsync());
    }

    [Fact]
    public async Task It_is_read_each_hour_and_after_an_entry_of_the_bot_which_is_not_read_as_another()
    {
        await ReadAsync(hours: 1);
        await WriteAsync("2026-11-21 10:00 : un\n");
        await _engine.Tails.TurnAsync(CancellationToken.None);
        Assert.Empty(await TextsAsync());
        await _engine.Changelog.AppendAsync(
            new ChangelogEntry(Name.OfMachine("hal"), _engine.Time.GetUtcNow(), PublicText.Declared("zoé"), new Remark(new RootText("deux"), Audience.Root)), Engine.PublicChannel, CancellationToken.None);
        await _engine.Tails.TurnAsync(CancellationToken.None);
        Assert.Equal(["deux", "un"], await TextsAsync());
    }

    [Fact]
    public async Task What_a_mail_brought_as_well_is_there_once()
    {
        await _engine.TakeAsync(Metche.Written("hal", _engine.Time.GetUtcNow(), "> 2026-11-20 - mag\n>  * relais\n> sans date"));
        await WriteAsync("2026-11-20 - mag\n * relais\nsans date\n");
        await ReadAsync(hours: 50);
        Assert.Equal(["relais", "sans date"], await TextsAsync());
    }

    [Fact]
    public async Task Only_the_end_is_read_from_its_first_date_on()
    {
        await WriteAsync("2026-11-01 - mag\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $" * vieux {number}\n")) + "2026-11-20 - mag\n * relais\n");
        await ReadAsync(hours: 1);
        Assert.Equal(["relais"], await TextsAsync());
        await WriteAsync(string.Concat(Enumerable.Repeat("2026-11-21 : a\n", 100)) + string.Concat(Enumerable.Range(0, 2000).Select(number => $"2026-11-21 : n{number}\n")));
        await ReadAsync(hours: 1);
        Assert.Equal(1001, (await TextsAsync()).Count());
        Assert.Contains("n1999", await TextsAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there_has_nothing_to_read()
    {
        var tail = Assert.IsType<SshOutcome.Tail>(ChangelogFile.Tail(Path));
        Assert.Equal((0, 0), (tail.From, tail.Bytes.Length));
        await ReadAsync(hours: 2);
        Assert.Empty(await TextsAsync());
        Assert.Empty(await _engine.RootAsync());
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task What_cannot_be_read_is_tried_again()
    {
        Directory.CreateDirectory(Path);
        await ReadAsync(hours: 1);
        Directory.Delete(Path);
        await ReadAsync(hours: 1);
        await WriteAsync("2026-11-21 10:00 : un\n");
        await ReadAsync(hours: 1);
        Assert.Equal(["un"], await TextsAsync());
    }

    [Theory]
    [InlineData(0, "tail 0 3 /root/changelog\na\n\u00e9", 0L)]
    [InlineData(0, "tail 7 0 /root/changelog\n", 7L)]
    [InlineData(0, "tail 0 4 /root/changelog\na\n\u00e9", null)]
    [InlineData(0, "tail 0 2 /root/changelog\na\n\u00e9", null)]
    [InlineData(1, "tail 0 3 /root/changelog\na\n\u00e9", null)]
    [InlineData(0, "tail 0 3 /root/change log\na\n\u00e9", null)]
    [InlineData(0, "ok 1 2", null)]
    public void An_answer_that_is_cut_off_is_none(int code, string output, long? from) =>
        Assert.Equal(from, (SshAnswer.OfTail(new SshRun(code, output, "")) is [SshOutcome.Tail tail] ? tail : null)?.From);

    private Task WriteAsync(string text) => File.WriteAllTextAsync(Path, text);

    private async Task ReadAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            _engine.Time.Advance(ChangelogTails.Every);
            await _engine.Tails.TurnAsync(CancellationToken.None);
        }
    }

    private async Task<IEnumerable<string>> TextsAsync() =>
        (await _engine.Changelog.LatestAsync("hal", 5000, CancellationToken.None)).Select(entry => entry.Text.Text.Value).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> OpenAsync() => (await _engine.Changelog.OpenPointsAsync(50, CancellationToken.None)).Select(point => point.Text.Text.Value);
}
