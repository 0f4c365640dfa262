using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// A real server as a child process, with its files in a folder of its own and on loopback ports that the system gave. Killed, with
/// its folder, when it is disposed of.
/// </summary>
public abstract class LoopbackServer : IDisposable
{
    private const int Attempts = 400;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(25);
    private readonly StringBuilder _said = new();
    private Process? _process;

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("chatbot-tests-");

    public int Port { get; } = FreePort.Ask();

    /// <summary>All that it has said on its terminal.</summary>
    protected string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>True where the program is installed; tests that need it are skipped elsewhere.</summary>
    public static bool IsInstalled(string program) => Find(program) is not null;

    /// <summary>Its process neither reads nor answers until it is thawed or killed.</summary>
    public void Freeze() => ChatBotProgram.Signal(_process!.Id, ChatBotProgram.Stop);

    public void Thaw() => ChatBotProgram.Signal(_process!.Id, ChatBotProgram.Continue);

    /// <summary>Asks it to end, as systemd does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        ChatBotProgram.Signal(_process!.Id, ChatBotProgram.Terminate);
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        Kill();
    }

    public void Kill()
    {
        if (_process is not { } process)
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Kill();
        Folder.Delete(recursive: true);
    }

    /// <summary>Starts the program and waits until it takes connections.</summary>
    protected async Task StartAsync(string program, params string[] arguments)
    {
        Launch(program, arguments);
        await WaitForPortAsync(Port);
    }

    /// <summary>The same for a program that refuses to be root, where we are: its folder is then open to whoever it is.</summary>
    protected async Task StartAsNobodyAsync(params string[] command)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            await StartAsync(command[0], command[1..]);
            return;
        }

        foreach (var one in Folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(Folder))
        {
            one.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite
                | (one is DirectoryInfo ? UnixFileMode.OtherExecute : UnixFileMode.None);
        }
        await StartAsync("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command]);
    }

    /// <param name="program">A name that is looked for, or a whole path.</param>
    /// <param name="arguments">Of the program.</param>
    protected void Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program) ?? throw new InvalidOperationException($"{program} is not installed."))
        {
            WorkingDirectory = Folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }

    private static async Task WaitForPortAsync(int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (attempt < Attempts)
            {
                await Task.Delay(BetweenAttempts, RealClock.Instance);
            }
        }
    }

    private static string? Find(string program) =>
        new[] { "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin" }
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
