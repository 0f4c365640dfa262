using ChatBot.Tests.Commands;
using ChatBot.Tests.Storage;
using Npgsql;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

/// <summary><c>chatbot store copy</c> as a process that is killed while it writes into a server.</summary>
public sealed class StoreCopyKillTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Rows = "SELECT (SELECT COUNT(*) FROM incident) + (SELECT COUNT(*) FROM incident_event) + (SELECT COUNT(*) FROM setting)";

    [Fact]
    public async Task A_kill_in_the_middle_leaves_an_empty_store_into_which_the_next_call_copies()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var database = await server.NewDatabaseAsync();
        using var home = new BotHome(FreePort.Ask());
        Directory.CreateDirectory(home.Data);
        await File.WriteAllBytesAsync(home.DatabaseFile, await SampleStore.BytesAsync());
        home.Storage = $"provider = \"postgresql\"\nconnection_file = \"{home.WriteFile("connection", server.Connection(database) + "\n")}\"";
        home.Write();
        string[] call = ["store", "copy", "--from", "sqlite", "--config", home.ConfigurationFile];

        // What comes after the incidents waits until the other transaction ends.
        await using (var tables = new ChatBot.Storage.PostgresDatabase(server.Connection(database), RealClock.Instance))
        {
            await tables.OpenAsync(CancellationToken.None);
        }

        await using var source = new NpgsqlSlimDataSourceBuilder(server.Connection(database) + ";Pooling=false").Build();
        await using (var other = await source.OpenConnectionAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            await Sql.RunAsync(other, "LOCK TABLE incident_event IN SHARE MODE", transaction);
            using var copy = ChatBotProgram.Start(call);
            await Eventually.UntilAsync("it waits", async () =>
            {
                Assert.False(copy.HasExited, "it ended");
                return await server.RunAsync($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{database}' AND wait_event_type = 'Lock'") > 0;
            });
            copy.Kill();
            await copy.WaitForExitAsync();
            await transaction.RollbackAsync();
        }

        await Eventually.UntilAsync("its transaction ends", async () =>
            await server.RunAsync($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'COPY%'") == 0);
        Assert.Equal(0, await server.RunAsync(Rows, database));
        var again = await ChatBotProgram.RunAsync([], call);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.InRange(await server.RunAsync(Rows, database), 20, 10_000);
    }
}
