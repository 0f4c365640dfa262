using System.Diagnostics;

namespace ChatBot.Tests.EndToEnd;

/// <summary>A real sshd on an address of its own of the loopback network, with its own keys; whoever runs the tests may log in by key.</summary>
public sealed class SshdServer : LoopbackServer
{
    /// <param name="number">Of its address, 127.0.0.NUMBER.</param>
    public SshdServer(int number) => Address = $"127.0.0.{number}";

    public string Address { get; }

    public string AuthorizedKeys => Path.Combine(Folder.FullName, "authorized_keys");

    public string HostKey => Path.Combine(Folder.FullName, "host");

    /// <summary>Public keys that sign those of users; none where empty.</summary>
    public string UserAuthority { get; set; } = "";

    /// <summary>All that it has logged.</summary>
    public string Log => Said;

    public static bool IsInstalled() => IsInstalled("sshd") && IsInstalled("ssh") && IsInstalled("ssh-keygen");

    /// <summary>A key pair beside a name; the name of its public half ends in <c>.pub</c>.</summary>
    public static string MakeKey(string path, string comment = "chatbot")
    {
        File.Delete(path);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path);
        return path;
    }

    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {process.StandardError.ReadToEnd()}");
        }
    }

    public async Task StartAsync()
    {
        if (!File.Exists(HostKey))
        {
            MakeKey(HostKey, "host");
        }

        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd"); // Where root's sshd shuts its children in.
        }

        var file = Path.Combine(Folder.FullName, "sshd_config");
        await File.WriteAllTextAsync(file, $"""
            ListenAddress 127.0.0.1:{Port}
            ListenAddress {Address}:{Port}
            HostKey {HostKey}
            AuthorizedKeysFile {AuthorizedKeys}
            {(UserAuthority.Length > 0 ? $"TrustedUserCAKeys {UserAuthority}" : "")}
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PidFile none
            LogLevel VERBOSE
            """);
        await StartAsync("sshd", "-D", "-e", "-f", file);
    }
}
