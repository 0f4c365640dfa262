using ChatBot.Commands;
using ChatBot.Configuration;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Posix;
using ChatBot.Tests.Commands;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Monitoring;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>The reasons that no report has by itself: people, time, other incidents, the monitor's state and archives bring them.</summary>
public class ReasonTests
{
    private static readonly (Reason Why, long Incident, Func<MonitorScene, Task>[] Steps)[] Table =
    [
        (Reason.Announced, 1, [Fails]),
        (Reason.Acknowledged, 1, [Fails, IsTaken]),
        (Reason.Unacknowledged, 1, [Fails, IsTaken, scene => scene.UnackAsync()]),
        (Reason.AcknowledgementExpired, 1, [Fails, IsTaken, Hours(2)]),
        (Reason.Muted, 1, [IsMuted, Fails]),
        (Reason.DuringIntervention, 1, [IsWorkedOn, Fails]),
        (Reason.Inhibited, 2, [Takes(NagiosHost.Problem("hal")), Fails]),
        (Reason.InhibitionEnded, 2, [Takes(NagiosHost.Problem("hal")), Fails, Takes(NagiosHost.Recovery("hal")), Hours(1)]),
        (Reason.Overloaded, 2, [Takes(Nagios.Problem("hal", "Current Load")), Takes(Nagios.Problem("hal", "POP3", output: "Connection timed out"))]),
        (Reason.WaitsForOthers, 2, [Takes(Nagios.Problem("hal", "POP3", "WARNING")), Takes(Nagios.Problem("hal", "SMTP", "WARNING"))]),
        (Reason.Reminded, 1, [Fails, scene => scene.Engine.PassAsync(TimeSpan.FromHours(25))]),
        (Reason.FoundInMonitor, 1, [Shows(2)]),
        (Reason.ChangedInMonitor, 1, [Fails, Shows(1)]),
        (Reason.GoneInMonitor, 1, [Fails, Shows(0)]),
        (Reason.Unwatched, 1, [Watches(new WatchSettings("metche", "hal", TimeSpan.FromHours(2))), Hours(3), Watches(), Hours(1)]),
        (Reason.Imported, 1, [IsRead]),
        (Reason.AmbiguousRecovery, 1, [Takes(Alertmanager.Mail("[FIRING:2] DiskFull", [Home, Srv])), Takes(Alertmanager.Mail("[RESOLVED] DiskFull filer (critical)"))]),
        (Reason.OutOfOrder, 1, [Takes(Written(-20)), Takes(Written(-1, "OK")), Takes(Written(-10))]),
        (Reason.FellSilent, 1, [Takes(Smartd.Mail(Start)), Hours(26)]),
        (Reason.Closed, 1, [Takes(Smartd.Mail(Start)), scene => scene.Engine.Incidents.CloseAsync([1], PublicText.Declared("lunar"), Remark("remplacé"), null, default)]),
        (Reason.Unreadable, 1, [Fails, IsStoredByALaterVersion]),
    ];

    private static Alertmanager.Alert Home => Alertmanager.Firing("DiskFull", "filer:9100", "critical", "mountpoint=/home");

    private static Alertmanager.Alert Srv => Alertmanager.Firing("DiskFull", "filer:9100", "warning", "mountpoint=/srv");

    private static DateTimeOffset Start => new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    private static string Written(int minutes, string state = "CRITICAL") => Nagios.Written(new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero).AddMinutes(minutes), state);

    public static TheoryData<Reason> Reasons => [.. Table.Select(row => row.Why)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_reason_is_reached_and_told_in_both_languages(Reason why)
    {
        var (_, incident, steps) = Table.Single(row => row.Why == why);
        await using var scene = await MonitorScene.StartAsync();
        foreach (var step in steps[..^1])
        {
            await step(scene);
        }

        Assert.DoesNotContain(why, await StoryAsync(scene, incident));
        await steps[^1](scene);
        Assert.Contains(why, await StoryAsync(scene, incident));
        var decided = (await scene.Engine.Incidents.StoryAsync(incident, default)).Last(step => step.Reason == why);
        var found = (await scene.Engine.Incidents.FindAsync(incident, default))!;
        foreach (var locale in Enum.GetValues<Locale>())
        {
            var words = WhyCommand.Words(new Phrasebook(locale, TimeZoneInfo.Utc), found, decided).Value;
            Assert.Contains(await AskWhyAsync(scene, incident, locale), line => line.Contains(words, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_reason_is_reached_here_or_by_a_report_alone() =>
        Assert.Equal(Enum.GetValues<Reason>(), Table.Select(row => row.Why).Concat(IncidentRulesTests.Reached).Order());

    private static Task Fails(MonitorScene scene) => scene.FailAsync();

    private static Task IsTaken(MonitorScene scene) => scene.AckAsync();

    private static Func<MonitorScene, Task> Takes(string mail) => async scene =>
    {
        await scene.Engine.TakeAsync(mail);
        await scene.Engine.PassAsync(TimeSpan.FromSeconds(6));
    };

    private static Func<MonitorScene, Task> Hours(int hours) => scene => scene.Engine.LiveAsync(TimeSpan.FromHours(hours));

    // Nagios writes its state, which stays so until a mail about it would have come.
    private static Func<MonitorScene, Task> Shows(int imap) => async scene =>
    {
        await scene.SeeAsync(imap);
        await scene.PassAsync(TimeSpan.FromSeconds(90));
    };

    private static Func<MonitorScene, Task> Watches(params WatchSettings[] watches) => scene =>
    {
        scene.Engine.Settings.Replace(scene.Engine.Settings.Value.Settings with { Watches = watches });
        return Task.CompletedTask;
    };

    private static Task<Line> IsMuted(MonitorScene scene) => scene.Engine.Mutes.MuteAsync(
        new Mute(Name.OfMachine("hal"), null, PublicText.Declared("lunar"), Remark("charge connue"), scene.Now, scene.Now.AddHours(1)), null, default);

    private static Task<Line> IsWorkedOn(MonitorScene scene) => scene.Engine.Interventions.PlanAsync(
        new Intervention
        {
            Machines = [PublicText.Declared("hal")],
            By = PublicText.Declared("lunar"),
            What = Remark("noyau"),
            PlannedAt = scene.Now,
            BeginsAt = scene.Now,
            EndsAt = scene.Now.AddHours(1),
        },
        null,
        default);

    private static async Task IsRead(MonitorScene scene)
    {
        using var archive = new TemporaryFolder();
        var settings = scene.Engine.Settings.Value.Settings with { Data = Path.GetDirectoryName(scene.Engine.Path)! };
        var import = new Import(settings, scene.Engine.Time, TextWriter.Null, TextWriter.Null, TextWriter.Null);
        Assert.Equal(ExitCode.Done, await import.RunAsync(archive.Write("1.eml", Nagios.Problem("hal", "POP3")), trusted: true, default));
    }

    private static Remark Remark(string text) => new(new RootText(text), Audience.Public);

    private static async Task<IEnumerable<Reason>> StoryAsync(MonitorScene scene, long incident) =>
        (await scene.Engine.Incidents.StoryAsync(incident, default)).Select(step => step.Reason);

    private static Task<long> IsStoredByALaterVersion(MonitorScene scene) => scene.Engine.Database.WriteAsync(
        transaction => Sql.RunAsync(transaction.Connection, "UPDATE incident_event SET reason = 'from-the-future'", transaction.Transaction),
        CancellationToken.None);

    private static async Task<IEnumerable<string>> AskWhyAsync(MonitorScene scene, long incident, Locale locale)
    {
        scene.Engine.Speak(locale);
        await using var group = SampleGroup.On(scene.Engine);
        return await group.InPrivate($"why {incident}", SampleGroup.Stranger);
    }
}
