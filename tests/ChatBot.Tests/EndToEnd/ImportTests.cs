using System.Text;
using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>chatbot import</c>.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly BotHome _home = new(1);
    private readonly string _archive;

    public ImportTests()
    {
        _archive = Path.Combine(_home.Path, "archive");
        Directory.CreateDirectory(_archive);
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Mails_become_history_in_the_order_of_their_dates_and_nothing_is_said()
    {
        Write("1.eml", At(12, Nagios.Recovery("hal", "POP3")));
        Write("2.eml", At(10, Nagios.Problem("hal", "POP3")));
        Write("3.eml", Sample.Named("083-").Bytes);
        var outcome = await ImportAsync("--trusted");
        Assert.Equal((0, "3 of 3 mails read: 1 incidents, 1 changes and 2 changelog entries added; 0 known before, 0 unreadable, 0 not believed\n", ""), outcome);
        Assert.Equal("hal POP3 OK 7200", Ask<string>(
            "SELECT machine || ' ' || service || ' ' || state || ' ' || ((closed_at - opened_at) / 1000) FROM incident"));
        Assert.Equal(2L, Ask<long>("SELECT COUNT(*) FROM incident_event WHERE reason = 'imported'"));
        Assert.Equal(1L, Ask<long>("SELECT COUNT(*) FROM machine_change"));
        Assert.Equal(0L, Ask<long>("SELECT COUNT(*) FROM outbox"));
    }

    [Fact]
    public async Task An_incident_without_a_recovery_ends_with_its_last_mail()
    {
        Write("1.eml", At(10, Nagios.Problem("hal", "POP3")));
        Write("2.eml", At(11, Nagios.Problem("hal", "POP3")));
        Assert.Equal(0, (await ImportAsync("--trusted")).ExitCode);
        Assert.Equal("1 CRITICAL 3600", Ask<string>(
            "SELECT COUNT(*) || ' ' || state || ' ' || ((closed_at - opened_at) / 1000) FROM incident WHERE announce_at IS NULL"));
    }

    [Fact]
    public async Task What_people_wrote_in_changelogs_becomes_entries_each_once()
    {
        var at = new DateTimeOffset(2020, 3, 1, 9, 0, 0, TimeSpan.Zero);
        Write("1.eml", Metche.Written("hal", at, "> 2020-02-28 - mag\n>   * postfix : relais coup\u00e9\n>   * - [ ] doubler le DNS"));
        Write("2.eml", Metche.Written("hal", at.AddHours(5), "> 2020-02-28 - mag\n>   * postfix : relais coup\u00e9\n> 2020-03-01 - zo\u00e9\n>   * - [x] doubler le DNS"));
        var outcome = await ImportAsync("--trusted");
        Assert.Equal((0, "2 of 2 mails read: 0 incidents, 2 changes and 3 changelog entries added; 0 known before, 0 unreadable, 0 not believed\n", ""), outcome);
        Assert.Equal("mag 2020-02-28", Ask<string>(
            "SELECT said_by || ' ' || strftime('%Y-%m-%d', at / 1000 + 3600, 'unixepoch') FROM changelog_entry WHERE said LIKE 'postfix%'"));
        Assert.Equal(0L, Ask<long>("SELECT COUNT(*) FROM changelog_todo WHERE ended_by IS NULL"));
        Assert.Equal(0L, Ask<long>("SELECT COUNT(*) FROM outbox"));
    }

    [Fact]
    public async Task A_second_import_adds_nothing()
    {
        Write("1.eml", At(10, Nagios.Problem("hal", "POP3")));
        Write("2.eml", Sample.Named("083-").Bytes);
        await ImportAsync("--trusted");
        var again = await ImportAsync("--trusted");
        Assert.Equal("2 of 2 mails read: 0 incidents, 0 changes and 0 changelog entries added; 2 known before, 0 unreadable, 0 not believed\n", again.Output);
        Assert.Equal(2L, Ask<long>("SELECT (SELECT COUNT(*) FROM incident) + (SELECT COUNT(*) FROM machine_change)"));
    }

    [Fact]
    public async Task What_is_not_believed_has_no_effect_until_somebody_vouches_for_it()
    {
        Write("1.eml", At(10, Nagios.Problem("hal", "POP3")));
        Assert.Contains("0 incidents, 0 changes and 0 changelog entries added; 0 known before, 0 unreadable, 1 not believed (see --trusted)", (await ImportAsync()).Output, StringComparison.Ordinal);
        Assert.Equal(0L, Ask<long>("SELECT COUNT(*) FROM incident"));
        Assert.Contains("1 incidents", (await ImportAsync("--trusted")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_mbox_within_a_Maildir_tree_is_read_mail_by_mail_as_a_source_would()
    {
        var quoting = At(10, Nagios.Problem("hal", "POP3", output: "x\n\nFrom here on it fails")) + "\n";
        Write("sub/inbox", "From root Mon Nov 23 00:00:00 2026\n" + quoting.Replace("\nFrom here", "\n>From here", StringComparison.Ordinal)
            + "\nFrom root Mon Nov 23 00:00:00 2026\n" + At(11, Nagios.Recovery("hal", "POP3")) + "\n");
        foreach (var folder in (string[])["new", "cur", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(_archive, "box", folder));
        }

        Write("box/cur/1.M1P1.host:2,S", quoting);
        Write("box/dovecot-uidlist", "3 V1 N1\n");
        var outcome = await ImportAsync("--trusted");
        Assert.Equal("3 of 3 mails read: 1 incidents, 0 changes and 0 changelog entries added; 1 known before, 0 unreadable, 0 not believed\n", outcome.Output);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_read_is_named_and_blocks_no_other()
    {
        Write("1.eml", "");
        Write("2.eml", At(10, Nagios.Problem("hal", "POP3")));
        var outcome = await ImportAsync("--trusted");
        Assert.Equal((0, $"{Path.Combine(_archive, "1.eml")}: not a mail that can be read\n"), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("1 incidents, 0 changes and 0 changelog entries added; 0 known before, 1 unreadable", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_wrong_input_and_a_store_that_cannot_be_used_is_to_be_tried_again()
    {
        Directory.Delete(_archive);
        Assert.Equal(1, (await ImportAsync()).ExitCode);
        Directory.CreateDirectory(_archive);
        _home.Data = Path.Combine(_home.WriteFile("file", "no folder"), "data");
        _home.Write();
        Assert.Equal(75, (await ImportAsync()).ExitCode);
        _home.WriteFile("chatbot.toml", "locale = \"xx\"\n");
        Assert.Equal(1, (await ImportAsync()).ExitCode);
        Assert.Equal(2, (await ChatBotProgram.RunAsync([], "import")).ExitCode);
    }

    [Fact]
    public async Task It_stops_between_two_transactions_when_cancelled_and_goes_on_from_there()
    {
        const int Mails = 20_000;
        Write("inbox", string.Concat(Enumerable.Range(0, Mails).Select(i =>
            $"From root Mon Nov 23 00:00:00 2026\n{At(10, Nagios.Problem("hal", "S" + i))}\n\n")));
        using (var import = ChatBotProgram.Start(["import", "--config", _home.ConfigurationFile, "--trusted", _archive]))
        {
            await Eventually.Is(() => Ask<long>("SELECT COUNT(*) FROM incident") > 0);
            ChatBotProgram.Signal(import.Id, 2);
            await import.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
            Assert.Equal(75, import.ExitCode);
        }

        Assert.Equal(0L, Ask<long>("SELECT COUNT(*) % 200 FROM incident"));
        Assert.InRange(Ask<long>("SELECT COUNT(*) FROM incident"), 200, Mails - 200);
        Assert.Equal(0, (await ImportAsync("--trusted")).ExitCode);
        Assert.Equal((long)Mails, Ask<long>("SELECT COUNT(*) FROM incident WHERE closed_at IS NOT NULL"));
    }

    private async Task<(int ExitCode, string Output, string Errors)> ImportAsync(params string[] options)
    {
        var outcome = await ChatBotProgram.RunAsync([], ["import", "--config", _home.ConfigurationFile, .. options, _archive]);
        return (outcome.ExitCode, outcome.Output, outcome.Errors);
    }

    private T? Ask<T>(string sql) => _home.Ask<T>(sql);

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var file = Path.Combine(_archive, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private static string At(int hour, string mail) =>
        string.Join('\n', mail.ReplaceLineEndings("\n").Split('\n').Select(line =>
            line.StartsWith("Date: ", StringComparison.Ordinal) ? $"Date: Sun, 15 Nov 2026 {hour}:00:00 +0000" : line));
}
