using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.SampleReports;

namespace ChatBot.Tests.Incidents;

public class AnnouncementTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly IncidentLines Lines = new(new Phrasebook(Locale.English, TimeZoneInfo.Utc), "!", publicOutput: false);

    [Fact]
    public void Nothing_is_due_before_the_wait_ends() => Assert.Empty(Due([Unannounced()], At.AddSeconds(4)));

    [Fact]
    public void What_came_later_on_the_same_machine_goes_with_the_first()
    {
        var later = Unannounced(43, "IMAP") with { OpenedAt = At.AddSeconds(4), AnnounceAt = At.AddSeconds(9) };
        var elsewhere = later with { Number = 44, Machine = Name.OfMachine("sud") };
        var due = Assert.Single(Due([Unannounced(), later, elsewhere], At.AddSeconds(5)));
        Assert.Equal("[hal] 2 alerts: POP3 CRITICAL #42, IMAP CRITICAL #43 · !incidents hal", due.Line?.Public?.Value);
        Assert.All(due.Incidents, one => Assert.Equal((one.State, null), (one.AnnouncedState!.Value, one.AnnounceAt)));
    }

    [Fact]
    public void Four_are_named_and_of_five_three()
    {
        Incident[] many = [.. Enumerable.Range(1, 5).Select(i => Unannounced(i, "S" + i))];
        Assert.Equal(
            "[hal] 4 alerts: S1 CRITICAL #1, S2 CRITICAL #2, S3 CRITICAL #3, S4 CRITICAL #4 · !incidents hal",
            Due(many[..4], At.AddSeconds(5))[0].Line?.Public?.Value);
        Assert.Equal(
            "[hal] 5 alerts: S1 CRITICAL #1, S2 CRITICAL #2, S3 CRITICAL #3 and 2 more · !incidents hal",
            Due(many, At.AddSeconds(5))[0].Line?.Public?.Value);
    }

    [Fact]
    public void Recoveries_are_announced_before_new_alerts()
    {
        var ended = Announced(41) with { State = CheckState.Ok, ClosedAt = At.AddMinutes(1), AnnounceAt = At.AddMinutes(1) };
        var due = Due([ended, Unannounced()], At.AddMinutes(1));
        Assert.Equal(["[hal] POP3 OK after 1 minute — #41", "[hal] POP3 CRITICAL — #42"], due.Select(one => one.Line?.Public?.Value));
    }

    [Fact]
    public void Several_ends_are_one_line()
    {
        var ended = Announced(41) with { State = CheckState.Ok, ClosedAt = At, AnnounceAt = At };
        var line = Assert.Single(Due([ended, ended with { Number = 42, Service = Name.OfService("IMAP") }], At)).Line;
        Assert.Equal("[hal] 2 recoveries: POP3 OK #41, IMAP OK #42", line?.Public?.Value);
    }

    [Fact]
    public void A_state_that_came_back_before_it_was_announced_is_not_announced()
    {
        var due = Assert.Single(Due([Announced() with { AnnounceAt = At }], At));
        Assert.Null(due.Line);
        Assert.Null(due.Incidents[0].AnnounceAt);
    }

    [Fact]
    public void Another_state_is_announced_with_the_one_before()
    {
        var due = Assert.Single(Due([Announced() with { State = CheckState.Warning, AnnounceAt = At }], At));
        Assert.Equal("[hal] POP3 WARNING (was CRITICAL) — #42", due.Line?.Public?.Value);
    }

    [Fact]
    public void What_is_due_beyond_the_wait_is_due_now() => Assert.Single(Due([Unannounced() with { AnnounceAt = At.AddHours(2) }], At));

    [Fact]
    public void What_another_loop_stored_a_moment_after_the_clock_was_read_waits_all_the_same() =>
        Assert.Empty(Due([Unannounced() with { AnnounceAt = At + Wait + TimeSpan.FromMilliseconds(40) }], At));

    private static IReadOnlyList<Announcement> Due(Incident[] unannounced, DateTimeOffset now) => Announcement.Due(unannounced, now, Wait, Lines);
}
