using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatBot.Async;

namespace ChatBot.Changelog;

/// <summary>Runs OpenSSH's client: with one configuration, without a shell or terminal, in the C locale, for half a minute at most.</summary>
/// <param name="config">Full path of the configuration, see <see cref="SshConfig"/>.</param>
/// <param name="time">For the time-outs.</param>
/// <param name="program">The client.</param>
internal sealed class SshProgram(string config, TimeProvider time, string program = SshProgram.Usual)
{
    /// <summary>The first of this name in PATH.</summary>
    public const string Usual = "ssh";

    /// <summary>For all hops together, and for what runs there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MostOutput = 64 * 1024;
    private const int MostHops = 8;

    // The agent may hold the key; everything else of the environment may change what ssh does.
    private static readonly string[] Kept = ["PATH", "HOME", "SSH_AUTH_SOCK"];

    /// <summary>The way to a host by what the configuration says, the first hop first; nothing is connected to.</summary>
    /// <exception cref="SshException">The configuration cannot be read, or there is no ssh.</exception>
    public async Task<IReadOnlyList<SshHop>> RouteAsync(string host, CancellationToken cancellationToken)
    {
        var hops = new List<SshHop>();
        await AddAsync(hops, host, 0, isJumpGiven: false, cancellationToken);
        return hops;
    }

    /// <summary>Connects to a host, hands a text to what runs there, and takes its answer.</summary>
    /// <exception cref="SshException">There is no ssh.</exception>
    public Task<SshRun> RunAsync(string host, string input, CancellationToken cancellationToken) =>
        RunAsync(["-F", config, "-T", "-a", "-x", "--", host], input, Encoding.Latin1, cancellationToken);

    // A jump that is given replaces the one of the configuration, as with ssh -J.
    private async Task AddAsync(List<SshHop> hops, string place, int depth, bool isJumpGiven, CancellationToken cancellationToken)
    {
        if (depth > MostHops)
        {
            throw new SshException(
                $"ProxyJump leads to {place} over more than {MostHops} hosts, or in a circle",
                $"ProxyJump mène à {place} par plus de {MostHops} machines, ou tourne en rond");
        }

        var run = await RunAsync(["-F", config, "-G", "--", place.Contains(':', StringComparison.Ordinal) ? $"ssh://{place}" : place], "", Encoding.UTF8, cancellationToken);
        switch (run.ExitCode)
        {
            case 0:
                break;
            case null:
                throw new SshException(
                    $"ssh -G {place} did not end within {Patience.TotalSeconds} seconds: a Match exec of your ssh_config that hangs?",
                    $"ssh -G {place} n'a pas fini en {Patience.TotalSeconds} secondes : un Match exec de votre ssh_config qui ne rend pas la main ?");
            default:
                throw new SshException(run.LastComplaint is { Length: > 0 } said ? said : $"ssh -G {place}: exit {run.ExitCode}");
        }

        var values = run.Output.Split('\n').Select(line => line.Split(' ', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        var (name, port) = (values["hostname"].FirstOrDefault(place), int.Parse(values["port"].FirstOrDefault("22"), CultureInfo.InvariantCulture));
        if (!isJumpGiven && values["proxyjump"].FirstOrDefault() is { } jumps and not "none")
        {
            var isFirst = true;
            foreach (var jump in jumps.Split(','))
            {
                await AddAsync(hops, jump, depth + 1, !isFirst, cancellationToken);
                isFirst = false;
            }
        }

        var known = values["hostkeyalias"].FirstOrDefault(name);
        hops.Add(new SshHop(place.Split('@')[^1].Split(':')[0], name, port)
        {
            User = values["user"].FirstOrDefault(""),
            KnownAs = port == 22 || values["hostkeyalias"].Any() ? known : $"[{known}]:{port}",
            Keys = [.. values["identityfile"]],
            IsByCommand = values["proxycommand"].Any(command => command != "none"),
        });
    }

    private async Task<SshRun> RunAsync(IEnumerable<string> arguments, string input, Encoding encoding, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Patience, time, cancellationToken);
        using var process = new Process { StartInfo = Start(arguments, encoding) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new SshException($"{program}: {e.Message}");
        }

        var (output, complaints) = (new StringBuilder(), new StringBuilder());
        try
        {
            var reading = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, limit.Token), ReadAsync(process.StandardError, complaints, limit.Token));
            await GiveAsync(process, input, limit.Token);
            await reading;
            await process.WaitForExitAsync(limit.Token);
            return new SshRun(process.ExitCode, output.ToString(), complaints.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SshRun(null, output.ToString(), complaints.ToString());
        }
        finally
        {
            Kill(process);
        }
    }

    private ProcessStartInfo Start(IEnumerable<string> arguments, Encoding encoding)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = encoding,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Except(Kept).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task GiveAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before it read all of it: its exit code says why.
        }
    }

    // What is more than anybody needs is read all the same, so that the other side is not held up.
    private static async Task ReadAsync(StreamReader from, StringBuilder into, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            into.Append(buffer, 0, Math.Min(read, MostOutput - into.Length));
        }
    }

    // Each jump is a child of the one after it.
    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended, which is what was wanted.
        }
    }
}
