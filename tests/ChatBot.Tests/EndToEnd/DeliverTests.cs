using ChatBot.Tests.Mail;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>chatbot deliver</c>, as an MTA's alias calls it.</summary>
public sealed class DeliverTests
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task What_is_delivered_is_announced_and_what_came_while_the_bot_was_down_when_it_is_up()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var home = new BotHome(irc.Port);
        Assert.Equal(0, await DeliverAsync(home, Mails.Problem("DOWN")));
        Assert.Equal(1, BotHome.Mails(home.Spool, "new"));

        await using var bot = await RunningBot.StartAsync(home);
        await alice.HearAsync("[hal] DOWN WARNING — #1");
        Assert.Equal(0, await DeliverAsync(home, Mails.Problem("RUNNING")));
        await alice.HearAsync("[hal] RUNNING WARNING — #2");
        Assert.Equal(0, BotHome.Mails(home.Spool, "new"));
    }

    [Fact]
    public async Task What_cannot_be_kept_stays_with_the_MTA()
    {
        using var home = new BotHome(1);
        home.Data = Path.Combine(home.WriteFile("file", "no folder"), "data");
        home.Write();
        Assert.Equal(75, await DeliverAsync(home, Mails.Problem()));
        home.WriteFile("chatbot.toml", "locale = \"xx\"\n");
        Assert.Equal(75, await DeliverAsync(home, Mails.Problem()));
        File.Delete(home.ConfigurationFile);
        Assert.Equal(75, await DeliverAsync(home, Mails.Problem()));
    }

    [Fact]
    public async Task On_a_full_disk_it_stays_with_the_MTA()
    {
        using var home = new BotHome(1);
        using var disk = SmallDisk.Mount(Path.Combine(home.Path, "disk"));
        Assert.SkipWhen(disk is null, "a small disk cannot be mounted here");
        home.Data = Path.Combine(disk!.Path, "data");
        home.Write();
        Assert.Equal(0, await DeliverAsync(home, Sample.Named("087-").Bytes));
        disk.Fill();
        Assert.Equal(75, await DeliverAsync(home, Sample.Named("012-").Bytes));
        Assert.Equal(1, BotHome.Mails(home.Spool, "new"));
        Assert.Equal(0, BotHome.Mails(home.Spool, "tmp"));
    }

    [Fact]
    public async Task An_empty_mail_is_refused_for_good()
    {
        using var home = new BotHome(1);
        Assert.Equal(1, await DeliverAsync(home, []));
    }

    private static async Task<int> DeliverAsync(BotHome home, byte[] mail) =>
        (await ChatBotProgram.RunAsync(mail, "deliver", "--config", home.ConfigurationFile)).ExitCode;
}
