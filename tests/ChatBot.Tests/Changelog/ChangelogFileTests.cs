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
        Assert.ThrowsAny<IOException>(() => ChangelogFile.Append(Path, "ici"));
        Assert.Empty(File.ReadAllText(_folder["other"]));
        Assert.ThrowsAny<IOException>(() => ChangelogFile.Append("/dev/null", "là"));
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
            Assert.ThrowsAny<IOException>(() => ChangelogFile.Append(Path, "pendant"));
        }

        await AppendAsync("après");
        Assert.Equal(["avant", "après"], await File.ReadAllLinesAsync(Path));
    }

    [Fact]
    public void Neither_a_folder_nor_a_path_into_nothing_can_be_written()
    {
        Assert.ThrowsAny<IOException>(() => ChangelogFile.Append(_folder.Path, "x"));
        Assert.ThrowsAny<IOException>(() => ChangelogFile.Append(_folder["no/such"], "x"));
    }

    [Fact]
    public async Task Who_edits_the_file_is_waited_for()
    {
        await File.WriteAllTextAsync(Path, "avant\n");
        using var editor = Process.Start("sleep", "60");
        try
        {
            foreach (var ending in new[] { "swp", "swo", "swn" })
            {
                var swap = _folder[$".changelog.{ending}"];
                await File.WriteAllBytesAsync(swap, Swap(editor.Id, "lu\u001bnar"));
                Assert.Equal($"{Path} is open in sleep (lunar)", Busy());
                await File.WriteAllBytesAsync(swap, Swap(editor.Id, "lunar")[..2000]);
                File.SetLastWriteTimeUtc(swap, File.GetLastWriteTimeUtc(swap).AddHours(-1)); // Before that process began.
                await AppendAsync($"{ending} d'un plantage");
                File.Delete(swap);
            }

            var emacs = _folder[".#changelog"];
            File.CreateSymbolicLink(emacs, $"mag@hal.{editor.Id}:1700000000");
            Assert.Equal($"{Path} is open in sleep (mag)", Busy());
            File.Delete(emacs);
            File.CreateSymbolicLink(emacs, $"mag@hal.{editor.Id}");
            Assert.Equal($"{Path} is open in sleep (mag)", Busy());
            await Run("touch", "-h", "-d", "1 hour ago", emacs);
            await AppendAsync("emacs d'un plantage");
        }
        finally
        {
            editor.Kill();
            await editor.WaitForExitAsync();
        }

        await File.WriteAllBytesAsync(_folder[".changelog.swp"], Swap(editor.Id, "lunar"));
        await AppendAsync("après");
        Assert.Equal(6, (await File.ReadAllLinesAsync(Path)).Length);
    }

    [Fact]
    public async Task What_is_no_swap_file_of_an_editor_holds_nobody_up()
    {
        var swap = _folder[".changelog.swp"];
        await File.WriteAllBytesAsync(_folder["elsewhere"], Swap(Environment.ProcessId, "lunar"));
        File.CreateSymbolicLink(swap, _folder["elsewhere"]);
        await AppendAsync("lien");
        File.Delete(swap);
        await Run("mkfifo", swap);
        await AppendAsync("tube");
        File.Delete(swap);
        Directory.CreateDirectory(swap);
        await AppendAsync("dossier");
        Directory.Delete(swap);
        foreach (var bytes in new byte[][] { [], "b0"u8.ToArray(), Swap(-5, "x"), Swap(1, "x"), Swap(int.MaxValue, "x"), [.. "b1"u8, .. Swap(Environment.ProcessId, "x")[2..]] })
        {
            await File.WriteAllBytesAsync(swap, bytes);
            await AppendAsync($"{bytes.Length}");
        }

        foreach (var target in new[] { "rien", "a@b.x:1", "a@b.99999999999999:1", "..", "@.:" })
        {
            File.Delete(_folder[".#changelog"]);
            File.CreateSymbolicLink(_folder[".#changelog"], target);
            await AppendAsync(target);
        }
    }

    private string Busy()
    {
        string? said = null;
        try
        {
            ChangelogFile.Append(Path, "pendant");
        }
        catch (IOException busy)
        {
            said = busy.Message;
        }

        Assert.DoesNotContain("pendant", File.ReadAllText(Path), StringComparison.Ordinal);
        return said ?? "";
    }

    // As ChangelogAppendTests has it.
    private static byte[] Swap(int process, string user)
    {
        var block = new byte[4096];
        "b0VIM 9.0"u8.CopyTo(block);
        BitConverter.TryWriteBytes(block.AsSpan(24), process);
        System.Text.Encoding.UTF8.GetBytes(user).CopyTo(block, 28);
        return block;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
