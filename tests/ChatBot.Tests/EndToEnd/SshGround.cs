using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ChatBot.Tests.EndToEnd;

/// <summary>Two machines behind a bastion, each with its sshd, set up by what <c>chatbot changelog setup</c> prints.</summary>
internal sealed class SshGround : IDisposable
{
    private readonly BotHome _home;
    private readonly TemporaryFolder _folder = new();

    private SshGround(BotHome home) => _home = home;

    public SshdServer Sud { get; } = new(12);

    public SshdServer Hal { get; } = new(13);

    public SshdServer Sql { get; } = new(14);

    public ChangelogScript HalScript { get; private set; } = new();

    public ChangelogScript SqlScript { get; } = new();

    public string Key => _folder["key"];

    public string KnownHosts => _folder["known_hosts"];

    /// <summary>More lines of the group's ssh_config, before the others.</summary>
    public string Config { get; set; } = "";

    /// <summary>Starts the servers and does what the bot says about both machines.</summary>
    /// <param name="home">Of the bot.</param>
    /// <param name="halChangelog">Where hal's file is; null for a folder of its own.</param>
    public static async Task<SshGround> StartAsync(BotHome home, string? halChangelog = null)
    {
        var ground = new SshGround(home);
        if (halChangelog is not null)
        {
            ground.HalScript.Dispose();
            ground.HalScript = new ChangelogScript(changelog: halChangelog);
        }

        SshdServer.MakeKey(ground.Key);
        ground.Write();
        await Task.WhenAll(ground.Sud.StartAsync(), ground.Hal.StartAsync(), ground.Sql.StartAsync());
        await ground.SetUpAsync();
        return ground;
    }

    /// <summary>Writes the configuration of ssh, and that of the bot.</summary>
    public void Write()
    {
        File.WriteAllText(_folder["config"], $"""
            {Config}
            Host sud
                HostName {Sud.Address}
                Port {Sud.Port}
            Host hal
                HostName {Hal.Address}
                Port {Hal.Port}
                ProxyJump sud
            Host sql
                HostName {Sql.Address}
                Port {Sql.Port}
                ProxyJump sud
            Host *
                User {Environment.UserName}
                IdentityFile {Key}
                IdentitiesOnly yes

            """);
        _home.Changelog = $"known_hosts = \"{KnownHosts}\"\nssh_config = \"{_folder["config"]}\"";
        _home.Write();
    }

    public async Task<string> SetupAsync(string machine)
    {
        var (code, output, errors) = await ChatBotProgram.RunAsync([], "changelog", "setup", machine, "--config", _home.ConfigurationFile);
        return code == 0 ? output : throw new InvalidOperationException(errors);
    }

    /// <summary>Every connection to a server is to be refused or accepted by another key from now on.</summary>
    public static async Task ChangeKeyAsync(SshdServer server)
    {
        server.Kill();
        SshdServer.MakeKey(server.HostKey, "other");
        await server.StartAsync();
    }

    public void Dispose()
    {
        foreach (var server in new[] { Sud, Hal, Sql })
        {
            server.Dispose();
        }

        HalScript.Dispose();
        SqlScript.Dispose();
        _folder.Dispose();
    }

    private async Task SetUpAsync()
    {
        var known = new List<string>();
        foreach (var (machine, server, script) in new[] { ("hal", Hal, HalScript), ("sql", Sql, SqlScript) })
        {
            // First the bastion's line, then the machine's.
            var printed = await SetupAsync(machine);
            var keys = Regex.Matches(printed, "^.* '(restrict,.*)'; }", RegexOptions.Multiline).Select(key => key.Groups[1].Value + "\n").ToList();
            await File.WriteAllTextAsync(Sud.AuthorizedKeys, keys[0]);
            await File.WriteAllTextAsync(server.AuthorizedKeys, keys[1].Replace("/usr/lib/chatbot/changelog-append", script.Program, StringComparison.Ordinal));
            foreach (var (print, of) in printed.Split('\n').Where(line => line.StartsWith("printf ", StringComparison.Ordinal) && line.Contains("/etc/ssh/", StringComparison.Ordinal)).Zip([Sud, server]))
            {
                known.Add(await ShellAsync(print.Replace("/etc/ssh/ssh_host_ed25519_key.pub", of.HostKey + ".pub", StringComparison.Ordinal)));
            }
        }

        await File.WriteAllTextAsync(KnownHosts, string.Concat(known.Distinct()));
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync();
    }
}
