using ChatBot.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Newcomers;
using ChatBot.Irc;
using ChatBot.Metrics;
using ChatBot.Tests.Commands;
using ChatBot.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>Commands that wait while proofs come and go.</summary>
public sealed class QueuedCommandTests(GpgHome gpg) : IClassFixture<GpgHome>
{
    private const string Absent = GpgHome.Absent;

    public static bool IsInstalled => GpgHome.IsInstalled;

    [Fact(Skip = Absent, SkipUnless = nameof(IsInstalled))]
    public async Task A_command_counts_with_the_proof_that_held_when_it_was_heard_and_holds_still()
    {
        await using var scene = await ProofScene.StartAsync(gpg, Locale.French);
        using var irc = new IrcClient(
            scene.Engine.Settings.Value.Settings.Irc, NeverAsync, RealClock.Instance, NullLogger<IrcClient>.Instance, () => 0);
        using var metrics = new BotMetrics(scene.Engine.Time.GetUtcNow());
        var engine = scene.Engine;
        var handler = new CommandHandler(
            new CommandHearing(irc, engine.Settings, engine.Proofs, engine.Time),
            new CommandReplies(irc),
            engine.Commands(new SampleNewcomers(), new Absences()),
            metrics, engine.Time, NullLogger<CommandHandler>.Instance);

        handler.Hear(scene.Said("log hal avant toute preuve"));
        await ProveAsync(scene);
        handler.Hear(scene.Said("log hal sous une preuve qui a fini"));
        scene.LeaveAndReturn();
        handler.Hear(scene.Said("log hal entre deux preuves"));
        scene.Engine.Time.Advance(TimeSpan.FromSeconds(20));
        await ProveAsync(scene);
        handler.Hear(scene.Said("log hal enfin"));

        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(irc.RunAsync(stop.Token), handler.RunAsync(stop.Token));
        await Eventually.UntilAsync("the last one is carried out", async () => await engine.AskAsync("SELECT COUNT(*) FROM changelog_entry WHERE said = 'enfin'") > 0);
        Assert.Equal(1, await engine.AskAsync("SELECT COUNT(*) FROM changelog_entry"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task ProveAsync(ProofScene scene)
    {
        scene.Paste(gpg.Detached(scene.Ask().Sentence));
        await scene.ProvedAsync();
    }

    private static async ValueTask<Stream> NeverAsync(IrcRoute route, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, RealClock.Instance, cancellationToken);
        return Stream.Null;
    }
}
