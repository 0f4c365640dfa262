using System.Diagnostics;
using ChatBot.Changelog;
using Xunit;

namespace ChatBot.Tests.Changelog;

public sealed class ChangelogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["changelog"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_is_appended_once_however_often_it_is_tried()
    {
        ChangelogFile.AppendLine(Path, "2026-11-22 20:00 zoé: files purgées");
        ChangelogFile.AppendLine(Path, "2026-11-22 20:01 zoé: relancé");
        ChangelogFile.AppendLine(Path, "2026-11-22 20:00 zoé: files purgées");
        Assert.Equal(["2026-11-22 20:00 zoé: files purgées", "2026-11-22 20:01 zoé: relancé"], File.ReadAllLines(Path));
    }

    [Fact]
    public void Part_of_a_line_is_not_the_line()
    {
        File.WriteAllText(Path, "20:00 zoé: files purgées deux fois\n> 20:00 zoé: files purgées\n");
        ChangelogFile.AppendLine(Path, "20:00 zoé: files purgées");
        Assert.Equal(3, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void A_file_without_a_final_newline_gets_one_first()
    {
        File.WriteAllText(Path, "écrit à la main");
        ChangelogFile.AppendLine(Path, "ajouté");
        Assert.Equal("écrit à la main\najouté\n", File.ReadAllText(Path));
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

    // As the desk does, later: a process that another test starts holds for a moment every lock of this one.
    private async Task AppendAsync(string line)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                ChangelogFile.AppendLine(Path, line);
                return;
            }
            catch (IOException) when (attempt < 1000)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void A_file_that_somebody_has_locked_is_for_later()
    {
        ChangelogFile.AppendLine(Path, "avant");
        using (File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Throws<IOException>(() => ChangelogFile.AppendLine(Path, "pendant"));
        }

        ChangelogFile.AppendLine(Path, "après");
        Assert.Equal(["avant", "après"], File.ReadAllLines(Path));
    }

    [Fact]
    public void Neither_a_folder_nor_a_path_into_nothing_can_be_written()
    {
        Assert.Throws<IOException>(() => ChangelogFile.AppendLine(_folder.Path, "x"));
        Assert.Throws<IOException>(() => ChangelogFile.AppendLine(_folder["no/such"], "x"));
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
