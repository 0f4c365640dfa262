using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>!log</c> for machines behind a bastion, with real servers on every hop.</summary>
public sealed class ChangelogBySshTests
{
    private const string Absent = "openssh-server, inspircd or atheme-services are not installed, or InspIRCd 4 needs a newer Atheme";

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CHATBOT_KILLS"), out var asked) ? asked : 1;

    public static bool AreInstalled => SshdServer.IsInstalled() && InspircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(AreInstalled)), InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Set_up_as_printed_the_first_entry_ends_with_its_lines(Locale locale)
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port, locale);
        using var ground = await SshGround.StartAsync(home);
        await File.WriteAllTextAsync(ground.HalScript.Changelog, "2026-11-20 09:00 mag: disque changé\n");
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SayAsync("!log hal redémarré le POP ; $(reboot) `id` 'x' \"y\" \\n %s");
        await lunar.HearAsync(home.In("noté, en route vers hal", "noted, on its way to hal"));
        await lunar.HearAsync(home.In(
            $"hal:{ground.HalScript.Changelog}, lignes 2–3", $"hal:{ground.HalScript.Changelog}, lines 2–3"));
        var lines = await File.ReadAllLinesAsync(ground.HalScript.Changelog);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d \+0[12]00: lunar$", lines[1]);
        Assert.Equal("  redémarré le POP ; $(reboot) `id` 'x' \"y\" \\n %s [chatbot 1]", lines[2]);

        // What an eye would not see does not get there, and nothing that ends a line.
        await lunar.SayAsync("!log hal a\u202eb\u2028c\u001b[31md\u0085e");
        await lunar.HearAsync(home.In("lignes 4–5", "lines 4–5"));
        Assert.Matches(@"^  a ?b c ?\[?3?1?m?d e \[chatbot 2\]$", (await File.ReadAllLinesAsync(ground.HalScript.Changelog))[4]);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task A_bastion_with_another_key_is_named_and_once_it_is_right_all_arrives_in_order()
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var mag = await irc.RegisterAsync("mag", $"{BotHome.RootChannel} {BotHome.RootKey}");
        await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        using var home = new BotHome(irc.Port) { HasRootChannel = true };
        // What a user may have written for people does not loosen the bot's checks, and does not hold its answer up.
        using var ground = await SshGround.StartAsync(home);
        ground.Config = "Host *\n    StrictHostKeyChecking no\n    KnownHostsCommand /bin/echo %H %t %K\n    ControlMaster auto\n    ControlPath /tmp/chatbot-tests-%C\n    ControlPersist 10m\n    LogLevel QUIET";
        ground.Write();
        var (right, itsKey) = (await File.ReadAllTextAsync(ground.KnownHosts), await File.ReadAllBytesAsync(ground.Sud.HostKey));
        await SshGround.ChangeKeyAsync(ground.Sud);
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SayAsync("!log hal un");
        await mag.HearAsync("[hal] les lignes du changelog attendent : la clé d'hôte de sud n'est pas celle de known_hosts, je ne m'y connecte pas");
        await lunar.SayAsync("!log hal deux");
        await lunar.SayAsync("!log hal trois");
        await Eventually.UntilAsync("three wait", () => home.Ask<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'changelog' AND done_at IS NULL") == 3);
        Assert.False(File.Exists(ground.HalScript.Changelog));

        ground.Sud.Kill();
        await File.WriteAllBytesAsync(ground.Sud.HostKey, itsKey);
        await ground.Sud.StartAsync();
        bot.Signal(ChatBotProgram.Hangup);
        await bot.UntilLogAsync("Configuration reloaded");
        await lunar.SayAsync("!log hal quatre");
        await lunar.HearAsync($"hal:{ground.HalScript.Changelog}, lignes 1–8 : 4 entrées");
        var lines = await File.ReadAllLinesAsync(ground.HalScript.Changelog);
        Assert.Equal(["  un [chatbot 1]", "  deux [chatbot 2]", "  trois [chatbot 3]", "  quatre [chatbot 4]"], lines.Where((_, at) => at % 2 == 1));
        Assert.DoesNotContain(await lunar.SaidByBotAsync(), line => line.Contains("known_hosts", StringComparison.Ordinal));
        Assert.Equal(right, await File.ReadAllTextAsync(ground.KnownHosts));
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task Who_refuses_is_named_and_so_is_who_edits_the_file()
    {
        using var irc = await InspircdServer.StartAsync();
        using var mag = await irc.RegisterAsync("lunar", $"{BotHome.RootChannel},{BotHome.Channel} {BotHome.RootKey}");
        await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        using var home = new BotHome(irc.Port) { HasRootChannel = true };
        using var ground = await SshGround.StartAsync(home);
        await using var bot = await RunningBot.StartAsync(home);
        var (passage, key) = (await File.ReadAllTextAsync(ground.Sud.AuthorizedKeys), await File.ReadAllTextAsync(ground.Hal.AuthorizedKeys));

        await File.WriteAllTextAsync(ground.Sud.AuthorizedKeys, passage.Replace("permitopen", "permitlisten", StringComparison.Ordinal).Replace("port-forwarding,", "", StringComparison.Ordinal));
        await mag.SayAsync("!log hal un");
        await mag.HearAsync("sud ne me laisse pas passer");
        await File.WriteAllTextAsync(ground.Sud.AuthorizedKeys, passage);

        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, "");
        await AgainAsync("deux");
        await mag.HearAsync("[hal] les lignes du changelog attendent : hal n'accepte pas ma clé ssh ; nouvel essai dans 30 secondes");

        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, key.Replace(ground.HalScript.Program, "/nowhere/changelog-append", StringComparison.Ordinal));
        await AgainAsync("trois");
        await mag.HearAsync("changelog-append ne s'exécute pas sur hal");

        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, key.Replace(ground.HalScript.Program, $"ulimit -f 0; exec {ground.HalScript.Program}", StringComparison.Ordinal));
        await AgainAsync("quatre");
        await mag.HearAsync($"[hal] {ground.HalScript.Changelog} : le disque ne prend rien, le fichier est comme avant ; les lignes du changelog attendent");
        Assert.Empty(await File.ReadAllTextAsync(ground.HalScript.Changelog));

        // A program of that name, and the lock that emacs makes.
        var vim = Path.Combine(ground.HalScript.Folder, "vim");
        File.Copy("/bin/sleep", vim);
        using var editor = Process.Start(vim, "300");
        var held = Path.Combine(ground.HalScript.Folder, ".#changelog");
        File.CreateSymbolicLink(held, $"zoe@hal.{editor.Id}:1700000000");
        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, key);
        await AgainAsync("cinq");
        await mag.HearAsync($"[hal] {ground.HalScript.Changelog} est ouvert dans vim (zoe), j'attends");
        Assert.Empty(await File.ReadAllTextAsync(ground.HalScript.Changelog));
        editor.Kill();
        File.Delete(held);
        await AgainAsync("six");
        await mag.HearAsync($"hal:{ground.HalScript.Changelog}, lignes 1–12 : 6 entrées");

        // Nothing of it reached the other machine, which the same bastion leads to.
        await mag.SayAsync("!log sql vu");
        await mag.HearAsync($"sql:{ground.SqlScript.Changelog}, lignes 1–2");

        async Task AgainAsync(string text)
        {
            bot.Signal(ChatBotProgram.Hangup);
            await mag.SayAsync($"!log hal {text}");
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task A_kill_between_the_append_and_its_answer_leaves_one_entry_of_each()
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        using var ground = await SshGround.StartAsync(home);
        var (appended, key) = (Path.Combine(ground.HalScript.Folder, "appended"), await File.ReadAllTextAsync(ground.Hal.AuthorizedKeys));
        var slowly = $"a=$({ground.HalScript.Program}); c=$?; touch {appended}; sleep 1; echo \\\"$a\\\"; exit $c";
        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, key.Replace(ground.HalScript.Program, slowly, StringComparison.Ordinal));
        var bot = await RunningBot.StartAsync(home);
        try
        {
            for (var time = 1; time <= Kills; time++)
            {
                File.Delete(appended);
                await lunar.SayAsync($"!log hal fois {time}.");
                await Eventually.UntilAsync("it is appended", () => File.Exists(appended));
                await bot.DisposeAsync();
                bot = await RunningBot.StartAsync(home);
                await lunar.HearAsync($"hal:{ground.HalScript.Changelog}, lignes {(time * 2) - 1}–{time * 2}");
            }

            // Sixty that have waited for an absence: as many connections as answers.
            await bot.DisposeAsync();
            home.Change("""
                WITH RECURSIVE n(n) AS (SELECT 101 UNION ALL SELECT n + 1 FROM n WHERE n < 160)
                INSERT INTO outbox (kind, target, audience, payload, created_at)
                SELECT kind, target, audience, replace(payload, 'fois 1. [chatbot 1]', n || '. [chatbot ' || n || ']'), created_at
                FROM outbox, n WHERE kind = 'changelog' AND payload LIKE '%[chatbot 1]' ORDER BY n
                """);
            File.Delete(appended);
            bot = await RunningBot.StartAsync(home);
            await Eventually.UntilAsync("fifty are appended", () => File.Exists(appended));
            await bot.DisposeAsync();
            var before = Regex.Count(ground.Hal.Log, "^Accepted publickey", RegexOptions.Multiline);
            bot = await RunningBot.StartAsync(home);
            await lunar.HearAsync($"hal:{ground.HalScript.Changelog}, lignes {(Kills * 2) + 1}–{(Kills * 2) + 100} : 50 entrées");
            await lunar.HearAsync($"hal:{ground.HalScript.Changelog}, lignes {(Kills * 2) + 101}–{(Kills * 2) + 120} : 10 entrées");
            Assert.Equal(before + 2, Regex.Count(ground.Hal.Log, "^Accepted publickey", RegexOptions.Multiline));

            var lines = await File.ReadAllLinesAsync(ground.HalScript.Changelog);
            Assert.Equal(
                Enumerable.Range(1, Kills).Select(time => $"  fois {time}. [chatbot {time}]").Concat(Enumerable.Range(101, 60).Select(n => $"  {n}. [chatbot {n}]")),
                lines.Where((_, at) => at % 2 == 1));
        }
        finally
        {
            await bot.DisposeAsync();
        }
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task What_people_write_there_is_read_where_root_allows_it()
    {
        using var irc = await InspircdServer.StartAsync();
        using var mag = await irc.RegisterAsync("lunar", $"{BotHome.RootChannel} {BotHome.RootKey}");
        await mag.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        using var home = new BotHome(irc.Port) { HasRootChannel = true, MoreMachines = "[[machine]]\nname = \"autre\"\nchangelog = \"ssh:hal\"\nchangelog_tail = true" };
        using var ground = await SshGround.StartAsync(home);
        Assert.Contains("\ninstall -d -m 755 /etc/chatbot && touch /etc/chatbot/changelog-tail\n", await ground.SetupAsync("autre"), StringComparison.Ordinal);
        Assert.DoesNotContain("changelog-tail\n", (await ground.SetupAsync("hal")).Replace("allowed=/etc/chatbot/changelog-tail\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(ground.HalScript.Changelog, [.. "2026-11-20 09:00 mag: disque chang\u00e9\n2026-11-21 09:00 mag: "u8, 0x63, 0x9C, 0x75, 0x72, (byte)'\n']);
        await using (await RunningBot.StartAsync(home))
        {
            await mag.HearAsync("[autre] ne me laisse pas lire son changelog : il y manque /etc/chatbot/changelog-tail, ou changelog-append est ancien (chatbot changelog setup autre)");
        }

        await File.WriteAllTextAsync(ground.HalScript.TailAllowed, "");
        await using var bot = await RunningBot.StartAsync(home);
        await Eventually.UntilAsync("it is read", () => home.Ask<long>("SELECT COUNT(*) FROM changelog_entry WHERE machine = 'autre'") == 2);
        await mag.SendAsync($"PRIVMSG {BotHome.RootChannel} :!log autre ? c\u0153ur");
        await mag.HearAsync("[autre] mag, ");
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task A_certificate_of_a_user_authority_needs_no_word_in_the_configuration_of_the_bot()
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        using var ground = await SshGround.StartAsync(home);
        var authority = SshdServer.MakeKey(Path.Combine(home.Path, "ca"), "ca");
        SshdServer.Run(
            "ssh-keygen", "-q", "-s", authority, "-I", "chatbot", "-n", Environment.UserName, "-O", "clear",
            "-O", $"force-command={ground.HalScript.Program}", ground.Key + ".pub");
        ground.Hal.Kill();
        await File.WriteAllTextAsync(ground.Hal.AuthorizedKeys, "");
        ground.Hal.UserAuthority = authority + ".pub";
        await ground.Hal.StartAsync();
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SayAsync("!log hal par certificat");
        await lunar.HearAsync($"hal:{ground.HalScript.Changelog}, lignes 1–2");
        Assert.Contains("ED25519-CERT", ground.Hal.Log, StringComparison.Ordinal);
    }

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task Setup_names_every_machine_that_the_bastion_leads_to_and_refuses_what_it_cannot_do()
    {
        using var home = new BotHome(FreePort.Ask());
        using var ground = await SshGround.StartAsync(home);
        var printed = await ground.SetupAsync("sql");
        Assert.Contains(
            $"restrict,port-forwarding,permitopen=\"{ground.Sql.Address}:{ground.Sql.Port}\",permitopen=\"{ground.Hal.Address}:{ground.Hal.Port}\",permitlisten=\"localhost:1\",command=\"/usr/lib/chatbot/changelog-append\" ssh-ed25519 ",
            printed, StringComparison.Ordinal);
        Assert.Contains($"ssh-keygen -l -f '{ground.KnownHosts}' -F '[{ground.Sql.Address}]:{ground.Sql.Port}'", printed, StringComparison.Ordinal);
        File.Move(ground.Key + ".pub", ground.Key + ".old");
        Assert.EndsWith($"\nssh-keygen -t ed25519 -N '' -C chatbot -f '{ground.Key}'\n", await ground.SetupAsync("sql"), StringComparison.Ordinal);
        ground.Config = "Host sql\n    User \"a b\"\n";
        ground.Write();
        Assert.Contains("sql: no line can be written for the account a b", (await Assert.ThrowsAsync<InvalidOperationException>(() => ground.SetupAsync("sql"))).Message, StringComparison.Ordinal);
        var nothing = await ChatBotProgram.RunAsync([], "changelog", "setup", "routeur", "--config", home.ConfigurationFile);
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("routeur is not reached by ssh; write changelog = \"ssh:routeur\" in the inventory", nothing.Errors, StringComparison.Ordinal);
        var near = await ChatBotProgram.RunAsync([], "changelog", "setup", "hla", "--config", home.ConfigurationFile);
        Assert.Contains("the inventory has no machine hla; did you mean hal", near.Errors, StringComparison.Ordinal);
    }
}
