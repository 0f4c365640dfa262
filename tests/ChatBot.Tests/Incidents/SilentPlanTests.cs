using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Mutes;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.PlanScene;

namespace ChatBot.Tests.Incidents;

/// <summary>What becomes of problems whose program never reports an end, as tables.</summary>
public class SilentPlanTests
{
    private const string Disk = "filer smartd CRITICAL";

    private static readonly PublicText Smartd = PublicText.Declared("smartd");

    private static readonly RepeatHistory Once = RepeatHistory.Begun(Now.AddHours(-26));

    public static TheoryData<Case> Silences =>
    [
        new Case("one message is waited for a day and more", [Announced(1, Disk) with { Repeats = Unheard(24) }], [], []),
        new Case(
            "then it is silent, and not over",
            [Announced(1, Disk) with { Repeats = Unheard(25) }],
            ["[filer] smartd CRITICAL: silent since 21 Nov 18:00, nothing says that it is over — #1"],
            ["1 FellSilent"]),
        new Case("which is said once", [Announced(1, Disk) with { Repeats = Unheard(900) with { IsSilent = true } }], [], []),
        new Case("what repeats every week is waited for two", [Announced(1, Disk) with { Repeats = Unheard(200) with { Longest = TimeSpan.FromDays(7) } }], [], []),
        new Case(
            "and no longer",
            [Announced(1, Disk) with { Repeats = Unheard(337) with { Longest = TimeSpan.FromDays(7) } }],
            ["[filer] smartd CRITICAL: silent since 21 Nov 18:00, nothing says that it is over — #1"],
            ["1 FellSilent"]),
        new Case(
            "several of a machine are one line",
            [Announced(1, Disk) with { Repeats = Unheard(25) }, Announced(2, "filer md0 WARNING") with { Repeats = Unheard(25) }],
            ["[filer] 2 incidents silent since 21 Nov 18:00, nothing says that they are over: smartd CRITICAL #1, md0 WARNING #2 · !incidents filer"],
            ["1 FellSilent", "2 FellSilent"]),
        new Case("what was never announced is not said to be silent", [Fresh(1, Disk) with { AnnounceAt = null, Repeats = Unheard(25) }], [], ["1 FellSilent"]),
        new Case("nor what is muted", [Announced(1, Disk) with { Repeats = Unheard(25) }], [], ["1 FellSilent"], Mute("filer")),
        new Case("nor what is worked on", [Announced(1, Disk) with { Repeats = Unheard(25) }], [], ["1 FellSilent"], Work: Work("filer")),
        new Case("what has ended is over", [Announced(1, Disk) with { Repeats = Unheard(25), ClosedAt = Now }], [], []),
        new Case("of what reports its end no silence is one", [Announced(1, Disk)], [], []),
    ];

    [Theory, MemberData(nameof(Silences))]
    public void A_silence_becomes(Case row)
    {
        var outcome = Usual.FallSilent(PlanScene.Of(row.Incidents).Silenced(row.Mute, row.Work), Now);
        Assert.Equal(row.Says, outcome.Says());
        Assert.Equal(row.Happened, outcome.Happened());
        Assert.All(outcome.Incidents, one => Assert.True(one is { IsOpen: true, Repeats.IsSilent: true }));
        Assert.Equal(row.Happened.Length - row.Said, outcome.Suppressed.Count);
    }

    [Fact]
    public void A_repeat_is_counted_and_its_interval_learned()
    {
        var once = Alert(PlanScene.Of(Of(Unheard(3))));
        Assert.Equal(["1 Repeated"], once.Happened());
        Assert.Equal(new RepeatHistory(1, Now, TimeSpan.FromHours(3), TimeSpan.Zero, IsSilent: false), once.Saved(1).Repeats);
        Assert.Empty(once.Lines);
        Assert.Null(once.Saved(1).AnnounceAt);

        var sooner = Alert(PlanScene.Of(once.Saved(1) with { Repeats = once.Saved(1).Repeats! with { Unheard = TimeSpan.FromHours(1) } })).Saved(1).Repeats!;
        Assert.Equal((2, TimeSpan.FromHours(3)), (sooner.Count, sooner.Longest));
    }

    [Fact]
    public void After_a_silence_it_is_announced_again_and_the_silence_was_its_interval()
    {
        var silent = Of(Once with { LastAt = Now.AddDays(-7), Unheard = TimeSpan.FromHours(25), IsSilent = true });
        var again = Alert(PlanScene.Of(silent));
        Assert.Equal(["1 ReportedAgain"], again.Happened());
        Assert.Equal(TimeSpan.FromDays(7), again.Saved(1).Repeats!.Longest);
        Assert.Equal(Now + Rules.GroupWait, again.Saved(1).AnnounceAt);
        Assert.Equal(
            ["[filer] smartd CRITICAL again — #1"],
            Usual.Due(PlanScene.Of(again.Saved(1)), Now + Rules.GroupWait).Says());
    }

    [Fact]
    public void Which_a_mute_holds_back_until_its_end()
    {
        var silent = Of(Once with { IsSilent = true });
        var muted = Alert(PlanScene.Of(silent).Silenced(Mute("filer"))).Saved(1);
        Assert.Equal((Suppression.Muted, null), (muted.SuppressedBy, muted.AnnouncedState));
        Assert.Single(SuppressionEnd.Plan([muted], Mute("filer").Covers, Empty.Silences, Now).Summary.Open);
    }

    [Theory]
    [InlineData(0, 25), InlineData(2, 25), InlineData(24, 49), InlineData(24 * 7, 24 * 14 + 1), InlineData(24 * 3650, 24 * 70)]
    public void How_long_it_waits_is_learned_and_bounded(int longest, int patience) =>
        Assert.Equal(TimeSpan.FromHours(patience), (Once with { Longest = TimeSpan.FromHours(longest) }).Patience);

    [Fact]
    public void A_clock_that_was_wrong_during_the_silence_teaches_nothing_beyond_the_bounds()
    {
        var silent = Once with { Unheard = TimeSpan.FromHours(25), IsSilent = true };
        Assert.Equal(RepeatHistory.MostPatience, (silent with { LastAt = Now.AddYears(-80) }).Heard(Now).Longest);
        Assert.Equal(TimeSpan.FromHours(25), (silent with { LastAt = Now.AddYears(80) }).Heard(Now).Longest);
    }

    [Theory]
    [InlineData(-30, false, true)] // reported when the reminder was due
    [InlineData(-90, false, false)] // not since
    [InlineData(-30, true, false)] // silent
    public void Only_what_is_still_reported_is_said_to_be_still_open(int reported, bool isSilent, bool isReminded)
    {
        var open = Announced(1, Disk) with { AnnouncedAt = Now.AddHours(-25), Repeats = Once with { LastAt = Now.AddMinutes(reported), IsSilent = isSilent } };
        Assert.Equal(isReminded ? ["1 Reminded"] : [], Usual.Due(PlanScene.Of(open), Now).Happened());
    }

    [Fact]
    public void A_person_closes_incidents_with_a_line_for_each_machine_and_their_state_stays()
    {
        var by = PublicText.Declared("lunar");
        var (each, outcome) = Usual.Close(
            [1, 2, 3, 4], [Announced(1, Disk), Fresh(2, "sud raid WARNING"), Ended(3, "sud SSH CRITICAL")], by, new Remark(new RootText("replaced"), Audience.Public), Now);
        Assert.Equal(
            [AcknowledgeResult.Done, AcknowledgeResult.Done, AcknowledgeResult.AlreadyClosed, AcknowledgeResult.NoSuchIncident], each.Select(one => one.Result));
        Assert.Equal(["1 Closed", "2 Closed"], outcome.Happened());
        Assert.Equal(
            ["[filer] smartd CRITICAL closed by lunar “replaced” after 1 hour — #1", "[sud] raid WARNING closed by lunar “replaced” after 5 seconds — #2"],
            outcome.Says());
        Assert.All(outcome.Incidents, one => Assert.Equal((Now, null), (one.ClosedAt, one.AnnounceAt)));
        Assert.Equal(CheckState.Critical, outcome.Saved(1).State);
        Assert.Empty(outcome.Orders);
    }

    [Fact]
    public void A_reason_given_in_the_root_channel_stays_there()
    {
        var outcome = Usual.Close(
            [1, 2], [Announced(1, Disk), Announced(2, "filer md0 WARNING")], PublicText.Declared("lunar"), new Remark(new RootText("Dupont"), Audience.Root), Now).All;
        Assert.Equal(["[filer] 2 incidents closed by lunar: smartd CRITICAL #1, md0 WARNING #2"], outcome.Says());
        var line = Assert.Single(outcome.Lines);
        Assert.Contains("Dupont", line.Words(line.Incidents).For(Audience.Root), StringComparison.Ordinal);
    }

    private static RepeatHistory Unheard(int hours) => Once with { Unheard = TimeSpan.FromHours(hours) };

    private static Incident Of(RepeatHistory repeats) => Announced(1, Disk) with { Part = default(CheckPart).Of(Smartd), Source = Smartd, Repeats = repeats };

    private static Outcome Alert(Situation situation) => Usual.Plan(situation, [Report(ReportKind.Alert, Disk) with { Source = Smartd, HasNoEnd = true }], Now, Now);

    public sealed record Case(string Name, Incident[] Incidents, string?[] Says, string[] Happened, Mute? Mute = null, Intervention? Work = null)
    {
        /// <summary>How many of them are in a line.</summary>
        public int Said => Says.Length == 0 ? 0 : Happened.Length;

        public override string ToString() => Name;
    }
}
