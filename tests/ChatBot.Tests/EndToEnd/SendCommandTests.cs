using ChatBot.Send;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>chatbot send</c>, as scripts call it.</summary>
public sealed class SendCommandTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_is_sent_while_the_bot_is_stopped_is_said_when_it_runs()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        Assert.Equal(0, await SendAsync(home, "--machine", "hal", "--service", "backup", "--kind", "alert", "disk full"));
        Assert.Equal(1, Waiting(home));

        await using var bot = await RunningBot.StartAsync(home);
        await alice.HearAsync("[hal] backup CRITICAL — #1");
        Assert.Equal(0, await SendAsync(home, "--machine", "hal", "--service", "backup", "--kind", "ok", "done"));
        await alice.HearAsync("[hal] backup OK");
        await bot.UntilAsync("the spool is empty", () => Waiting(home) == 0);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_to_be_tried_again()
    {
        using var home = new BotHome(1);
        home.Data = Path.Combine(home.WriteFile("file", "no folder"), "data");
        home.Write();
        Assert.Equal(75, await SendAsync(home, "x"));
        home.WriteFile("chatbot.toml", "data = 3\n");
        Assert.Equal(75, await SendAsync(home, "x"));
        File.Delete(home.ConfigurationFile);
        Assert.Equal(75, await SendAsync(home, "x"));
    }

    [Fact]
    public async Task On_a_full_disk_it_is_to_be_tried_again()
    {
        using var home = new BotHome(1);
        using var disk = SmallDisk.Mount(Path.Combine(home.Path, "disk"));
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        home.Data = Path.Combine(disk!.Path, "data");
        home.Write();
        Assert.Equal(0, await SendAsync(home, "x"));
        disk.Fill();
        Assert.Equal(75, await SendAsync(home, "y"));
        Assert.Equal(1, Waiting(home));
        Assert.Equal(0, BotHome.Mails(SendIntake.Spool(home.Data), "tmp"));
    }

    [Theory]
    [InlineData]
    [InlineData("--kind", "panic", "x")]
    [InlineData("--machine", "root@example.org", "x")]
    [InlineData("--key", "", "x")]
    [InlineData("--no-such-option", "--", "x")]
    [InlineData("--srvice=backup", "x")]
    public async Task Wrong_usage_keeps_nothing(params string[] arguments)
    {
        using var home = new BotHome(1);
        Assert.Equal(2, await SendAsync(home, arguments));
        Assert.Equal(0, Waiting(home));
    }

    [Theory]
    [InlineData("@/etc/hostname")]
    [InlineData("@nobody is logged in")]
    [InlineData("--", "--kind alert")]
    [InlineData("--", "-5 degrees", "--", "@x")]
    public async Task What_a_program_printed_is_only_text(params string[] text)
    {
        using var home = new BotHome(1);
        Assert.Equal(0, await SendAsync(home, ["--machine", "hal", .. text]));
        var sent = SentReport.Read(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(SendIntake.Spool(home.Data), "new")))));
        Assert.Equal(string.Join(' ', text.SkipWhile(word => word == "--")), sent!.Text);
        Assert.Equal("note", sent.Kind);
    }

    [Theory]
    [InlineData("fr_FR.UTF-8", "Ce qui s'est passé")]
    [InlineData("en_GB.UTF-8", "What happened")]
    [InlineData("C", "What happened")]
    [InlineData("", "What happened")]
    public async Task Help_is_in_French_where_the_system_is(string language, string said)
    {
        var outcome = await ChatBotProgram.RunAsync(
            [], ["send", "--help"], new Dictionary<string, string> { ["LC_ALL"] = "", ["LC_MESSAGES"] = "", ["LANG"] = language });
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(said, outcome.Output, StringComparison.Ordinal);
    }

    private static int Waiting(BotHome home) => BotHome.Mails(SendIntake.Spool(home.Data), "new");

    private static async Task<int> SendAsync(BotHome home, params string[] arguments) =>
        (await ChatBotProgram.RunAsync([], ["send", "--config", home.ConfigurationFile, .. arguments])).ExitCode;
}
