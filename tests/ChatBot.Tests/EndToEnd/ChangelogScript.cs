using System.Diagnostics;
using System.Text;
using ChatBot.Tests.Configuration;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>packaging/changelog-append</c> for a changelog in a folder of its own, with the tools of Debian or of busybox alone.</summary>
internal sealed class ChangelogScript : IDisposable
{
    private static readonly string Packaged = Path.Combine(Repository.Root, "packaging", "changelog-append");

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _shell;

    /// <param name="shell"><c>dash</c> or <c>busybox</c>.</param>
    /// <param name="changelog">The file; one in its own folder where it is null.</param>
    public ChangelogScript(string shell = "dash", string? changelog = null)
    {
        Changelog = changelog ?? _folder["changelog"];
        _shell = shell == "busybox" ? ["busybox", "sh"] : [shell];
        var text = File.ReadAllText(Packaged).Replace("\nchangelog=/root/changelog\n", $"\nchangelog={Changelog}\n", StringComparison.Ordinal);
        if (shell == "busybox")
        {
            // Debian's has no flock, which its base system always has.
            var tools = Directory.CreateDirectory(_folder["tools"]).FullName;
            Run("busybox", "--install", "-s", tools);
            File.CreateSymbolicLink(Path.Combine(tools, "flock"), "/usr/bin/flock");
            text = text.Replace("\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n", $"\nPATH={tools}\n", StringComparison.Ordinal);
        }

        text = text.Replace("\nallowed=/etc/chatbot/changelog-tail\n", $"\nallowed={TailAllowed}\n", StringComparison.Ordinal);
        text = text.Replace("\nPATH=", $"\nPATH={_folder["instead"]}:", StringComparison.Ordinal);

        File.WriteAllText(Program, text);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Changelog { get; }

    public string Program => _folder["changelog-append"];

    public string Folder => _folder.Path;

    /// <summary>The file that lets the changelog be read.</summary>
    public string TailAllowed => _folder["changelog-tail"];

    public Task<(int ExitCode, string Answer)> AppendAsync(params string[] entries) =>
        GiveAsync(Encoding.UTF8.GetBytes(string.Concat(entries.Select(entry => entry + "\n.\n"))));

    /// <summary>Has it run another program by the name of one of its tools.</summary>
    public void Replace(string tool, string script)
    {
        var path = Path.Combine(Directory.CreateDirectory(_folder["instead"]).FullName, tool);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Exactly these bytes on its standard input.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="before">Words of a shell that runs it: <c>ulimit -f 1</c>.</param>
    public async Task<(int ExitCode, string Answer)> GiveAsync(byte[] input, string before = "true")
    {
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", $"{before}; exec {string.Join(' ', _shell)} '{Program}'" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // What ssh would set, and what somebody may try.
            Environment = { ["SSH_ORIGINAL_COMMAND"] = "reboot", ["changelog"] = "/dev/null", ["IFS"] = "/" },
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        var complaints = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await complaints;
        await process.WaitForExitAsync();
        return (process.ExitCode, answer);
    }

    public void Dispose() => _folder.Dispose();

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}
