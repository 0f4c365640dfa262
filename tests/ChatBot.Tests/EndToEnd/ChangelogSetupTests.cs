using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>What <c>chatbot changelog setup</c> prints, pasted as it stands.</summary>
public sealed class ChangelogSetupTests
{
    private const string Absent = "openssh-server, sudo or inspircd are not installed, or this account may not mount";

    public static bool IsPossible => SshMachine.IsPossible() && InspircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsPossible))]
    public async Task Pasted_where_it_says_a_bastion_with_a_changelog_and_a_key_of_its_own_serves_both_uses()
    {
        using var irc = await InspircdServer.StartAsync();
        using var lunar = await irc.RegisterAsync("lunar", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        using var sud = new SshMachine(15);
        using var hal = new SshMachine(16);
        var known = Path.Combine(home.Path, "known_hosts");
        var keys = new[] { "sud", "hal" }.Select(name => SshdServer.MakeKey(Path.Combine(home.Path, $"key of '{name}'"), name)).ToList();
        home.WriteFile("ways", $"""
            Host sud
                HostName {sud.Address}
                Port {sud.Port}
                User passage
                IdentityFile "{keys[0]}"
            Host hal
                HostName {hal.Address}
                HostKeyAlias "hal's"
                Port {hal.Port}
                User changelog
                IdentityFile "{keys[1]}"
                ProxyJump sud
            Host *
                IdentitiesOnly yes

            """);
        home.Changelog = $"known_hosts = \"{known}\"\nssh_config = \"ways\"";
        home.Write();
        var (ofHal, ofSud) = (await PartsAsync(home, "hal"), await PartsAsync(home, "sud"));
        Assert.Equal(ofSud["On sud"], ofHal["On sud"]);

        // Twice, and beside a line of before that only root can read: sshd would take that one.
        var before = $"""
            useradd --create-home --home-dir /var/lib/passage --shell /bin/sh passage
            install -d -o passage /var/lib/passage/.ssh
            echo 'restrict,command="/bin/false" {(await File.ReadAllTextAsync(keys[0] + ".pub")).Trim()}' > /var/lib/passage/.ssh/authorized_keys

            """;
        await Task.WhenAll(sud.StartAsync(before + ofSud["On sud"] + ofHal["On sud"]), hal.StartAsync(ofHal["On hal"]));
        await PasteAsync(home, ofHal["Here"], sud.Printed + hal.Printed);
        Assert.Equal("-rw-r--r--", Mode(known));
        await using var bot = await RunningBot.StartAsync(home);

        await lunar.SayAsync("!log hal derrière");
        await lunar.HearAsync("hal:/root/changelog, lignes 1–2");
        await lunar.SayAsync("!log sud devant");
        await lunar.HearAsync("sud:/root/changelog, lignes 1–2");
        Assert.Contains("  derrière [chatbot 1]", await File.ReadAllLinesAsync(hal.FileOf("/root/changelog")));
        Assert.Contains("  devant [chatbot 2]", await File.ReadAllLinesAsync(sud.FileOf("/root/changelog")));
        Assert.Single(await File.ReadAllLinesAsync(sud.FileOf("/var/lib/passage/.ssh/authorized_keys")));
        Assert.Equal("-r--r-----", Mode(hal.FileOf("/etc/sudoers.d/chatbot-changelog")));
    }

    // By what their first comment begins with.
    private static async Task<Dictionary<string, string>> PartsAsync(BotHome home, string machine)
    {
        var (code, output, errors) = await ChatBotProgram.RunAsync([], "changelog", "setup", machine, "--config", home.ConfigurationFile);
        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("\t", output, StringComparison.Ordinal); // A terminal would complete names there.
        return Regex.Split(output, @"^\n(?=# (?:On |Here,|Then,))", RegexOptions.Multiline)
            .ToDictionary(part => Regex.Match(part, "^# ([A-Z][a-z]+(?: [a-z]+(?=,))?)").Groups[1].Value, StringComparer.Ordinal);
    }

    private static async Task PasteAsync(BotHome home, string lines, string typed)
    {
        var file = home.WriteFile("pasted", lines);
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"umask 077; . '{file}' > '{file}.printed'"]) { RedirectStandardInput = true })!;
        await shell.StandardInput.WriteAsync(string.Concat(typed.Split('\n').Where(line => line.Contains(" ssh-ed25519 ", StringComparison.Ordinal)).Select(line => line + "\n")));
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
    }

    private static string Mode(string path)
    {
        using var ls = Process.Start(new ProcessStartInfo("stat", ["-c", "%A", path]) { RedirectStandardOutput = true })!;
        return ls.StandardOutput.ReadToEnd().Trim();
    }
}
