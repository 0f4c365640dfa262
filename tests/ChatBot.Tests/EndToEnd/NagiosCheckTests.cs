using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatBot.Tests.Configuration;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The packaged check of the bot itself, beside a running bot.</summary>
public sealed class NagiosCheckTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task It_says_whether_the_bot_works_in_part_or_not_at_all()
    {
        using var irc = await NgircdServer.StartAsync();
        using var home = new BotHome(irc.Port);
        var url = $"http://127.0.0.1:{home.WebPort}/healthz";
        AssertSays(2, "CHATBOT CRITICAL - no answer from ", await CheckAsync("-u", url));
        await using (var bot = await RunningBot.StartAsync(home))
        {
            AssertSays(0, "CHATBOT OK - ready | time=0.", await CheckAsync("-u", url, "-t", "5"));
            AssertSays(3, "CHATBOT UNKNOWN - ", await CheckAsync("-u", url + "x"));
            irc.Kill();
            await bot.UntilAsync("the bot has noticed", async () => (await bot.HealthAsync()).Status == 503);
            AssertSays(2, "CHATBOT CRITICAL - irc: not connected | ", await CheckAsync("-u", url));
        }

        await irc.StartAgainAsync();
        home.WriteFile("imap.password", "x\n");
        home.Sources =
            $"[[mail.sources]]\nkind = \"imap\"\nhost = \"127.0.0.1\"\nport = {FreePort.Ask()}\ntls = false\nuser = \"x\"\npassword_file = \"imap.password\"\nprocessed_folder = \"Seen\"\nclosed = true";
        home.Write();
        await using var deaf = RunningBot.Start(home);
        await deaf.UntilAsync("only the mailbox is missing", async () => (await deaf.HealthAsync()).Text == "mail: imap-1 not connected\n");
        AssertSays(1, "CHATBOT WARNING - mail: imap-1 not connected | ", await CheckAsync("-u", url));
    }

    [Theory]
    [InlineData("irc: not joined, banned", 1), InlineData("irc: not joined\nstore: does not answer", 2), InlineData("outbox: a line has waited for 3 min", 2)]
    [InlineData("mail: imap-1 not connected\nmail: imap-2 not connected", 1), InlineData("store: the lease is not kept, and nothing is said", 2), InlineData("", 2)]
    public async Task The_gravest_reason_counts(string reasons, int severity)
    {
        var check = await AgainstAsync($"HTTP/1.1 503 x\r\nContent-Length: {reasons.Length + 1}\r\n\r\n{reasons}\n");
        AssertSays(severity, $"CHATBOT {(severity == 1 ? "WARNING" : "CRITICAL")} - {reasons.Replace('\n', ';')} | time=0.", check);
    }

    [Fact]
    public async Task What_answers_in_its_place_writes_one_short_line()
    {
        AssertSays(3, "CHATBOT UNKNOWN - ", await AgainstAsync("HTTP/1.1 302 x\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
        AssertSays(2, "CHATBOT CRITICAL - no answer", await AgainstAsync("SSH-2.0-x\r\n"));
        AssertSays(2, "CHATBOT CRITICAL - no answer", await AgainstAsync($"HTTP/1.1 200 x\r\nContent-Length: 9000000\r\n\r\n{new string('x', 70_000)}"));
        var check = await AgainstAsync("HTTP/1.1 503 x\r\nContent-Length: 2000\r\n\r\n\u001b[2Jstore: a|b=1\r\n" + new string('y', 1984));
        AssertSays(2, "CHATBOT CRITICAL - [2Jstore: a/b=1;yyy", check);
        Assert.InRange(check.Output.Length, 300, 360);
    }

    [Theory]
    [InlineData("-x"), InlineData("-u"), InlineData("-u", "file:///etc/passwd"), InlineData("-t", "soon"), InlineData("-t", "0"), InlineData("more")]
    public async Task A_wrong_call_is_unknown(params string[] arguments) => AssertSays(3, "CHATBOT UNKNOWN - usage:", await CheckAsync(arguments));

    private static void AssertSays(int exitCode, string start, (int ExitCode, string Output) check)
    {
        Assert.StartsWith(start, check.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, check.ExitCode);
        Assert.EndsWith("\n", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(check.Output[..^1], char.IsControl);
    }

    // Once, to whoever comes first.
    private static async Task<(int ExitCode, string Output)> AgainstAsync(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var check = CheckAsync("-u", $"http://{listener.LocalEndpoint}/healthz");
        using (var client = await listener.AcceptSocketAsync())
        {
            await client.ReceiveAsync(new byte[4096]);
            await client.SendAsync(Encoding.UTF8.GetBytes(answer));
            client.Shutdown(SocketShutdown.Send);
            while (await client.ReceiveAsync(new byte[4096]) > 0)
            {
                // Until it has read enough.
            }
        }

        return await check;
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "packaging", "nagios", "check_chatbot"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var output = run.StandardOutput.ReadToEndAsync();
        var errors = run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync().WaitAsync(Eventually.Patience, RealClock.Instance);
        await errors;
        return (run.ExitCode, await output);
    }
}
