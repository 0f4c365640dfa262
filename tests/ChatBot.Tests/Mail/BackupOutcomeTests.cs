using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Mail;

/// <summary>Of a good backup root reads how it went.</summary>
public class BackupOutcomeTests
{
    private const string Restic = "open repository\nusing parent snapshot 1a2b3c4d\n\nFiles: 12 new\nAdded to the repository: 12.4 MiB (3.1 MiB stored)\n\nprocessed 48343 files, 20.1 GiB in 1:12\nsnapshot 79766175 saved\n";

    private const string Borg =
        "Creating archive at \"/srv/borg::nuit\"\n-----\nArchive name: nuit\nDuration: 12.34 seconds\nNumber of files: 1234\n-----\n"
        + "                 Original size      Compressed size    Deduplicated size\nThis archive:          1.20 GB              1.00 GB             10.00 MB\n";

    private const string Duplicity =
        "Last full backup date: Sun Nov 22 2026\n-----[ Backup Statistics ]-----\nElapsedTime 32.50 (32.50 seconds)\nSourceFiles 8123\nTotalDestinationSizeChange 1100000 (1.05 MB)\nErrors 0\n-----\n";

    [Theory]
    [InlineData("restic backup /srv", Restic, "restic", "Added to the repository: 12.4 MiB (3.1 MiB stored), processed 48343 files, 20.1 GiB in 1:12, snapshot 79766175 saved")]
    [InlineData("borg create --stats", Borg, "borg", "Duration: 12.34 seconds, Number of files: 1234, This archive: 1.20 GB 1.00 GB 10.00 MB")]
    [InlineData("duplicity /srv x", Duplicity, "duplicity", "ElapsedTime 32.50 (32.50 seconds), SourceFiles 8123, TotalDestinationSizeChange 1100000 (1.05 MB)")]
    public async Task A_good_backup_names_its_outcome(string command, string printed, string source, string outcome)
    {
        foreach (var locale in (Locale[])[Locale.French, Locale.English])
        {
            await using var engine = await Engine.StartAsync(locale: locale);
            await engine.TakeAsync(Mail(command, printed));
            Assert.Equal([engine.In($"[hal] {source} : terminé : {outcome}", $"[hal] {source}: done: {outcome}")], await engine.RootAsync());
        }
    }

    [Theory]
    [InlineData("restic backup /srv", Restic + "Warning: at least one source file could not be read\n", "could not be read")]
    [InlineData("restic backup /srv", Restic + "Fatal: unable to save snapshot: disk full\n", "échec : unable to save snapshot: disk full")]
    [InlineData("borg create --stats", Borg + "terminating with warning status, rc 1\n", "terminating with warning status, rc 1")]
    public async Task One_that_is_not_good_names_what_went_wrong(string command, string printed, string told)
    {
        await using var engine = await Engine.StartAsync();
        await engine.TakeAsync(Mail(command, printed));
        Assert.EndsWith(told, Assert.Single(await engine.RootAsync()), StringComparison.Ordinal);
    }

    private static string Mail(string command, string printed) =>
        $"From: root@hal.globenet.org (Cron Daemon)\nSubject: Cron <root@hal> {command}\nX-Cron-Env: <LOGNAME=root>\n\n{printed}";
}
