using System.Diagnostics;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A machine with files of its own: this one's, of which what is written is a copy. Root has umask 077 there, its sshd checks the modes
/// of files, and does without PAM.
/// </summary>
internal sealed class SshMachine : LoopbackServer
{
    // A folder in memory: not every file system takes the upper half of another one.
    private readonly DirectoryInfo _files = Directory.CreateDirectory(System.IO.Path.Combine("/dev/shm", System.IO.Path.GetRandomFileName()));

    /// <param name="number">Of its address, 127.0.0.NUMBER.</param>
    public SshMachine(int number) => Address = $"127.0.0.{number}";

    public string Address { get; }

    /// <summary>What the lines that root pasted have printed.</summary>
    public string Printed => File.ReadAllText(FileOf("printed"));

    /// <summary>What sshd and the lines complained of.</summary>
    public string Log => Said;

    /// <summary>Whether this account may mount, which the files need.</summary>
    public static bool IsPossible()
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0 && SshdServer.IsInstalled() && IsInstalled("visudo");
    }

    /// <summary>A file of the machine, where it has written it.</summary>
    public string FileOf(string path) => System.IO.Path.Combine(_files.FullName, "upper", path.TrimStart('/'));

    /// <summary>Pastes lines into a shell of root, then starts sshd.</summary>
    public async Task StartAsync(string lines)
    {
        foreach (var name in new[] { "upper/etc/ssh", "work", "root" })
        {
            _files.CreateSubdirectory(name);
        }

        SshdServer.MakeKey(FileOf("etc/ssh/ssh_host_ed25519_key"), "host");
        await File.WriteAllTextAsync(FileOf("pasted"), lines);
        await File.WriteAllTextAsync(FileOf("etc/ssh/sshd_config"), $"""
            ListenAddress 127.0.0.1:{Port}
            ListenAddress {Address}:{Port}
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PidFile none
            LogLevel VERBOSE
            """);
        await StartAsync("unshare", "--mount", "sh", "-c", $"""
            cd {_files.FullName} &&
            mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root &&
            mount --rbind /dev root/dev && mount -t proc proc root/proc && mount -t tmpfs tmpfs root/run || exit
            mkdir root/run/sshd
            rm -f root/root/changelog
            exec chroot root sh -c 'umask 077; bash < pasted > printed; exec /usr/sbin/sshd -D -e'
            """);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _files.Delete(recursive: true);
    }
}
