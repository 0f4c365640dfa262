using System.Text;
using ChatBot.Core.Irc;
using ChatBot.Core.Language;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Irc;

public sealed class StateColoursTests
{
    private static readonly Gen<string> Lines = Gen.Int[0, Words.Length - 1].Array[0, 40]
        .Select(words => "[hal] " + string.Join(' ', words.Select(i => Words[i])));

    private static string[] Words =>
    [
        "CRITICAL", "OK", "UP", "DOWN", "UNKNOWN", "POP3", "#4", "#42,", "·", "—", ":", "a:", "CRITICAL,", "WARNING:", "é", "[x]", "\u0002",
        "5", "",
    ];

    [Theory]
    [InlineData("[hal] POP3 CRITICAL — #42 · !ack 42 <raison>", "*[hal]* POP3 <4 CRITICAL> — #42 · !ack 42 <raison>")]
    [InlineData("[hal] DOWN — #42", "*[hal]* <4 DOWN> — #42")]
    [InlineData("[hal] UNREACHABLE — #42", "*[hal]* <4 UNREACHABLE> — #42")]
    [InlineData("[hal] SMTP WARNING — #42", "*[hal]* SMTP <7 WARNING> — #42")]
    [InlineData("[hal] SMTP UNKNOWN — #42", "*[hal]* SMTP <6 UNKNOWN> — #42")]
    [InlineData("[hal] UP après 3 minutes — #42", "*[hal]* <3 UP> après 3 minutes — #42")]
    [InlineData("[hal] POP3 OK after 12 minutes — #42 (ack by lunar)", "*[hal]* POP3 <3 OK> after 12 minutes — #42 (ack by lunar)")]
    [InlineData("[hal] DISK CRITICAL: DISK OK - 5 MB — #42", "*[hal]* DISK <4 CRITICAL>: DISK OK - 5 MB — #42")]
    [InlineData("[hal] DISK CRITICAL : DISK OK — #42", "*[hal]* DISK <4 CRITICAL> : DISK OK — #42")]
    [InlineData("[hal] DISK CRITICAL\u00a0: DISK OK — #42", "*[hal]* DISK <4 CRITICAL>\u00a0: DISK OK — #42")]
    [InlineData("[hal] POP3 CRITICAL (was WARNING) — #42", "*[hal]* POP3 <4 CRITICAL> (was WARNING) — #42")]
    [InlineData(
        "[hal] 7 alertes en 30 s : POP3 CRITICAL #42, IMAP WARNING #43 et 4 autres · !incidents hal",
        "*[hal]* 7 alertes en 30 s : POP3 <4 CRITICAL> #42, IMAP <7 WARNING> #43 et 4 autres · !incidents hal")]
    [InlineData(
        "[hal] en attente depuis 14:05 : POP3 CRITICAL #42 · SMTP OK après 1 heure et 2 minutes #44 · !incidents hal",
        "*[hal]* en attente depuis 14:05 : POP3 <4 CRITICAL> #42 · SMTP <3 OK> après 1 heure et 2 minutes #44 · !incidents hal")]
    [InlineData("[hal] lunar : OK, tout va bien, voir #42", "*[hal]* lunar : OK, tout va bien, voir #42")]
    [InlineData("[hal] modifié : UP DOWN — #42", "*[hal]* modifié : UP DOWN — #42")]
    [InlineData("[hal] critical Critical CRITICALS", "*[hal]* critical Critical CRITICALS")]
    [InlineData("hal: CRITICAL #42", "hal: CRITICAL #42")]
    [InlineData("[hal]CRITICAL #42", "[hal]CRITICAL #42")]
    [InlineData("[two words] CRITICAL #42", "[two words] CRITICAL #42")]
    [InlineData("[] CRITICAL #42", "[] CRITICAL #42")]
    [InlineData("[hal", "[hal")]
    [InlineData("", "")]
    public void The_machine_is_bold_and_the_state_has_its_colour(string line, string shown) =>
        Assert.Equal(shown, Shown(StateColours.Of(line)));

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
            "*[hal]* POP3 <4 CRITICAL>", Shown(StateColours.Of(sentence.Fill(locale, ["hal", "POP3 CRITICAL", "3", "4", "5", "6"]))), StringComparison.Ordinal));

    [Fact]
    public void The_words_are_the_same_and_the_codes_take_no_more_than_is_counted_for() => Lines.Sample(line =>
    {
        var coded = StateColours.Of(line).ToString();
        var clean = IrcText.Clean(line);
        Assert.Equal(clean, IrcFormatting.Strip(coded));
        Assert.InRange(Encoding.UTF8.GetByteCount(coded) - Encoding.UTF8.GetByteCount(clean), 0, StateColours.MostBytes);
    });

    [Fact]
    public void Of_very_many_states_the_first_have_colours_and_these_are_all_that_is_counted_for()
    {
        var line = "[hal] 20 alerts in 1 s: " + string.Join(", ", Enumerable.Range(1, 20).Select(n => $"POP3 DOWN #{n}"));

        Assert.Equal(StateColours.MostBytes, StateColours.Of(line).ToString().Length - line.Length);
    }

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
