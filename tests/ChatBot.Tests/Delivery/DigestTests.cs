using System.Text;
using System.Text.RegularExpressions;
using ChatBot.Core.Delivery;
using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Delivery;

public sealed partial class DigestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<WaitingLine> AnyLine = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 40], Gen.Int[1, 400], Gen.Bool, Gen.Int[0, 500], (topic, machine, number, isOpen, length) =>
        {
            // An incident belongs to one machine for ever.
            var name = Name.OfMachine("m" + (number % 40));
            var fact = new IncidentFact(
                number, number % 3 == 0 ? null : Name.OfService("Disque été"), isOpen ? CheckState.Critical : CheckState.Ok, Noon.AddHours(-1),
                isOpen ? null : Noon, isOpen && number % 2 == 0);
            var words = PublicText.Declared($"[{name.Value}] #{number} " + new string('é', length), int.MaxValue);
            var about = topic switch
            {
                0 => About.Nothing,
                1 => new About(Topic.Other, name, [fact]),
                2 => About.Change(Name.OfMachine("m" + machine)),
                _ => new About(isOpen ? Topic.Alert : Topic.Recovery, name, [fact]),
            };
            return new WaitingLine(0, words, Noon, about);
        });

    private long _rows;

    [Fact]
    public void A_machine_is_told_in_one_line_as_it_stands_now()
    {
        var parts = Of(
            Locale.French,
            Alert("hal", Fact(42, "POP3", isFirst: true), Fact(43, "IMAP", isFirst: true)),
            Alert("hal", Fact(30, "HTTP", isFirst: true)),
            Alert("hal", Fact(44, "SMTP", CheckState.Critical, isFirst: true)),
            Recovery("hal", Fact(30, "HTTP", CheckState.Ok)),
            Alert("hal", Fact(44, "SMTP", CheckState.Warning)),
            Recovery("hal", Fact(12, "FTP", CheckState.Ok)));
        Assert.Equal(
            ["[hal] IMAP CRITICAL #43, POP3 CRITICAL #42, SMTP WARNING #44 — depuis 12:00 · FTP OK après 2 heures #12"
                + " · 1 alerte terminée entre-temps (#30) · !incidents hal"],
            Assert.Single(parts).Lines);
        Assert.Equal([1, 2, 3, 4, 5, 6], parts[0].Rows);
    }

    [Fact]
    public void A_channel_with_colours_gets_the_states_marked()
    {
        WaitingLine[] rows =
            [Alert("hal", Fact(42, "POP3", isFirst: true), Fact(43, "CRITICAL", CheckState.Warning, isFirst: true)), Recovery("hal", Fact(12, "FTP", CheckState.Ok))];
        var digest = new Digest(new Phrasebook(Locale.French, TimeZoneInfo.Utc), "!", Audience.Public, 400, hasColours: true);
        Assert.Equal(
            ["[hal] POP3 ^CRITICAL #42, CRITICAL ^WARNING #43 — depuis 12:00 · FTP ^OK après 2 heures #12 · !incidents hal"],
            Assert.Single(digest.Of(rows, Noon.AddHours(1))).Lines.Select(line => line.Replace(StateMark.Sign, '^')));
    }

    [Fact]
    public void A_machine_with_one_line_keeps_its_words()
    {
        var row = Alert("hal", Fact(42, "POP3", isFirst: true));
        Assert.Equal([row.Words.For(Audience.Public)], Of(Locale.French, row).SelectMany(part => part.Lines));
    }

    [Fact]
    public void English_is_spoken_too() => Assert.Equal(
        ["[hal] POP3 CRITICAL #42 — since 12:00 · 3 alerts recovered meanwhile (#1–#3) · !incidents hal"],
        Of(
            Locale.English,
            Alert("hal", Fact(1, "A", isFirst: true), Fact(2, "B", isFirst: true), Fact(3, "C", isFirst: true), Fact(42, "POP3", isFirst: true)),
            Recovery("hal", Fact(1, "A", CheckState.Ok), Fact(2, "B", CheckState.Ok), Fact(3, "C", CheckState.Ok)))[0].Lines);

    [Fact]
    public void What_a_whole_line_calls_open_and_has_ended_comes_first_with_its_end() => Assert.Equal(
        ["[hal] surchargé : Charge CRITICAL — #42 · 2 contrôles en dépassement de délai · 1 alerte terminée entre-temps (#42)", "[hal] 1 alerte terminée entre-temps (#42)", "bonjour"],
        Of(
            Locale.French,
            Line("bonjour", About.Nothing),
            Alert("hal", Fact(42, "Charge", isFirst: true)),
            Line("[hal] surchargé : Charge CRITICAL — #42 · 2 contrôles en dépassement de délai", new About(Topic.Other, Machine("hal"), [Fact(42, "Charge")])),
            Recovery("hal", Fact(42, "Charge", CheckState.Ok))).SelectMany(part => part.Lines));

    [Theory]
    [InlineData(Locale.French, "12 machines · 2 alertes terminées entre-temps (#1, #3)"), InlineData(Locale.English, "12 machines · 2 alerts recovered meanwhile (#1, #3)")]
    public void An_alert_of_many_machines_says_what_of_it_has_ended(Locale locale, string said) => Assert.Equal(
        [said, "2 OK"],
        Of(
            locale,
            Line("12 machines", new About(Topic.Alert, null, [Fact(1, "A", isFirst: true), Fact(2, "B", isFirst: true), Fact(3, "C", isFirst: true)])),
            Line("2 OK", new About(Topic.Recovery, null, [Fact(1, "A", CheckState.Ok), Fact(3, "C", CheckState.Ok)])))
            .SelectMany(part => part.Lines));

    [Fact]
    public void A_line_that_is_told_whole_tells_the_state_too() => Assert.Equal(
        ["[hal] 1 alerte terminée entre-temps (#42)", "[hal] POP3 OK de nouveau stable — #42"],
        Of(
            Locale.French,
            Alert("hal", Fact(42, "POP3", CheckState.Warning, isFirst: true)),
            Alert("hal", Fact(42, "POP3")),
            Line("[hal] POP3 OK de nouveau stable — #42", new About(Topic.Other, Machine("hal"), [Fact(42, "POP3", CheckState.Ok)])))
            .SelectMany(part => part.Lines));

    [Fact]
    public void Changes_of_a_machine_go_together_and_other_lines_are_whole() => Assert.Equal(
        ["[hal] modifié : 1 fichier · modifié : 2 fichiers", "mail de zoé : salut · mail de lunar : ça va ?"],
        Of(
            Locale.French,
            Line("[hal] modifié : 1 fichier", About.Change(Machine("hal"))),
            Line("mail de zoé : salut", About.Nothing),
            Line("[hal] modifié : 2 fichiers", About.Change(Machine("hal"))),
            Line("mail de lunar : ça va ?", About.Nothing)).SelectMany(part => part.Lines));

    [Fact]
    public void The_worst_come_first_and_what_is_too_much_is_counted_to_the_last_row()
    {
        var rows = Enumerable.Range(1, 1000)
            .Select(i => Alert("m" + (i % 40), Fact(i, "POP3", i % 40 == 7 ? CheckState.Critical : CheckState.Warning, isFirst: true)))
            .ToArray();
        var parts = Of(Locale.French, rows);
        var lines = parts.SelectMany(part => part.Lines).ToList();

        Assert.StartsWith("[m7] POP3 CRITICAL #967, ", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Count, 9, 16);
        Assert.Matches(@"^et sur \d+ autres machines, \d+ messages, ouverts m\d+ POP3 WARNING #\d+, m\d+ POP3 WARNING #\d+, \d+ autres #", string.Join("\n", parts[^1].Lines));
        var counted = parts.Where(part => part.Lines.Any(line => Count().IsMatch(line))).ToList();
        Assert.Equal(
            counted.Sum(part => part.Rows.Count),
            counted.Sum(part => part.Lines.Sum(line => Count().Matches(line).Sum(match => int.Parse(match.Groups[1].Value, null)))));
        Assert.Equal(1000, parts.Sum(part => part.Rows.Count));
    }

    [Theory]
    [InlineData(Locale.French, @"\[m(\d\d)\] 3 messages, ouverts POP3 CRITICAL #10\1, IMAP WARNING #\1, 1 autre #20\1\b")]
    [InlineData(Locale.English, @"\[m(\d\d)\] 3 messages, open POP3 CRITICAL #10\1, IMAP WARNING #\1, 1 more #20\1\b")]
    public void A_machine_that_is_only_counted_says_what_is_wrong_with_it(Locale locale, string words)
    {
        var rows = Enumerable.Range(1, 99).SelectMany(i => (WaitingLine[])[
            Alert("m" + i, Fact(i, "IMAP", CheckState.Warning, isFirst: true)),
            Alert("m" + i, Fact(1000 + i, "POP3", isFirst: true)),
            Alert("m" + i, Fact(2000 + i, "SMTP", CheckState.Unknown, isFirst: true))]).ToArray();
        var lines = Of(locale, rows).SelectMany(part => part.Lines).ToList();
        Assert.Matches(words, string.Join("\n", lines));
        Assert.All(lines.Where(line => line.StartsWith('[')), line => Assert.Contains("POP3 CRITICAL #", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Locale.French, @"^et sur \d+ autres machines, \d+ messages, ouverts (m\d+ POP3 CRITICAL #\d+, ){3,12}\d+ autres #1–#\d+, #1001–#\d+ · !incidents$")]
    [InlineData(Locale.English, @"^and on \d+ other machines, \d+ messages, open (m\d+ POP3 CRITICAL #\d+, ){3,12}\d+ more #1–#\d+, #1001–#\d+ · !incidents$")]
    public void The_last_line_names_the_gravest_of_the_other_machines_and_counts_the_rest(Locale locale, string words)
    {
        var rows = Enumerable.Range(1, 200).SelectMany(i => (WaitingLine[])[
            Alert("m" + i, Fact(i, "POP3", isFirst: true)), Alert("m" + i, Fact(1000 + i, "IMAP", CheckState.Warning, isFirst: true))]).ToArray();
        var line = Of(locale, rows)[^1].Lines;
        Assert.Matches(words, Assert.Single(line));
    }

    [Fact]
    public void What_is_for_the_root_group_is_not_in_a_public_digest()
    {
        WaitingLine[] rows = [Line(new Line(PublicText.Declared("su"), new RootText("secret")), About.Nothing), Alert("hal", Fact(1, "POP3", isFirst: true))];
        Assert.DoesNotContain("secret", string.Join(' ', Of(Locale.French, rows).SelectMany(part => part.Lines)), StringComparison.Ordinal);
        Assert.Contains("secret", string.Join(' ', Of(Locale.French, Audience.Root, 400, rows).SelectMany(part => part.Lines)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_is_covered_once_no_number_is_lost_and_each_line_fits() =>
        Gen.Select(AnyLine.List[0, 300], Gen.Int[100, 450]).Sample(
            (some, budget) =>
            {
                var rows = some.Select((row, i) => row with { Id = i + 1 }).ToArray();
                var parts = Of(Locale.French, Audience.Public, budget, rows);

                Assert.Equal(rows.Select(row => row.Id), parts.SelectMany(part => part.Rows).Order());
                Assert.All(parts.SelectMany(part => part.Lines), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, budget));
                var told = Numbers(string.Join(' ', parts.SelectMany(part => part.Lines)));
                Assert.Empty(rows.Where(row => row.About.CanBeSummed).SelectMany(row => row.About.Incidents).Select(fact => fact.Number).Except(told));
            },
            iter: 500);

    private static HashSet<long> Numbers(string text)
    {
        var numbers = new HashSet<long>();
        foreach (Match match in Range().Matches(text))
        {
            var first = long.Parse(match.Groups[1].Value, null);
            var last = match.Groups[2].Success ? long.Parse(match.Groups[2].Value, null) : first;
            for (var number = first; number <= last; number++)
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private static IReadOnlyList<DigestPart> Of(Locale locale, params WaitingLine[] rows) => Of(locale, Audience.Public, 400, rows);

    private static IReadOnlyList<DigestPart> Of(Locale locale, Audience audience, int budget, WaitingLine[] rows) =>
        new Digest(new Phrasebook(locale, TimeZoneInfo.Utc), "!", audience, budget).Of(rows, Noon.AddHours(1));

    private static Name Machine(string name) => Name.OfMachine(name);

    private static IncidentFact Fact(long number, string service, CheckState state = CheckState.Critical, bool isFirst = false) =>
        new(number, Name.OfService(service), state, Noon.AddHours(-2), state.IsGood() ? Noon : null, isFirst);

    private WaitingLine Alert(string machine, params IncidentFact[] facts) => Line("?", new About(Topic.Alert, Machine(machine), facts));

    private WaitingLine Recovery(string machine, params IncidentFact[] facts) => Line("?", new About(Topic.Recovery, Machine(machine), facts));

    private WaitingLine Line(string words, About about) => Line(PublicText.Declared(words, int.MaxValue), about);

    private WaitingLine Line(Line words, About about) => new(++_rows, words, Noon, about);

    [GeneratedRegex(@"(\d+) messages?")]
    private static partial Regex Count();

    [GeneratedRegex(@"#(\d+)(?:–#(\d+))?")]
    private static partial Regex Range();
}
