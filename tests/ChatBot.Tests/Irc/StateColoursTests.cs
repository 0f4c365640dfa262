using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Incidents;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Tests.Incidents;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed partial class StateColoursTests
{
    private static readonly Gen<string> Lines = Gen.Int[0, Words.Length - 1].Array[0, 40]
        .Select(words => "[hal] " + string.Join(' ', words.Select(i => Words[i])));

    private static string[] Words =>
    [
        "\uFDD0CRITICAL", "\uFDD0OK", "\uFDD0UP", "\uFDD0DOWN,", "UNKNOWN", "\uFDD0", "POP3", "#4", "#42,", "·", "—", ":", "a:", "CRITICAL,", "WARNING:", "é", "[x]", "\u0002",
        "5", "",
    ];

    // ^ is the mark of a state.
    [Theory]
    [InlineData("[hal] POP3 ^CRITICAL — #42 · !prends 42 <raison>", "*[hal]* POP3 <4 CRITICAL> — #42 · !prends 42 <raison>")]
    [InlineData("[hal] ^DOWN — #42", "*[hal]* <4 DOWN> — #42")]
    [InlineData("[hal] ^UNREACHABLE — #42", "*[hal]* <4 UNREACHABLE> — #42")]
    [InlineData("[hal] SMTP ^WARNING — #42", "*[hal]* SMTP <7 WARNING> — #42")]
    [InlineData("[hal] SMTP ^UNKNOWN — #42", "*[hal]* SMTP <6 UNKNOWN> — #42")]
    [InlineData("[hal] ^UP après 3 minutes — #42", "*[hal]* <3 UP> après 3 minutes — #42")]
    [InlineData("[hal] POP3 ^OK after 12 minutes — #42 (ack by lunar)", "*[hal]* POP3 <3 OK> after 12 minutes — #42 (ack by lunar)")]
    [InlineData("[hal] DISK ^CRITICAL: DISK OK - 5 MB — #42", "*[hal]* DISK <4 CRITICAL>: DISK OK - 5 MB — #42")]
    [InlineData("[hal] DISK ^CRITICAL : DISK OK — #42", "*[hal]* DISK <4 CRITICAL> : DISK OK — #42")]
    [InlineData("[hal] DISK ^CRITICAL\u00a0: DISK OK — #42", "*[hal]* DISK <4 CRITICAL>\u00a0: DISK OK — #42")]
    [InlineData("[hal] POP3 ^CRITICAL (was WARNING) — #42", "*[hal]* POP3 <4 CRITICAL> (was WARNING) — #42")]
    [InlineData(
        "[hal] 7 alertes en 30 s : POP3 ^CRITICAL #42, IMAP ^WARNING #43 et 4 autres · !incidents hal",
        "*[hal]* 7 alertes en 30 s : POP3 <4 CRITICAL> #42, IMAP <7 WARNING> #43 et 4 autres · !incidents hal")]
    [InlineData(
        "[hal] en attente depuis 14:05 : POP3 ^CRITICAL #42 · SMTP ^OK après 1 heure et 2 minutes #44 · !incidents hal",
        "*[hal]* en attente depuis 14:05 : POP3 <4 CRITICAL> #42 · SMTP <3 OK> après 1 heure et 2 minutes #44 · !incidents hal")]
    [InlineData("une ligne sans machine : POP3 ^CRITICAL", "une ligne sans machine : POP3 <4 CRITICAL>")]
    [InlineData("[hal] CRITICAL ^WARNING — #42", "*[hal]* CRITICAL <7 WARNING> — #42")]
    [InlineData("[hal] POP3 CRITICAL — #42", "*[hal]* POP3 CRITICAL — #42")]
    [InlineData("[hal] lunar : OK, tout va bien, voir #42", "*[hal]* lunar : OK, tout va bien, voir #42")]
    [InlineData("[hal] modifié : UP DOWN — #42", "*[hal]* modifié : UP DOWN — #42")]
    [InlineData("[hal] POP3 ^CRIT", "*[hal]* POP3 CRIT")]
    [InlineData("[hal] ^^DOWN ^critical ^Critical ^CRITICALS ^", "*[hal]* <4 DOWN> critical Critical CRITICALS ")]
    [InlineData("hal: CRITICAL #42", "hal: CRITICAL #42")]
    [InlineData("[hal]CRITICAL #42", "[hal]CRITICAL #42")]
    [InlineData("[two words] CRITICAL #42", "[two words] CRITICAL #42")]
    [InlineData("[] CRITICAL #42", "[] CRITICAL #42")]
    [InlineData("[hal", "[hal")]
    [InlineData("", "")]
    public void The_machine_is_bold_and_a_marked_state_has_its_colour(string line, string shown) =>
        Assert.Equal(shown, Shown(StateColours.Of(line.Replace('^', StateMark.Sign))));

    [Theory]
    [InlineData(Locale.English), InlineData(Locale.French)]
    public void The_state_keeps_its_colour_in_the_words_of_each_language(Locale locale) => Assert.All(
        (Template[])
        [
            Sentences.Alert, Sentences.AlertWithDetail, Sentences.StateChanged, Sentences.StateChangedWithDetail, Sentences.Inhibits,
            Sentences.Recovery, Sentences.RecoveryAcknowledged, Sentences.Acknowledged, Sentences.AcknowledgedWithReason,
            Sentences.AcknowledgedInMonitor, Sentences.AcknowledgedInMonitorBy, Sentences.Unacknowledged, Sentences.AcknowledgementExpired,
            Sentences.FlappingStarted, Sentences.FlappingEnded, Sentences.FlappingEndedUnknown, Sentences.FlappingEndedCounted,
            Sentences.DowntimeStarted, Sentences.DowntimeEnded, Sentences.DowntimeCancelled,
        ],
        sentence => Assert.StartsWith(
            "*[hal]* POP3 <4 CRITICAL>",
            Shown(StateColours.Of(sentence.Fill(locale, ["hal", $"POP3 {StateMark.Sign}CRITICAL", "3", "4", "5", "6"]))),
            StringComparison.Ordinal));

    [Theory]
    [InlineData(Locale.English), InlineData(Locale.French)]
    public void Every_line_about_an_incident_shows_its_state_and_no_other_word_as_one(Locale locale)
    {
        var lines = new IncidentLines(new Phrasebook(locale, TimeZoneInfo.Utc), "!", publicOutput: true);
        // A check may be called as a state, and who speaks may say one.
        var open = SampleReports.Unannounced(42, "CRITICAL", CheckState.Warning) with { Detail = new RootText("DISK OK : CRITICAL #42") };
        var other = open with { Number = 43, Service = null, State = CheckState.Unknown };
        var ended = open with { State = CheckState.Ok, ClosedAt = open.OpenedAt.AddMinutes(12) };
        var taken = open with { Acknowledgement = SampleReports.By("OK : DOWN #42", Audience.Public) };
        var report = SampleReports.Of(ReportKind.Flapping, CheckState.Warning) with { Service = Name.OfService("CRITICAL") };
        (Line Line, string[] Shown)[] all =
        [
            (lines.Alert(open), ["<7 WARNING>"]),
            (lines.AlertGroup([open, other], TimeSpan.FromSeconds(3)), ["<7 WARNING>", "<6 UNKNOWN>"]),
            (lines.Cause(open, new(4, 4, IsLoad: true)), ["<7 WARNING>"]),
            (lines.Cause(open, new(4, 4, IsLoad: false)), ["<7 WARNING>"]),
            (lines.CauseRecovery(ended, new(4, 1, IsLoad: false)), ["<3 OK>"]),
            (lines.Changed(open with { AnnouncedState = CheckState.Critical }), ["<7 WARNING>"]),
            (lines.Reminder([open, other]), ["<7 WARNING>", "<6 UNKNOWN>"]),
            (lines.Recovery(ended), ["<3 OK>"]),
            (lines.RecoveryGroup([ended, ended]), ["<3 OK>", "<3 OK>"]),
            (lines.Acknowledged(taken, taken.OpenedAt), ["<7 WARNING>"]),
            (lines.AcknowledgedGroup([taken, other with { Acknowledgement = taken.Acknowledgement }], taken.OpenedAt), ["<7 WARNING>", "<6 UNKNOWN>"]),
            (lines.FlappingEnded(report, open, 3), ["<7 WARNING>"]),
            (lines.AlertStorm([open, other], 0), ["<7 WARNING>", "<6 UNKNOWN>"]),
        ];
        Assert.All(all, one => Assert.All(
            (Audience[])[Audience.Public, Audience.Root],
            audience =>
            {
                var coded = StateColours.Of(one.Line.Marked(audience)!);
                Assert.Equal(one.Shown, InColour().Matches(Shown(coded)).Select(match => match.Value));
                Assert.Equal(one.Line.For(audience), IrcFormatting.Strip(coded.ToString()));
            }));
    }

    [Fact]
    public void No_text_from_outside_brings_a_mark() => Gen.String.Select(Gen.String).Sample((before, after) =>
    {
        var text = $"{before}{StateMark.Sign}DOWN{StateMark.Sign}{after}";
        Assert.DoesNotContain(StateMark.Sign, ((Line)PublicText.Declared(text)).Marked(Audience.Public)!);
        Assert.DoesNotContain(StateMark.Sign, ((Line)new RootText(text)).Marked(Audience.Root)!);
    });

    [Fact]
    public void The_words_are_the_same_and_the_codes_take_no_more_than_is_counted_for() => Lines.Sample(line =>
    {
        var coded = StateColours.Of(line).ToString();
        Assert.Equal(Cleaner.CleanLine(StateMark.Without(line)), IrcFormatting.Strip(coded));
        Assert.InRange(Encoding.UTF8.GetByteCount(coded), 0, Encoding.UTF8.GetByteCount(line) + StateColours.MostBytes);
    });

    [Fact]
    public void A_line_that_is_cut_keeps_its_words_and_the_states_that_are_whole() => Gen.Select(Lines, Gen.Int[12, 60]).Sample((line, budget) =>
    {
        var pieces = LineSplitter.Split(line, budget).Select(piece => StateColours.Of(piece).ToString());
        Assert.Equal(
            Cleaner.CleanLine(StateMark.Without(line)).Replace(" ", "", StringComparison.Ordinal),
            IrcFormatting.Strip(string.Concat(pieces)).Replace(" ", "", StringComparison.Ordinal));
    });

    [Fact]
    public void Of_very_many_states_the_first_have_colours_and_these_are_all_that_is_counted_for()
    {
        string Line(int count) => "[hal] alerts: " + string.Join(", ", Enumerable.Range(1, count).Select(n => $"POP3 {StateMark.Sign}DOWN #{n}"));

        var line = Line(StateColours.MostStates);
        Assert.Equal(StateColours.MostBytes, Encoding.UTF8.GetByteCount(StateColours.Of(line).ToString()) - Encoding.UTF8.GetByteCount(line));
        Assert.Equal(StateColours.MostStates, InColour().Count(Shown(StateColours.Of(Line(30)))));
    }

    [GeneratedRegex("<[0-9] [A-Z]+>")]
    private static partial Regex InColour();

    // *bold*, <colour text>
    private static string Shown(FormattedText text)
    {
        var shown = text.ToString();
        foreach (var colour in new[] { 3, 4, 6, 7 })
        {
            shown = shown.Replace($"\u0003{colour:00}\u0002\u0002", $"<{colour} ", StringComparison.Ordinal);
        }

        for (var end = shown.IndexOf('\u000f'); end >= 0; end = shown.IndexOf('\u000f'))
        {
            shown = shown[..end] + (shown.LastIndexOf('\u0002', end) > shown.LastIndexOf('<', end) ? "*" : ">") + shown[(end + 1)..];
        }

        return shown.Replace('\u0002', '*');
    }
}
