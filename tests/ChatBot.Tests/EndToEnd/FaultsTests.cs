using System.Diagnostics;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>
/// The faults that <c>tests/faults/run</c> carries out and no other test here does, in their short form: on the program as a black box, with a
/// server that reads slowly, a clock that jumps, a power cut.
/// </summary>
public sealed class FaultsTests(ITestOutputHelper output)
{
    private static readonly string Runner = Path.Combine(Repository.Root, "tests", "faults", "run");

    [Theory]
    [InlineData("F05", "sqlite"), InlineData("F07", "postgresql"), InlineData("F10", "sqlite"), InlineData("F11", "postgresql"), InlineData("F13", "sqlite")]
    [InlineData("F18", "postgresql"), InlineData("F20", "sqlite"), InlineData("F21", "sqlite"), InlineData("F24", "sqlite")]
    [InlineData("F09s", "sqlite"), InlineData("F28", "sqlite"), InlineData("F29", "sqlite"), InlineData("F30", "sqlite"), InlineData("F31", "postgresql")]
    public async Task The_bot_survives_within_the_limits(string fault, string engine)
    {
        var binary = ChatBotProgram.Call is [var native] ? native : Path.Combine(AppContext.BaseDirectory, "chatbot");
        var start = new ProcessStartInfo(Runner, ["--short", "--engine", engine, "--binary", binary, fault])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), RealClock.Instance);
        var table = run.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = run.StandardError.ReadToEndAsync(patience.Token);
        await run.WaitForExitAsync(patience.Token);
        output.WriteLine(await table);
        Assert.SkipWhen((await table).Contains("skipped: needs root", StringComparison.Ordinal), "needs root");
        Assert.True(run.ExitCode == 0, $"{await table}\n{await errors}");
        Assert.Contains("1 passed, 0 failed", await table, StringComparison.Ordinal);
    }
}
