using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The whole bot behind a bouncer, which says again what was said while the bot was away.</summary>
public sealed class BouncerTests
{
    private const string Absent = "ngircd or znc is not installed";

    public static bool AreInstalled => NgircdServer.IsInstalled() && ZncBouncer.IsInstalled();

    [Fact(Skip = Absent, SkipUnless = nameof(AreInstalled))]
    public async Task What_was_said_while_the_bot_was_away_is_no_command_and_what_is_said_now_is()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var bouncer = new ZncBouncer(irc.Port);
        await bouncer.StartAsync();
        await alice.HearAsync(":globot!");
        await alice.SayAsync("!status hal");
        await alice.SendAsync("PRIVMSG globot :\u0001PING kept\u0001");
        await alice.HearAsync("NOTICE alice :\u0001PING kept"); // The bouncer answers for who is away, and has taken what was said before.

        using var home = new BotHome(bouncer.Port);
        home.Irc = $"password_file = \"{home.WriteFile("bouncer", ZncBouncer.Password)}\"";
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        await alice.SayAsync("!status routeur");
        await alice.HearAsync("routeur :");
        Assert.DoesNotContain(await alice.SaidByBotAsync(), line => line.Contains("hal (", StringComparison.Ordinal));
        await alice.SayAsync("!status hal");
        await alice.HearAsync("hal (no-log)");
    }
}
