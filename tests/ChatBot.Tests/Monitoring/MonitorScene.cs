using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace ChatBot.Tests.Monitoring;

/// <summary>The engine beside the files of a Nagios.</summary>
internal sealed class MonitorScene : SyncScene
{
    private MonitorScene(Engine engine, NagiosFiles files)
        : base(engine) => Files = files;

    public NagiosFiles Files { get; }

    /// <param name="isRunning">Whether its FIFO is there, with somebody who reads it.</param>
    /// <param name="locale">The group's language.</param>
    public static async Task<MonitorScene> StartAsync(bool isRunning = true, Locale locale = Locale.French)
    {
        var files = new NagiosFiles();
        var engine = await Engine.StartAsync(settings => settings with { Nagios = new NagiosSettings(files.CommandFile, files.StatusFile) }, locale);
        var scene = new MonitorScene(engine, files);
        if (isRunning)
        {
            files.MakeFifo();
            files.Listen();
        }

        scene.State(2);
        return scene;
    }

    /// <summary>Nagios writes the state of IMAP anew.</summary>
    public void State(int imap, bool acknowledged = false, params string[] more) =>
        Files.WriteState(Now, [NagiosFiles.Host(Host), NagiosFiles.Service(Host, "IMAP", imap, acknowledged), .. more]);

    /// <summary>A second later, Nagios writes the state anew, and it is looked at.</summary>
    public Task SeeAsync(int imap, bool acknowledged = false, params string[] more)
    {
        Engine.Time.Advance(TimeSpan.FromSeconds(2));
        State(imap, acknowledged, more);
        return TurnAsync();
    }

    /// <summary>How the order that was placed at that place ended; null while it waits.</summary>
    public string? End(int order)
    {
        using var connection = new SqliteConnection($"Data Source={Engine.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(
            "SELECT CASE WHEN done_at IS NULL THEN NULL ELSE COALESCE(result, 'shown') END FROM outbox WHERE kind = 'monitor' ORDER BY id LIMIT 1 OFFSET $order",
            connection);
        command.Parameters.AddWithValue("$order", order);
        return command.ExecuteScalar() as string;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Files.Dispose();
    }
}
