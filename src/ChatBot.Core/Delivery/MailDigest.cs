using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mail;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Delivery;

/// <summary>What a digest by mail is made of.</summary>
/// <param name="Period">What it covers.</param>
/// <param name="Open">All that is open.</param>
/// <param name="Happened">Of the period, each kind newest first.</param>
/// <param name="Unexplained">Changes of which nobody has written who made them, newest first.</param>
/// <param name="Coming">Interventions that are planned or under way, the next one first.</param>
/// <param name="Noise">The checks of the period, those that alerted most first.</param>
/// <param name="MostLooked">So many of each kind were looked at, at most.</param>
public sealed record MailDigestFacts(
    DigestPeriod Period, IReadOnlyList<Incident> Open, Activity Happened, IReadOnlyList<Change> Unexplained,
    IReadOnlyList<Intervention> Coming, IReadOnlyList<CheckNoise> Noise, int MostLooked);

/// <summary>The time that a digest covers.</summary>
/// <param name="Since">Its beginning.</param>
/// <param name="Until">Its end, which is now.</param>
public sealed record DigestPeriod(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Whether the digest before could not be delivered, and its time is in this one.</summary>
    public bool IsAfterLost { get; init; }

    /// <summary>Whether it would begin earlier, if it had no bound.</summary>
    public bool IsCut { get; init; }
}

/// <summary>
/// The digest that is mailed in the morning, for the root group: what waits for somebody first. A paragraph each, without layout, so that it
/// can be read on a telephone.
/// </summary>
/// <param name="phrases">The reader's language, in their zone.</param>
public sealed class MailDigest(Phrasebook phrases)
{
    /// <summary>So many lines a section; the others are counted.</summary>
    public const int MostLines = 20;

    private const int MostNoisy = 3;
    private const int LeastNoisy = 3;

    private static readonly TimeSpan TakenForLong = TimeSpan.FromDays(1);

    private static readonly Sentence2 Subject = new("Digest: {0} to take, {1} ended", "Résumé : {0} à prendre, {1} terminé{1:|s}");
    private static readonly Sentence1 SubjectQuiet = new("Digest: nothing to take, {0} ended", "Résumé : rien à prendre, {0} terminé{0:|s}");
    private static readonly Sentence2 Period = new("From {0} to {1}.", "De {0} à {1}.");
    private static readonly Sentence AfterLost = new(
        "The digest before this one could not be delivered: this one includes its period.", "Le résumé précédent n'a pas pu être remis : celui-ci couvre aussi sa période.");

    private static readonly Sentence LeftOut = new(
        "What happened earlier is left out: !since and !incidents on IRC say it.", "Ce qui s'est passé avant n'y est pas : !depuis et !incidents le disent sur IRC.");

    private static readonly Sentence1 Cut = new(
        "Only the last {0} of each kind were looked at: what is counted here is less than what happened.",
        "Seuls les {0} derniers de chaque sorte ont été regardés : ce qui est compté ici est moins que ce qui s'est passé.");

    private static readonly Sentence1 Nobody = new("NOBODY HAS THEM ({0})", "PERSONNE NE LES A ({0})");
    private static readonly Sentence1 Long = new("ACKNOWLEDGED FOR MORE THAN A DAY ({0})", "PRIS DEPUIS PLUS D'UN JOUR ({0})");
    private static readonly Sentence1 Taken = new("ACKNOWLEDGED ({0})", "PRIS ({0})");
    private static readonly Sentence1 Ended = new("ENDED ({0})", "TERMINÉS ({0})");
    private static readonly Sentence1 Suppressed = new("SUPPRESSED AND STILL OPEN ({0})", "MASQUÉS ET TOUJOURS OUVERTS ({0})");
    private static readonly Sentence1 Unannounced = new(
        "{0} alert{0:|s} ended without being announced: after seconds, or suppressed.",
        "{0} alerte{0:|s} terminée{0:|s} sans avoir été annoncée{0:|s} : finie{0:|s} en quelques secondes, ou masquée{0:|s}.");

    private static readonly Sentence1 Unexplained = new("CHANGES WITHOUT A CHANGELOG LINE ({0})", "MODIFICATIONS SANS LIGNE AU CHANGELOG ({0})");
    private static readonly Sentence1 Changelog = new("CHANGELOG ({0})", "CHANGELOG ({0})");
    private static readonly Sentence1 Coming = new("INTERVENTIONS ({0})", "INTERVENTIONS ({0})");
    private static readonly Sentence Noisy = new("NOISE", "BRUIT");
    private static readonly Sentence3 NoisyCheck = new("{0}: {1} times, {2} of them never acknowledged", "{0} : {1} fois, dont {2} jamais prise{2:|s}");
    private static readonly Sentence1 More = new("and {0} more", "et {0} de plus");
    private static readonly Sentence1 Item = new("- {0}", "- {0}");
    private static readonly Sentence4 Over = new("[{0}] {1} — {2} #{3}", "[{0}] {1} — {2} #{3}");
    private static readonly Sentence2 Lasted = new("{0}, after {1}", "{0}, après {1}");
    private static readonly Sentence2 ClosedAfter = new("closed {0}, after {1}", "clos {0}, après {1}");
    private static readonly Sentence3 Entry = new("{0}, {1}: {2}", "{0}, {1} : {2}");
    private static readonly Sentence Nothing = new("nothing to say", "rien à dire");

    /// <summary>The mail; null where there is nothing to say.</summary>
    public OutgoingMail? Of(MailDigestFacts facts)
    {
        var announced = facts.Open.Where(one => one.SuppressedBy is null).ToList();
        var waiting = announced.FindAll(IncidentText.Waits);
        var closed = facts.Happened.Incidents.Where(one => one.ClosedAt >= facts.Period.Since).ToList();
        var ended = closed.FindAll(one => one.AnnouncedAt is not null);
        List<List<RootText>> sections =
        [
            Section(Nobody, IncidentText.WorstFirst(waiting).Select(one => Open(one, facts.Period.Until))),
            Section(Long, ByAcknowledgement(announced, facts.Period.Until, isLong: true).Select(one => Open(one, facts.Period.Until))),
            Section(Taken, ByAcknowledgement(announced, facts.Period.Until, isLong: false).Select(one => Open(one, facts.Period.Until))),
            Section(Suppressed, IncidentText.WorstFirst(facts.Open.Where(one => one.SuppressedBy is not null)).Select(one => Open(one, facts.Period.Until))),
            Section(Ended, ended.Select(one => Closed(one, facts.Period.Until))),
            closed.Count - ended.Count is > 0 and var silent ? [phrases.Public(Unannounced, silent)] : [],
            Section(Unexplained, facts.Unexplained.Select(one => new ChangeLines(phrases).Line(one, facts.Period.Until))),
            Section(Changelog, facts.Happened.Entries.GroupBy(one => one.Machine).SelectMany(machine => machine.Select(one => Written(one, facts.Period.Until)))),
            Section(Coming, facts.Coming.Select(one => new InterventionLines(phrases).Listed(one, facts.Period.Until))),
            NoiseOf(facts.Noise),
        ];
        sections.RemoveAll(section => section.Count == 0);
        return sections.Count == 0 ? null : Mail(facts, waiting.Count, ended.Count, sections);
    }

    /// <summary>What is printed where there is no mail.</summary>
    public PublicText NothingToSay() => phrases.Public(Nothing);

    private OutgoingMail Mail(MailDigestFacts facts, int waiting, int ended, List<List<RootText>> sections)
    {
        List<RootText> paragraphs = [phrases.Public(Period, phrases.Day(facts.Period.Since), phrases.Day(facts.Period.Until))];
        paragraphs.AddRange(facts.Period.IsAfterLost ? [phrases.Public(AfterLost)] : []);
        paragraphs.AddRange(facts.Period.IsCut ? [phrases.Public(LeftOut)] : []);
        var happened = facts.Happened;
        if (Math.Max(happened.Incidents.Count, Math.Max(happened.Changes.Count, happened.Entries.Count)) >= facts.MostLooked)
        {
            paragraphs.Add(phrases.Public(Cut, facts.MostLooked));
        }

        foreach (var section in sections)
        {
            paragraphs.Add(default);
            paragraphs.AddRange(section);
        }

        return new OutgoingMail(waiting > 0 ? phrases.Public(Subject, waiting, ended) : phrases.Public(SubjectQuiet, ended), paragraphs);
    }

    private List<RootText> Section(Sentence1 title, IEnumerable<Line> lines) => lines.ToList() is var all && all.Count == 0 ? [] : Section(phrases.Public(title, all.Count), all, MostLines);

    // One more than fits is named, and not counted.
    private List<RootText> Section(PublicText title, List<Line> all, int most)
    {
        var shown = all.Count == most + 1 ? all.Count : Math.Min(all.Count, most);
        var section = all.Take(shown).Select(line => Text(phrases.Say(Item, line))).Prepend(title).ToList();
        if (all.Count > shown)
        {
            section.Add(Text(phrases.Say(Item, phrases.Public(More, all.Count - shown))));
        }

        return section;
    }

    private List<RootText> NoiseOf(IReadOnlyList<CheckNoise> noise)
    {
        var noisy = noise.Where(one => one.Incidents >= LeastNoisy).Select(one => phrases.Say(
            NoisyCheck, one.Service is { } service ? phrases.Say(Sentences.Notice, one.Machine, service) : phrases.Say(one.Machine), one.Incidents, one.Unacknowledged)).ToList();
        return noisy.Count == 0 ? [] : Section(phrases.Public(Noisy), noisy, MostNoisy);
    }

    private static IEnumerable<Incident> ByAcknowledgement(List<Incident> open, DateTimeOffset now, bool isLong) => open
        .Where(one => one.Acknowledgement is { } taken && now - taken.At > TakenForLong == isLong)
        .OrderBy(one => one.Acknowledgement!.At);

    private Line Open(Incident one, DateTimeOffset now) => phrases.Say(Sentences.Notice, one.Machine, IncidentText.Now(phrases, one, now, saysNobody: false));

    private Line Closed(Incident one, DateTimeOffset now) => phrases.Say(
        Over,
        one.Machine,
        one.What,
        phrases.Public(one.State.IsGood() ? Lasted : ClosedAfter, phrases.At(one.ClosedAt!.Value, now), phrases.Duration(one.ClosedAt.Value - one.OpenedAt)),
        one.Number);

    private Line Written(ChangelogEntry one, DateTimeOffset now)
    {
        var written = new EntryLines(phrases);
        return phrases.Say(Sentences.Notice, one.Machine, phrases.Say(Entry, written.Time(one, now), written.Author(one), written.Text(one)));
    }

    private static RootText Text(Line line) => new(line.For(Audience.Root) ?? "", int.MaxValue);
}
