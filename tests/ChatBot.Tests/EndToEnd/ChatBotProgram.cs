using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// The program as users start it: the native binary that <c>CHATBOT_BINARY</c> names, else what was built beside the tests.
/// </summary>
internal static class ChatBotProgram
{
    public const int Hangup = 1;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>The words that run it, before its arguments.</summary>
    public static IReadOnlyList<string> Call => Environment.GetEnvironmentVariable("CHATBOT_BINARY") is { Length: > 0 } binary
        ? [binary]
        : ["dotnet", Path.Combine(AppContext.BaseDirectory, "chatbot.dll")];

    /// <summary>Starts it with all its streams redirected.</summary>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Call[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Call.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">The call.</param>
    public static Task<Outcome> RunAsync(byte[] input, params string[] arguments) => RunAsync(input, arguments, null);

    /// <summary>Runs it to its end as a shell does.</summary>
    /// <param name="redirection">In the words of <c>sh</c>.</param>
    /// <param name="arguments">The call.</param>
    public static async Task<Outcome> RunRedirectedAsync(string redirection, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec \"$@\" {redirection}", "sh", .. Call, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return await EndAsync(process, []);
    }

    public static async Task<Outcome> RunAsync(
        byte[] input, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        using var process = Start(arguments, environment);
        return await EndAsync(process, input);
    }

    private static async Task<Outcome> EndAsync(Process process, byte[] input)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience, RealClock.Instance);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await GiveAsync(process, input, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill();
        }
    }

    // A program that needs no input may be gone before it is written.
    private static async Task GiveAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Its exit code tells.
        }
    }

    public static void Signal(int process, int signal)
    {
        if (Kill(process, signal) != 0)
        {
            throw new InvalidOperationException($"No process {process} takes a signal.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    /// <summary>What a run of the program left.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Errors);
}
