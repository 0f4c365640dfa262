using System.Diagnostics;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests;

/// <summary>The end of <c>tests/run</c>: what it prints of a log, and which skipped tests it lets pass.</summary>
public sealed class SummaryTests
{
    private static readonly string[] Allowed =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "allowed-skips.txt")).Where(line => line[0] != '#')];

    [Fact]
    public void A_run_that_skips_nothing_ends_with_its_counts() => AssertSummary(0, ["0 skipped", "16 passed, 2 failed"], Log(0));

    [Fact]
    public void A_skipped_test_on_the_list_is_named_and_passes()
    {
        var (test, reason) = (Allowed[0].Split(": ")[0], Allowed[0].Split(": ")[1]);

        AssertSummary(0, ["1 skipped", $"  {Allowed[0]}", "16 passed, 2 failed"], $"skipped {test}(last: \"a b\") (0ms)\n  {reason}\n{Log(1)}");
    }

    [Theory]
    [InlineData("skipped A.B.Of_a_server (0ms)\n  it is not installed", "A.B.Of_a_server: it is not installed")]
    [InlineData("skipped A.B.Of_a_server(name: \"x\") (0ms)\n  it is not installed", "A.B.Of_a_server: it is not installed")]
    public void Any_other_skipped_test_fails_the_run(string skipped, string named) =>
        AssertSummary(1, ["1 skipped", $"  {named} (not in tests/allowed-skips.txt)", "16 passed, 2 failed"], $"{skipped}\n{Log(1)}");

    [Fact]
    public void A_listed_test_that_is_skipped_for_another_reason_fails_the_run() =>
        Assert.Equal(1, Summarise($"skipped {Allowed[0].Split(": ")[0]} (0ms)\n  it is Monday\n{Log(1)}").Exit);

    [Fact]
    public void A_skipped_test_that_the_log_does_not_name_fails_the_run() => Assert.Equal(1, Summarise(Log(1)).Exit);

    [Fact]
    public void A_run_without_a_test_fails() => Assert.Equal(1, Summarise("Test run summary: Zero tests ran").Exit);

    [Fact]
    public void Every_test_on_the_list_exists() => Assert.All(Allowed, line =>
    {
        var test = line.Split(": ")[0];
        var type = typeof(SummaryTests).Assembly.GetType(test[..test.LastIndexOf('.')]);
        Assert.NotNull(type?.GetMethod(test[(test.LastIndexOf('.') + 1)..]));
    });

    private static void AssertSummary(int exit, string[] lines, string log)
    {
        var summary = Summarise(log);
        Assert.Equal(lines, summary.Lines);
        Assert.Equal(exit, summary.Exit);
    }

    private static string Log(int skipped) =>
        $"Test run summary: Failed! - ChatBot.Tests.dll (net10.0|x64)\n  total: 19\n  failed: 2\n  succeeded: 16\n  skipped: {skipped}\n  duration: 3s 077ms\n";

    private static (int Exit, string[] Lines) Summarise(string log)
    {
        using var folder = new TemporaryFolder();
        using var script = Process.Start(new ProcessStartInfo("bash", ["tests/summary", folder.Write("log", log)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var lines = script.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        script.WaitForExit();
        return (script.ExitCode, lines);
    }
}
