using System.ComponentModel;
using System.Diagnostics;
using ChatBot.Async;
using ChatBot.Core.Text;

namespace ChatBot.OpenPgp;

/// <summary>
/// Runs <c>gpg</c> on a home folder of its own: without anybody's options, agents that are not wanted, trust or network, in the C locale, for ten
/// seconds at most.
/// </summary>
/// <param name="home">Full path of the home folder; nobody else's.</param>
/// <param name="time">For the time-out.</param>
public sealed class GpgProgram(string home, TimeProvider time)
{
    public const int MostOutput = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Always =
    [
        "--no-options", "--batch", "--no-tty", "--disable-dirmngr", "--no-auto-key-retrieve", "--no-auto-key-locate",
        "--trust-model", "always", "--status-fd", "1",
    ];

    public string Home => home;

    /// <summary>Whether it may start the agent that keeps secret keys; it ends by itself once the home folder is gone.</summary>
    public bool MayStartAgent { get; init; }

    /// <summary>What it says on its standard output; null where it does not start, takes too long or says too much.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">After those that are always given. Its exit code says no more than its status.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<string?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>The same with something on its standard input.</summary>
    public async Task<string?> RunAsync(string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Patience, time, cancellationToken);
        using var process = new Process { StartInfo = Start(program, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            await WriteAsync(process.StandardInput.BaseStream, input, limit.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            if (output is null)
            {
                return null;
            }

            await complaints;
            await process.WaitForExitAsync(limit.Token);
            return output;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            Kill(process);
        }
    }

    private ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = home;
        start.ArgumentList.Add("--homedir");
        start.ArgumentList.Add(home);
        foreach (var argument in Always.Concat(MayStartAgent ? [] : ["--no-autostart"]).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // GnuPG that finds no usable key ends before it has read anything; what it says of that is its answer.
    private static async Task WriteAsync(Stream standardInput, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await standardInput.WriteAsync(input, cancellationToken);
            standardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static async Task<string?> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        using var said = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            if (said.Length + length > MostOutput)
            {
                return null;
            }

            said.Write(buffer, 0, length);
        }

        return UnknownCharset.Read(said.GetBuffer().AsSpan(0, (int)said.Length));
    }

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
