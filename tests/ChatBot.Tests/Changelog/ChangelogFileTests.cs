using System.Diagnostics;
using ChatBot.Changelog;
using ChatBot.Core.Changelog;
using Xunit;

namespace ChatBot.Tests.Changelog;

public sealed class ChangelogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["changelog"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_is_appended_once_however_often_it_is_tried()
    {
        await AppendAsync("2026-11-22 20:00 zoé: files purgées");
        await AppendAsync("2026-11-22 20:01 zoé: relancé");
        await AppendAsync("2026-11-22 20:00 zoé: files purgées");
        Assert.Equal(["2026-11-22 20:00 zoé: files purgées", "2026-11-22 20:01 zoé: relancé"], await File.ReadAllLinesAsync(Path));
    }

    [Fact]
    public void Neither_a_link_nor_a_device_is_written_to()
    {
        File.WriteAllText(_folder["other"], "");
        File.CreateSymbolicLink(Path, _folder["other"]);
        Assert.Throws<IOException>(() => ChangelogFile.Append(Path, "ici"));
        Assert.Empty(File.ReadAllText(_folder["other"]));
        Assert.Throws<IOException>(() => ChangelogFile.Append("/dev/null", "là"));
    }

    [Fact]
    public async Task Part_of_a_line_is_not_the_line()
    {
        await File.WriteAllTextAsync(Path, "20:00 zoé: files purgées deux fois\n> 20:00 zoé: files purgées\n");
        await AppendAsync("20:00 zoé: files purgées");
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path)).Length);
    }

    [Fact]
    public async Task An_entry_is_told_by_its_lines()
    {
        await File.WriteAllTextAsync(Path, string.Concat(Enumerable.Repeat("un\n", 50_000)) + "à la main");
        await AppendAsync("20:00 zoé\n  files purgées");
        await AppendAsync("20:01 zoé: relancé");
        Assert.Equal(new ChangelogPlace(50_002, 50_003), ChangelogFile.Append(Path, "20:00 zoé\n  files purgées"));
        Assert.Equal(new ChangelogPlace(50_004, 50_004), ChangelogFile.Append(Path, "20:01 zoé: relancé"));
        Assert.Equal(50_004, (await File.ReadAllLinesAsync(Path)).Length);

        await File.WriteAllTextAsync(Path, "20:01 zoé: relancé\n");
        Assert.Equal(new ChangelogPlace(1, 1), ChangelogFile.Append(Path, "20:01 zoé: relancé"));
    }

    [Fact]
    public async Task An_entry_is_found_however_much_was_written_behind_it()
    {
        await File.WriteAllTextAsync(Path, "20:00 zoé\n  files purgées\n" + string.Concat(Enumerable.Repeat("une ligne de plus\n", 200_000)));
        Assert.Equal(new ChangelogPlace(1, 2), ChangelogFile.Append(Path, "20:00 zoé\n  files purgées"));
        Assert.Equal(200_002, (await File.ReadAllLinesAsync(Path)).Length);
    }

    [Fact]
    public async Task An_entry_across_two_blocks_is_found()
    {
        const int Block = 1024 * 1024;
        for (var at = Block - 6; at < Block + 3; at++)
        {
            await File.WriteAllTextAsync(Path, new string('a', at) + "\nbc\nde\n" + new string('f', 40) + "\n");
            Assert.Equal(new ChangelogPlace(2, 3), ChangelogFile.Append(Path, "bc\nde"));
        }
    }

    [Fact]
    public async Task A_file_without_a_final_newline_gets_one_first()
    {
        await File.WriteAllTextAsync(Path, "écrit à la main");
        await AppendAsync("ajouté");
        Assert.Equal("écrit à la main\najouté\n", await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task What_others_append_meanwhile_is_kept()
    {
        const int lines = 200;
        var theirs = Run("sh", "-c", $"i=0; while [ $i -lt {lines} ]; do echo theirs-$i >> '{Path}'; i=$((i+1)); done");
        for (var i = 0; i < lines; i++)
        {
            await AppendAsync($"ours-{i}");
        }

        await theirs;
        var all = await File.ReadAllLinesAsync(Path);
        Assert.Equal(lines * 2, all.Length);
        Assert.Equal(Enumerable.Range(0, lines).Select(i => $"ours-{i}"), all.Where(line => line.StartsWith("ours", StringComparison.Ordinal)));
    }

    // As the pump does, later: a process that another test starts holds for a moment every lock of this one.
    private Task AppendAsync(string line) => Eventually.UntilAsync("it is appended", () => Works(() => ChangelogFile.Append(Path, line)));

    private static bool Works(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_file_that_somebody_has_locked_is_for_later()
    {
        await AppendAsync("avant");
        FileStream? locked = null;
        await Eventually.UntilAsync(
            "it is locked", () => Works(() => locked = File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)));
        using (locked)
        {
            Assert.Throws<IOException>(() => ChangelogFile.Append(Path, "pendant"));
        }

        await AppendAsync("après");
        Assert.Equal(["avant", "après"], await File.ReadAllLinesAsync(Path));
    }

    [Fact]
    public void Neither_a_folder_nor_a_path_into_nothing_can_be_written()
    {
        Assert.Throws<IOException>(() => ChangelogFile.Append(_folder.Path, "x"));
        Assert.Throws<IOException>(() => ChangelogFile.Append(_folder["no/such"], "x"));
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
