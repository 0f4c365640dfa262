using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary>The whole bot with its memory on a PostgreSQL, directly and through PgBouncer.</summary>
public sealed class BotOnPostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Absent = "ngircd is not installed";

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Theory(Skip = Absent, SkipUnless = nameof(IsInstalled)), InlineData(false), InlineData(true)]
    public async Task A_mail_becomes_a_line_and_one_that_comes_while_the_database_is_away_stays_in_its_mailbox_until_it_is_back(bool isByPooler)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        var database = await server.NewDatabaseAsync();
        using var home = new BotHome(irc.Port);
        home.Storage = $"provider = \"postgresql\"\nconnection_file = \"{home.WriteFile("connection", server.Connection(database, isByPooler) + "\n")}\"";
        home.Write();
        await using (var bot = await RunningBot.StartAsync(home))
        {
            home.Deliver(Mails.Problem("TOKEN-A"));
            await alice.HearAsync("TOKEN-A");
            await server.StopAsync();
            home.Deliver(Mails.Problem("TOKEN-B"));
            await bot.UntilAsync("the bot says that it cannot store", () => bot.Log.Contains("Cannot store", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(1, home.Mails("new"));
            await server.StartAsync();
            await alice.HearAsync("TOKEN-B");
            await bot.UntilAsync("the mail has left", () => home.Mails("new") == 0);
            await alice.SayAsync("!status hal");
            await alice.HearAsync("hal (no-log) : 2 incidents");
            await bot.UntilAsync("everything is said", () => server.RunAsync("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL", database).Result == 0);
            await bot.KillAsync();
        }

        await using var again = await RunningBot.StartAsync(home);
        await alice.SayAsync("!status routeur");
        await alice.HearAsync("routeur :");
        var said = await alice.SaidByBotAsync();
        Assert.All(["TOKEN-A", "TOKEN-B"], token => Assert.Single(
            said, line => line.Contains(":[hal] ", StringComparison.Ordinal) && line.Contains(token, StringComparison.Ordinal)));
        Assert.Equal(2, await server.RunAsync("SELECT COUNT(*) FROM incident", database));

        File.WriteAllBytes(Path.Combine(home.Path, "old.eml"), Sample.Named("083-").Bytes);
        var imported = await ChatBotProgram.RunAsync([], "import", "--config", home.ConfigurationFile, "--trusted", Path.Combine(home.Path, "old.eml"));
        Assert.Equal((0, 1L), (imported.ExitCode, await server.RunAsync("SELECT COUNT(*) FROM machine_change", database)));
        Assert.False(File.Exists(home.DatabaseFile));
    }
}
