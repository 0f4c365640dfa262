using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Xunit;
using static ChatBot.Tests.Incidents.SampleReports;

namespace ChatBot.Tests.Incidents;

public class IncidentLinesTests
{
    private static readonly IncidentLines French = Lines(Locale.French);
    private static readonly IncidentLines English = Lines(Locale.English);

    [Fact]
    public void An_alert_says_to_the_public_what_and_to_the_root_group_why()
    {
        Assert.Equal("[hal] POP3 CRITICAL — #42", French.Alert(Unannounced()).Public?.Value);
        Assert.Equal("[hal] POP3 CRITICAL : Socket timeout after 10 seconds — #42 · !prends 42 <raison>", French.Alert(Unannounced()).Root?.Value);
        Assert.Equal("[hal] POP3 CRITICAL: Socket timeout after 10 seconds — #42 · !ack 42 <reason>", English.Alert(Unannounced()).Root?.Value);
    }

    [Fact]
    public void A_recovery_says_how_long_and_who_acknowledged_it()
    {
        var ended = Announced() with { State = CheckState.Ok, ClosedAt = At.AddMinutes(12), Acknowledgement = By("je redémarre", Audience.Root) };
        Assert.Equal("[hal] POP3 OK après 12 minutes — #42 (pris par lunar)", French.Recovery(ended).Public?.Value);
        Assert.Equal("[hal] POP3 OK after 12 minutes — #42 (ack by lunar)", English.Recovery(ended).Public?.Value);
    }

    [Theory]
    [InlineData(null, true, "POP3 CRITICAL depuis 1 minute, pris par personne #42 (instable)")]
    [InlineData(Suppression.Muted, true, "POP3 CRITICAL depuis 1 minute #42 (muet)")]
    [InlineData(Suppression.Intervention, false, "POP3 CRITICAL depuis 1 minute #42 (intervention)")]
    [InlineData(Suppression.Inhibited, false, "POP3 CRITICAL depuis 1 minute #42 (inhibé par #41)")]
    [InlineData(null, false, "POP3 CRITICAL depuis 1 minute, pris par personne #42")]
    public void An_answer_says_why_nothing_is_announced_of_an_incident(Suppression? suppression, bool flapping, string expected) => Assert.Equal(
        expected,
        IncidentText.Now(new Phrasebook(Locale.French, TimeZoneInfo.Utc), Announced() with { SuppressedBy = suppression, InhibitedBy = 41, Flapping = flapping }, At.AddMinutes(1)).Public?.Value);

    [Theory]
    [InlineData("POP3 CRITICAL - Connection refused"), InlineData("POP3 CRITICAL: Connection refused"), InlineData("CRITICAL - Connection refused")]
    [InlineData("pop3 critical : Connection refused"), InlineData("Connection refused")]
    public void The_check_and_its_state_are_said_once(string output) => Assert.Equal(
        "[hal] POP3 CRITICAL : Connection refused — #42 · !prends 42 <raison>",
        French.Alert(Unannounced() with { Detail = new RootText(output) }).Root?.Value);

    [Theory]
    [InlineData("POP3 CRITICALLY slow"), InlineData("POP3 CRITICAL - "), InlineData("CRITICAL"), InlineData("POP3 WARNING - slow")]
    public void What_only_begins_like_them_stays(string output) => Assert.StartsWith(
        $"[hal] POP3 CRITICAL : {output.TrimEnd()} — #42", French.Alert(Unannounced() with { Detail = new RootText(output) }).Root?.Value, StringComparison.Ordinal);

    [Fact]
    public void A_group_gives_the_root_group_what_the_checks_printed_and_how_to_acknowledge_them_all()
    {
        Incident[] two = [Unannounced(), Unannounced(43, "IMAP") with { Detail = new RootText("IMAP CRITICAL - " + new string('x', 400)) }];
        var line = French.AlertGroup(two, TimeSpan.FromSeconds(12));
        Assert.Equal("[hal] 2 alertes en 12 secondes : POP3 CRITICAL #42, IMAP CRITICAL #43 · !incidents hal", line.Public?.Value);
        Assert.StartsWith(
            "[hal] 2 alertes en 12 secondes : POP3 CRITICAL (Socket timeout after 10 seconds) #42, IMAP CRITICAL (xxx", line.Root?.Value, StringComparison.Ordinal);
        Assert.EndsWith("xxx… (+298)) #43 · !prends! hal <raison>", line.Root?.Value, StringComparison.Ordinal);
        Assert.InRange(line.Root!.Value.Value.Length, 100, 340);
        Incident[] five = [.. Enumerable.Range(1, 5).Select(i => Unannounced(i, "S" + i))];
        Assert.EndsWith(" and 2 more · !incidents hal · !ack! hal <reason>", English.AlertGroup(five, TimeSpan.Zero).Root?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overload_gives_the_root_group_its_figures()
    {
        var load = Unannounced(4, "Current Load") with { Detail = new RootText("CRITICAL - load average: 38.20, 30.1, 22.0") };
        var line = French.Cause(load, new(2, 2, IsLoad: true));
        Assert.Equal("[hal] surchargé : Current Load CRITICAL — #4 · 2 contrôles en dépassement de délai", line.Public?.Value);
        Assert.Equal(
            "[hal] surchargé : Current Load CRITICAL (load average: 38.20, 30.1, 22.0) — #4 · 2 contrôles en dépassement de délai · !prends 4 <raison>",
            line.Root?.Value);
    }

    [Theory]
    [InlineData(Locale.French, "hal : 3 incidents, pris par personne — Current Load CRITICAL depuis 1 minute #4, dont 2 autres découlent (HTTP #6, IMAP #5)")]
    [InlineData(Locale.English, "hal: 3 incidents, nobody has them — Current Load CRITICAL for 1 minute #4, the cause of 2 others (HTTP #6, IMAP #5)")]
    public void The_cause_comes_first_with_what_follows_from_it(Locale locale, string expected)
    {
        var load = Announced(4) with { Service = Name.OfService("Current Load") };
        var others = new[] { Announced(5) with { Service = Name.OfService("IMAP") }, Announced(6) with { Service = Name.OfService("HTTP") } }
            .Select(one => one with { SuppressedBy = Suppression.Overloaded, InhibitedBy = 4 });
        var line = IncidentText.OfMachine(new Phrasebook(locale, TimeZoneInfo.Utc), Name.OfMachine("hal"), [load, .. others], At.AddMinutes(1));
        Assert.Equal(expected, line.Public?.Value);
        Assert.Contains("Current Load CRITICAL (Socket timeout after 10 seconds)", line.Root?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_storm_names_the_machine_that_joined_it_last()
    {
        var storm = Enumerable.Range(0, 400).Select(i => Announced(i + 1) with { Machine = Name.OfMachine($"m{i % 40}") });
        var other = Announced(401) with { Machine = Name.OfMachine("autre") };
        var down = Announced(402) with { Machine = Name.OfMachine("routeur"), Service = null, State = CheckState.Down };
        Assert.StartsWith(
            "42 machines en alerte : routeur DOWN, autre POP3 CRITICAL, m39 POP3 CRITICAL (10), ", French.AlertStorm([.. storm, other, down], 0).Public?.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_a_storm_are_ranges_or_the_first_and_the_last()
    {
        var some = Enumerable.Range(1, 30).Select(i => Announced(i) with { Machine = Name.OfMachine($"m{i % 3}") }).ToList();
        Assert.Contains(" — #1–#30 · ", French.AlertStorm(some, 0).Public?.Value, StringComparison.Ordinal);
        Assert.Contains(" — 10 incidents de #3 à #30 · ", French.AlertStorm(some.FindAll(one => one.Number % 3 == 0), 0).Public?.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Audience.Public, true)]
    [InlineData(Audience.Root, false)]
    public void A_reason_is_public_only_where_it_was_said_in_public(Audience saidTo, bool isPublic)
    {
        var line = French.Acknowledged(Announced() with { Acknowledgement = By("je redémarre", saidTo) }, At);
        Assert.Equal(isPublic, line.Public?.Value.Contains("je redémarre", StringComparison.Ordinal));
        Assert.Contains("je redémarre", line.For(Audience.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void No_public_line_contains_what_was_not_declared_public()
    {
        const string hidden = "azerty12";
        var report = Of(ReportKind.Downtime, CheckState.Ok, Phase.Start) with
        {
            Detail = new RootText(hidden),
            Author = new RootText(hidden),
            Comment = new RootText(hidden),
            Subject = new RootText(hidden),
        };
        var incident = Announced() with
        {
            Detail = new RootText(hidden),
            Acknowledgement = By(hidden, Audience.Root),
            State = CheckState.Warning,
            ClosedAt = At.AddHours(1),
        };
        foreach (var lines in new[] { French, English })
        {
            foreach (var line in new[]
            {
                lines.Alert(incident), lines.Changed(incident), lines.AlertGroup([incident, incident], TimeSpan.Zero),
                lines.Recovery(incident), lines.RecoveryGroup([incident, incident]), lines.Acknowledged(incident, At),
                lines.AcknowledgedInMonitor(incident, report), lines.Released(incident, PublicText.Declared("hal"), At),
                lines.AcknowledgementExpired(incident, PublicText.Declared("hal"), At), lines.FlappingStarted(incident),
                lines.FlappingEnded(report, incident), lines.FlappingEnded(report, null), lines.Downtime(report),
            })
            {
                Assert.NotNull(line.Public);
                Assert.DoesNotContain(hidden, line.Public.Value.Value, StringComparison.Ordinal);
                Assert.False(line.For(Audience.Root)!.EndsWith(' '));
            }
        }
    }

    private static IncidentLines Lines(Locale locale) => new(new Phrasebook(locale, TimeZoneInfo.Utc), "!", publicOutput: false);
}
