using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Changelog;

public sealed class ChangelogWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Engine _engine = null!;
    private ChangelogWriter _desk = null!;

    private string File => _folder["changelog"];

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(settings => settings with
        {
            Inventory = new Inventory(
            [
                new Machine { Name = "hal", Changelog = "file:" + File }, new Machine { Name = "sud", Changelog = "ssh:sud" }, new Machine { Name = "sql" },
            ]),
        });
        _desk = _engine.Changelog;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("hal", AppendResult.Appended)]
    [InlineData("sud", AppendResult.OnItsWay)]
    [InlineData("sql", AppendResult.StoredOnly)]
    public async Task A_line_is_kept_and_carried_as_far_as_it_can_be(string machine, AppendResult result)
    {
        Assert.Equal(result, await AppendAsync(machine, Engine.PublicChannel));
        Assert.Equal("files purgées", Assert.Single(await _desk.LatestAsync(machine, 5, CancellationToken.None)).Text.Text.Value);
        Assert.Equal(machine == "hal", System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_line_behind_one_that_has_waited_is_not_said_to_be_on_its_way()
    {
        Assert.Equal(AppendResult.OnItsWay, await AppendAsync("sud", Engine.PublicChannel));
        _engine.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AppendResult.Waiting, await AppendAsync("sud", Engine.PublicChannel, "encore"));
    }

    [Fact]
    public async Task A_line_said_in_private_is_announced_to_the_root_group_only()
    {
        await AppendAsync("hal", askedIn: null);
        Assert.Empty(await _engine.PublicAsync());
        Assert.Single(await _engine.RootAsync());
    }

    [Fact]
    public async Task A_line_that_was_written_but_not_noted_as_done_is_in_the_file_once()
    {
        var commits = await FailingCommits.OfAsync(_engine.Database);
        commits.After(well: 1, failing: 1);
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel));
        Assert.Equal(2, (await System.IO.File.ReadAllLinesAsync(File)).Length);
        Assert.Equal(AppendResult.Appended, await AppendAsync("hal", Engine.PublicChannel, "autre chose"));
        Assert.Equal(
            ["2026-11-22 20:00 +0000: zoé", "  files purgées [chatbot 1]", "2026-11-22 20:00 +0000: zoé", "  autre chose [chatbot 2]"],
            await System.IO.File.ReadAllLinesAsync(File));
        Assert.Empty(await _engine.Database.ReadAsync(
            transaction => OutboxStore.PendingAsync(transaction, OutboxStore.ChangelogKind, "hal", 10), CancellationToken.None));
    }

    [Fact]
    public async Task Where_a_line_stands_that_had_to_wait_is_said_once_it_is_there()
    {
        Directory.CreateDirectory(File);
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel));
        Directory.Delete(File);
        Assert.Equal(AppendResult.Appended, await AppendAsync("hal", Engine.PublicChannel, "autre chose"));
        Assert.Equal(
            [$"[hal] {File} : n'est pas un fichier ordinaire ; les lignes du changelog attendent", $"hal:{File}, lignes 1–2"], await _engine.RootAsync());
        Assert.Empty(await _engine.PublicAsync());
    }

    [Fact]
    public async Task Why_a_line_waits_is_said_to_the_root_group_once_until_it_changes()
    {
        System.IO.File.CreateSymbolicLink(File, "/nowhere");
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel));
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel, "autre chose"));
        System.IO.File.Delete(File);
        System.IO.File.CreateSymbolicLink(_folder[".#changelog"], $"mag@hal.{Environment.ProcessId}:1700000000");
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel, "encore"));
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel, "toujours"));
        System.IO.File.Delete(_folder[".#changelog"]);
        Assert.Equal(AppendResult.Appended, await AppendAsync("hal", Engine.PublicChannel, "enfin"));
        System.IO.File.Delete(File);
        System.IO.File.CreateSymbolicLink(File, "/nowhere");
        Assert.Equal(AppendResult.Waiting, await AppendAsync("hal", Engine.PublicChannel, "et de nouveau"));
        var said = await _engine.RootAsync();
        var link = $"[hal] {File} : est un lien, je ne le suis pas ; les lignes du changelog attendent";
        Assert.Equal([link, link], said.Where(line => line.Contains("lien", StringComparison.Ordinal)));
        Assert.Matches(@$"^\[hal\] {File} est ouvert dans \S+ \(\S+\), j'attends$", Assert.Single(said, line => line.Contains("ouvert", StringComparison.Ordinal)));
        Assert.Empty(await _engine.PublicAsync());
    }

    private async Task<AppendResult> AppendAsync(string machine, string? askedIn, string text = "files purgées") => (await _desk.AppendAsync(
        new ChangelogEntry(
            Name.OfMachine(machine), _engine.Time.GetUtcNow(), PublicText.Declared("zoé"), new Remark(new RootText(text), Audience.Root)),
        askedIn,
        CancellationToken.None)).Result;
}
