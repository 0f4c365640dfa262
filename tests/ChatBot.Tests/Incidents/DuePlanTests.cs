using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.PlanScene;

namespace ChatBot.Tests.Incidents;

/// <summary>What is announced when time passes, as tables: what waits, what is said, and what happened by that.</summary>
public class DuePlanTests
{
    private static readonly Incident Down = Fresh(3, "hal DOWN");
    private static readonly Incident Overload = Fresh(4, "hal load CRITICAL");
    private static readonly Incident TimedOut = Fresh(5, "hal POP3 CRITICAL") with { TimedOut = true };

    private static readonly Incident[] Everywhere =
    [
        Fresh(1, "hal POP3 CRITICAL"), Fresh(2, "sud FTP CRITICAL"), Fresh(3, "sql MySQL CRITICAL"), Fresh(4, "filer NFS CRITICAL"),
        Fresh(5, "web HTTP CRITICAL") with { AnnounceAt = Now.AddSeconds(3) },
    ];

    private static readonly Incident[] EndedEverywhere =
        [Ended(1, "hal POP3 CRITICAL"), Ended(2, "sud FTP CRITICAL"), Ended(3, "sql MySQL CRITICAL"), Ended(4, "filer NFS CRITICAL")];

    public static TheoryData<Case> Grouping =>
    [
        new Case("one alert", Of(Fresh(1, "hal POP3 CRITICAL")), ["[hal] POP3 CRITICAL — #1"], ["1 Announced"]),
        new Case("it waits for company", Of(Fresh(1, "hal POP3 CRITICAL") with { AnnounceAt = Now.AddSeconds(1) }), [], []),
        new Case(
            "two of a machine are one line, though the second has not waited as long",
            Of(Fresh(1, "hal POP3 CRITICAL"), Fresh(2, "hal IMAP WARNING") with { AnnounceAt = Now.AddSeconds(4) }),
            ["[hal] 2 alerts: POP3 CRITICAL #1, IMAP WARNING #2 · !incidents hal"],
            ["1 Announced", "2 Announced"]),
        new Case(
            "two machines are two lines",
            Of(Fresh(1, "hal POP3 CRITICAL"), Fresh(2, "sud FTP CRITICAL")),
            ["[hal] POP3 CRITICAL — #1", "[sud] FTP CRITICAL — #2"],
            ["1 Announced", "2 Announced"]),
        new Case("a state that came back is not announced", Of(Announced(1, "hal POP3 CRITICAL") with { AnnounceAt = Now }), [], []),
        new Case(
            "another state names the one before",
            Of(Announced(1, "hal POP3 WARNING") with { AnnouncedState = CheckState.Critical, AnnounceAt = Now }),
            ["[hal] POP3 WARNING (was CRITICAL) — #1"],
            ["1 Announced"]),
        new Case(
            "a machine announced a moment ago waits",
            Of(Fresh(1, "hal POP3 WARNING")) with { AnnouncedLately = Lately(-10) },
            [],
            ["1 WaitsForOthers"]),
        new Case(
            "unless it is urgent",
            Of(Fresh(1, "hal POP3 CRITICAL")) with { AnnouncedLately = Lately(-10) },
            ["[hal] POP3 CRITICAL — #1"],
            ["1 Announced"]),
        new Case(
            "or the clock was put back since",
            Of(Fresh(1, "hal POP3 WARNING")) with { AnnouncedLately = Lately(3600) },
            ["[hal] POP3 WARNING — #1"],
            ["1 Announced"]),
        new Case(
            "what its machine changed before stands beside it",
            Of(Fresh(1, "hal POP3 CRITICAL")) with { Changes = [Changed("hal", "/etc/dovecot/dovecot.conf")] },
            [Public(Lines.Alert(Fresh(1, "hal POP3 CRITICAL") with { ChangedBefore = Changed("hal", "/etc/dovecot/dovecot.conf") }))],
            ["1 Announced"]),
    ];

    public static TheoryData<Case> Storm =>
    [
        new Case(
            "alerts of more than three machines are one line, with what ended meanwhile and what still waits",
            Of(Everywhere) with { EndedUnannounced = [Now.AddSeconds(-5), Now.AddSeconds(-4), Now.AddHours(-1)] },
            [Public(Lines.AlertStorm(Everywhere, 2))],
            ["1 Announced", "2 Announced", "3 Announced", "4 Announced", "5 Announced"]),
        new Case(
            "so are their ends",
            Of(EndedEverywhere),
            [Public(Lines.RecoveryStorm(EndedEverywhere))],
            ["1 Announced", "2 Announced", "3 Announced", "4 Announced"],
            ManyEnded: true),
        new Case("ends that follow wait for each other", Of(Ended(1, "hal POP3 CRITICAL")) with { ManyEndedAt = Now.AddSeconds(-5) }, [], []),
        new Case(
            "but not for ever",
            Of(Ended(1, "hal POP3 CRITICAL")) with { ManyEndedAt = Now.AddSeconds(-15) },
            ["[hal] POP3 OK after 1 hour — #1"],
            ["1 Announced"]),
        new Case(
            "and alerts never",
            Of(Fresh(1, "hal POP3 CRITICAL")) with { ManyEndedAt = Now.AddSeconds(-5) },
            ["[hal] POP3 CRITICAL — #1"],
            ["1 Announced"]),
    ];

    public static TheoryData<Case> Inhibiting =>
    [
        new Case(
            "a machine that is down inhibits its services",
            Of(Fresh(1, "hal POP3 CRITICAL"), Down),
            [Public(Lines.Cause(Down, new(1, 1, IsLoad: false)))],
            ["1 Inhibited", "3 Announced"],
            [Reason.Inhibited]),
        new Case(
            "and the machines that depend on it",
            Of(Fresh(1, "hal DOWN"), Fresh(2, "routeur DOWN")),
            [Public(Lines.Cause(Fresh(2, "routeur DOWN"), new(1, 1, IsLoad: false)))],
            ["1 Inhibited", "2 Announced"],
            [Reason.Inhibited]),
        new Case(
            "one that another incident inhibited before counts as well",
            Of(Down) with { Inhibited = Counts(3, total: 4, open: 2) },
            [Public(Lines.Cause(Down, new(4, 2, IsLoad: false)))],
            ["3 Announced"]),
        new Case(
            "its end names what is still open",
            Of(Ended(3, "hal DOWN")) with { Inhibited = Counts(3, total: 4, open: 2) },
            [Public(Lines.CauseRecovery(Ended(3, "hal DOWN"), new(4, 2, IsLoad: false)))],
            ["3 Announced"]),
        new Case("what lost its cause waits a little", Orphaned(Inhibited(1, "hal POP3 CRITICAL", by: 3)), [], []),
        new Case(
            "and is announced where it has not recovered",
            Orphaned(Inhibited(1, "hal POP3 CRITICAL", by: 3) with { AnnounceAt = Now }),
            ["[hal] POP3 CRITICAL — #1"],
            ["1 InhibitionEnded", "1 Announced"]),
        new Case(
            "unless another cause has come",
            Orphaned(Inhibited(1, "hal POP3 CRITICAL", by: 9) with { AnnounceAt = Now }, Announced(3, "hal DOWN")),
            [],
            []),
        new Case(
            "nothing is inhibited for longer than a day",
            Of(Fresh(1, "hal POP3 CRITICAL") with { OpenedAt = Now.AddHours(-25) }, Announced(3, "hal DOWN") with { AnnouncedAt = Now }),
            ["[hal] POP3 CRITICAL — #1"],
            ["1 Announced"]),
        new Case("an end is announced though its machine is down", Of(Ended(1, "hal POP3 CRITICAL"), Announced(3, "hal DOWN")), ["[hal] POP3 OK after 1 hour — #1"], ["1 Announced"]),
    ];

    public static TheoryData<Case> Overloaded =>
    [
        new Case(
            "a loaded machine inhibits its checks without an answer in time",
            Of(Overload, TimedOut),
            [Public(Lines.Cause(Overload, new(1, 1, IsLoad: true)))],
            ["5 Overloaded", "4 Announced"],
            [Reason.Overloaded]),
        new Case(
            "but not those that failed otherwise",
            Of(Announced(4, "hal load CRITICAL"), Fresh(5, "hal POP3 CRITICAL")),
            ["[hal] POP3 CRITICAL — #5"],
            ["5 Announced"]),
        new Case(
            "whatever its name is written in",
            Of(Announced(4, "hal Charge système É CRITICAL") with { AnnouncedAt = Now }, TimedOut) with { Inhibited = Counts(4, total: 1, open: 1) },
            [],
            ["5 Overloaded"],
            [Reason.Overloaded]),
        new Case(
            "an overload that was announced with nothing to inhibit is announced as such once",
            Of(Announced(4, "hal load CRITICAL"), TimedOut, TimedOut with { Number = 6, Service = Name.OfService("IMAP") }),
            [Public(Lines.Cause(Announced(4, "hal load CRITICAL"), new(2, 2, IsLoad: true)))],
            ["5 Overloaded", "6 Overloaded"],
            [Reason.Overloaded, Reason.Overloaded]),
    ];

    public static TheoryData<Case> Silencing =>
    [
        new Case("a muted service", Of(Fresh(1, "hal POP3 CRITICAL")).Silenced(Mute("hal", "POP3")), [], ["1 Muted"], [Reason.Muted]),
        new Case("a muted machine", Of(Fresh(1, "hal POP3 CRITICAL")).Silenced(Mute("hal")), [], ["1 Muted"], [Reason.Muted]),
        new Case(
            "another service is announced",
            Of(Fresh(1, "hal POP3 CRITICAL")).Silenced(Mute("hal", "IMAP")),
            ["[hal] POP3 CRITICAL — #1"],
            ["1 Announced"]),
        new Case("the end of what was announced is announced", Of(Ended(1, "hal POP3 CRITICAL")).Silenced(Mute("hal")), ["[hal] POP3 OK after 1 hour — #1"], ["1 Announced"]),
        new Case(
            "work on what it depends on",
            Of(Fresh(1, "hal POP3 CRITICAL")).Silenced(work: Work("routeur")),
            [],
            ["1 DuringIntervention"],
            [Reason.DuringIntervention]),
        new Case("work elsewhere", Of(Fresh(1, "sud FTP CRITICAL")).Silenced(work: Work("routeur")), ["[sud] FTP CRITICAL — #1"], ["1 Announced"]),
    ];

    public static TheoryData<Case> Reminding =>
    [
        new Case(
            "open for a day and unacknowledged",
            Of(Yesterday(1, "hal POP3 CRITICAL"), Yesterday(2, "sud FTP WARNING")),
            [Public(Lines.Reminder([Yesterday(1, "hal POP3 CRITICAL"), Yesterday(2, "sud FTP WARNING")]))],
            ["1 Reminded", "2 Reminded"]),
        new Case("a second less", Of(Yesterday(1, "hal POP3 CRITICAL") with { AnnouncedAt = Now.AddDays(-1).AddSeconds(1) }), [], []),
        new Case("acknowledged", Of(Yesterday(1, "hal POP3 CRITICAL") with { Acknowledgement = SampleReports.By("je regarde", Audience.Public) }), [], []),
        new Case("suppressed", Of(Yesterday(1, "hal POP3 CRITICAL") with { SuppressedBy = Suppression.Muted }), [], []),
        new Case("flapping", Of(Yesterday(1, "hal POP3 CRITICAL") with { Flapping = true }), [], []),
    ];

    [Theory]
    [MemberData(nameof(Grouping))]
    [MemberData(nameof(Storm))]
    [MemberData(nameof(Inhibiting))]
    [MemberData(nameof(Overloaded))]
    [MemberData(nameof(Silencing))]
    [MemberData(nameof(Reminding))]
    public void Is_announced(Case row)
    {
        var outcome = Usual.Due(row.Situation, Now);
        Assert.Equal(row.Says, outcome.Says());
        Assert.Equal(row.Happened, outcome.Happened());
        Assert.Equal(row.ManyEnded ? Now : default(DateTimeOffset?), outcome.ManyEndedAt);
        if (row.Suppressed is { } suppressed)
        {
            Assert.Equal(suppressed, outcome.Suppressed);
        }
    }

    [Fact]
    public void What_is_announced_is_known_to_the_channel_from_then_on()
    {
        var after = Usual.Due(Of(Fresh(1, "hal POP3 CRITICAL")), Now).Saved(1);
        Assert.Equal((CheckState.Critical, null, Now), (after.AnnouncedState!.Value, after.AnnounceAt, after.AnnouncedAt!.Value));
    }

    [Fact]
    public void What_is_inhibited_knows_its_cause_and_waits_for_no_moment()
    {
        var after = Usual.Due(Of(Fresh(1, "hal POP3 CRITICAL"), Down), Now).Saved(1);
        Assert.Equal((Suppression.Inhibited, 3L, null), (after.SuppressedBy!.Value, after.InhibitedBy!.Value, after.AnnounceAt));
    }

    [Theory]
    [InlineData(Suppression.Inhibited, 2)]
    [InlineData(Suppression.Overloaded, 10)]
    public void The_grace_after_the_end_of_a_cause_is_of_its_kind(Suppression kind, int minutes) =>
        Assert.Equal(Now.AddMinutes(minutes), Usual.Due(Orphaned(Inhibited(1, "hal POP3 CRITICAL", by: 3, kind)), Now).Saved(1).AnnounceAt);

    [Fact]
    public void What_waits_for_the_next_line_of_its_machine_waits_for_the_rest_of_the_interval() => Assert.Equal(
        Now.AddSeconds(5),
        Usual.Due(Of(Fresh(1, "hal POP3 WARNING")) with { AnnouncedLately = Lately(-10) }, Now).Saved(1).AnnounceAt);

    [Fact]
    public void Without_a_wait_nothing_waits_for_company() => Assert.Single(
        With(Rules with { GroupWait = TimeSpan.Zero }).Due(Of(Fresh(1, "hal POP3 WARNING")) with { AnnouncedLately = Lately(-10) }, Now).Lines);

    [Fact]
    public void Without_a_repetition_nobody_is_reminded() =>
        Assert.Empty(With(Rules with { Repeat = TimeSpan.Zero }).Due(Of(Yesterday(1, "hal POP3 CRITICAL")), Now).Lines);

    private static Situation Orphaned(Incident orphan, params Incident[] others) => Of([orphan, .. others]) with { Orphans = [orphan.Number] };

    private static Incident Yesterday(long number, string what) => Announced(number, what) with { AnnouncedAt = Now.AddDays(-1) };

    private static Dictionary<string, DateTimeOffset> Lately(int seconds) => new() { ["hal"] = Now.AddSeconds(seconds) };

    private static Dictionary<long, InhibitedCount> Counts(long cause, long total, long open) => new() { [cause] = new(total, open, false) };

    private static Change Changed(string machine, string path) => new(
        Name.OfMachine(machine), Now.AddSeconds(-5).AddMinutes(-30), new ChangeSummary { Files = [new ChangedFile('M', path)] });

    public sealed record Case(
        string Name, Situation Situation, string[] Says, string[] Happened, Reason[]? Suppressed = null, bool ManyEnded = false)
    {
        public override string ToString() => Name;
    }
}
