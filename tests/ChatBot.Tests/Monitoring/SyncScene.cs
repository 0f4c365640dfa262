using ChatBot.Core.Incidents;
using ChatBot.Core.Text;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>The engine beside a monitor that knows hal and its IMAP; the time is the engine's.</summary>
internal abstract class SyncScene(Engine engine) : IAsyncDisposable
{
    public const string Host = "hal.globenet.org";

    public Engine Engine => engine;

    /// <summary>The one of these two lines that is in the group's language.</summary>
    public string In(string french, string english) => Engine.In(french, english);

    public DateTimeOffset Now => Engine.Time.GetUtcNow();

    /// <summary>IMAP of hal fails, and the channel was told.</summary>
    public async Task FailAsync()
    {
        await Engine.TakeAsync(ChatBot.Tests.Mail.Nagios.Problem(Host, "IMAP"));
        await Engine.PassAsync(TimeSpan.FromSeconds(6));
    }

    public async Task AckAsync(string reason = "je regarde")
    {
        var taken = new Acknowledgement(PublicText.Declared("lunar"), new Remark(new RootText(reason), Audience.Public), Now, Now.AddHours(2));
        Assert.Equal(AcknowledgeResult.Done, Assert.Single(await Engine.Incidents.AcknowledgeAsync([1], taken, null, CancellationToken.None)).Result);
    }

    public Task<IReadOnlyList<AcknowledgeOutcome>> UnackAsync() => Engine.Incidents.ReleaseAsync([1], PublicText.Declared("lunar"), null, CancellationToken.None);

    public async Task OrderAsync(MonitorOrder order)
    {
        await Engine.Database.WriteAsync(transaction => Engine.Outbox.AskMonitorAsync(transaction, order, Now), CancellationToken.None);
        await TurnAsync();
    }

    /// <summary>Its state is looked at, then what waits for it is tried.</summary>
    /// <returns>When one of the two is due again.</returns>
    public async Task<TimeSpan?> TurnAsync()
    {
        var look = await Engine.Monitor.TurnAsync(CancellationToken.None);
        var orders = await Engine.Pump.CarryAsync(OutboxStore.MonitorKind, OutboxStore.MonitorKind, CancellationToken.None);
        return look is null || orders < look ? orders : look;
    }

    /// <summary>Time passes, and the monitor's desk turns.</summary>
    public Task<TimeSpan?> PassAsync(TimeSpan time)
    {
        Engine.Time.Advance(time);
        return TurnAsync();
    }

    public async Task<int> SaidAsync(string text) =>
        (await Engine.PublicAsync()).Count(line => line.Contains(text, StringComparison.Ordinal));

    public virtual ValueTask DisposeAsync() => Engine.DisposeAsync();
}
