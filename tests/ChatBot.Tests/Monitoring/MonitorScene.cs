using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Speech;
using ChatBot.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>The engine beside the files of a Nagios that knows hal and its IMAP; the time is the engine's.</summary>
internal sealed class MonitorScene : IAsyncDisposable
{
    public const string Host = "hal.globenet.org";

    private MonitorScene(Engine engine, NagiosFiles files) => (Engine, Files) = (engine, files);

    public Engine Engine { get; }

    public NagiosFiles Files { get; }

    public DateTimeOffset Now => Engine.Clock.GetUtcNow();

    /// <param name="isRunning">Whether its FIFO is there, with somebody who reads it.</param>
    public static async Task<MonitorScene> StartAsync(bool isRunning = true)
    {
        var files = new NagiosFiles();
        var engine = await Engine.StartAsync(settings => settings with { Nagios = new NagiosSettings(files.CommandFile, files.StatusFile) });
        var scene = new MonitorScene(engine, files);
        if (isRunning)
        {
            files.MakeFifo();
            files.Listen();
        }

        scene.State(2);
        return scene;
    }

    /// <summary>IMAP of hal fails, and the channel was told.</summary>
    public async Task FailAsync()
    {
        await Engine.TakeAsync(ChatBot.Tests.Mail.Nagios.Problem(Host, "IMAP"));
        await Engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    public async Task AckAsync(string reason = "je regarde")
    {
        var taken = new Taken(PublicText.Declared("lunar"), new Remark(new RootText(reason), Audience.Public), Now, Now.AddHours(2));
        Assert.Equal(TakeResult.Done, Assert.Single(await Engine.Incidents.TakeAsync([1], taken, null, CancellationToken.None)).Result);
    }

    public Task<IReadOnlyList<TakeOutcome>> UnackAsync() => Engine.Incidents.ReleaseAsync([1], PublicText.Declared("lunar"), null, CancellationToken.None);

    public Task<TimeSpan?> TurnAsync() => Engine.Monitor.TurnAsync(CancellationToken.None);

    /// <summary>Time passes, and the monitor's desk turns.</summary>
    public Task<TimeSpan?> PassAsync(TimeSpan time)
    {
        Engine.Clock.Advance(time);
        return TurnAsync();
    }

    /// <summary>Nagios writes the state of IMAP anew.</summary>
    public void State(int imap, bool acknowledged = false, params string[] more) =>
        Files.WriteState(Now, [NagiosFiles.Host(Host), NagiosFiles.Service(Host, "IMAP", imap, acknowledged), .. more]);

    /// <summary>A second later, Nagios writes the state anew, and it is looked at.</summary>
    public Task SeeAsync(int imap, bool acknowledged = false, params string[] more)
    {
        Engine.Clock.Advance(TimeSpan.FromSeconds(2));
        State(imap, acknowledged, more);
        return TurnAsync();
    }

    public async Task<int> SaidAsync(string text) =>
        (await Engine.PublicAsync()).Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>How the order that was placed at that place ended; null while it waits.</summary>
    public string? End(int order)
    {
        using var connection = new SqliteConnection($"Data Source={Engine.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(
            "SELECT CASE WHEN done_at IS NULL THEN NULL ELSE COALESCE(set_aside, 'Shown') END FROM outbox WHERE kind = 'monitor' ORDER BY id LIMIT 1 OFFSET $order",
            connection);
        command.Parameters.AddWithValue("$order", order);
        return command.ExecuteScalar() as string;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Files.Dispose();
    }
}
