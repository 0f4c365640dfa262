
using ChatBot.Core.Changelog;
using ChatBot.Core.Language;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>The lines about incidents that the bot says by itself.</summary>
/// <param name="phrases">The group's language and zone.</param>
/// <param name="prefix">What stands before a command, <c>!</c>.</param>
/// <param name="publicOutput">Whether plugin output may be public, where the redactor lets it through.</param>
public sealed class IncidentLines(Phrasebook phrases, string prefix, bool publicOutput)
{
    /// <summary>How many alerts of a group are named; the others are counted.</summary>
    public const int NamedInGroup = 3;

    /// <summary>How many incidents of one acknowledgement or release are named.</summary>
    public const int NumberedInGroup = 12;

    private const int NamedMachines = 10;

    // So many checks of many machines are named; of more, their machines.
    private const int NamedInStorm = 6;

    // What of the names of machines and checks has room in one line, in UTF-16 units.
    private const int NamesOfStorm = 240;

    // What the checks of a group printed shares so many characters, so that the line is one.
    private const int OutputOfGroup = 220;

    private const int OutputOfCause = 160;

    // Alerts that come closer together came at once.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    private readonly PublicText _prefix = PublicText.Declared(prefix);
    private readonly ChangeMention _changes = new(phrases);

    /// <summary>Says beside an end or an acknowledgement what goes on and reads alike.</summary>
    public Lookalikes Lookalikes { get; } = new(phrases);

    /// <summary>A problem that began, or that is reported again after it fell silent.</summary>
    public Line Alert(Incident incident)
    {
        Fact what = incident is { AnnouncedState: null, AnnouncedAt: not null, Repeats: not null } ? phrases.Say(Sentences.Again, incident.What) : incident.What;
        var without = phrases.Say(Sentences.Alert, incident.Machine, what, incident.NumberText);
        return WithHint(
            Detail(incident) is { } detail
                ? phrases.Say(Sentences.AlertWithDetail, incident.Machine, what, detail, N(incident)).OrForPublic(without)
                : without,
            incident,
            ToAcknowledge(incident));
    }

    /// <summary>No message came for longer than usual about problems whose program never reports an end.</summary>
    /// <param name="incidents">Of one machine.</param>
    /// <param name="now">The moment.</param>
    public Line FellSilent(IReadOnlyList<Incident> incidents, DateTimeOffset now)
    {
        var since = phrases.Since(incidents.Max(one => one.Repeats!.LastAt), now);
        return incidents is [var one]
            ? Hinted(
                phrases.Say(Sentences.FellSilent, one.Machine, one.What, since, one.NumberText),
                phrases.Say(Sentences.ToClose, _prefix, one.NumberText).ForRootAlone)
            : phrases.Say(Sentences.FellSilentGroup, incidents[0].Machine, incidents.Count, since, Numbered(incidents), _prefix);
    }

    /// <summary>A person closed incidents of one machine; the public hears the reason only where it was said in public.</summary>
    public Line ClosedGroup(IReadOnlyList<Incident> incidents, PublicText by, Remark reason)
    {
        var (machine, which) = (incidents[0].Machine, Numbered(incidents));
        return incidents is [var one] && phrases.Duration(one.ClosedAt!.Value - one.OpenedAt) is var lasted
            ? phrases.Say(Sentences.ClosedBy, machine, one.What, by, reason, lasted, one.NumberText)
                .OrForPublic(phrases.Say(Sentences.ClosedByWithoutReason, machine, one.What, by, lasted, one.NumberText))
            : phrases.Say(Sentences.ClosedGroup, machine, incidents.Count, by, reason, which)
                .OrForPublic(phrases.Say(Sentences.ClosedGroupWithoutReason, machine, incidents.Count, by, which));
    }

    /// <summary>How an incident ended: it recovered, or was closed with the state that was last reported.</summary>
    public Line Ended(Incident incident) => incident.State.IsGood()
        ? Recovery(incident)
        : phrases.Say(Sentences.ClosedAfter, incident.Machine, incident.What, phrases.Duration(incident.ClosedAt!.Value - incident.OpenedAt), incident.NumberText);

    /// <summary>Several of one machine that came together.</summary>
    /// <param name="incidents">At least two, of one machine.</param>
    /// <param name="within">Between the first and the last.</param>
    public Line AlertGroup(IReadOnlyList<Incident> incidents, TimeSpan within)
    {
        var (machine, groups) = (incidents[0].Machine, CheckGroup.Of(incidents));
        var line = groups is [var one] ? phrases.Say(Sentences.OfParts, machine, one.What(phrases, OutputOfGroup), one.Numbers(phrases))
            : within < AtOnce ? phrases.Say(Sentences.AlertGroupAtOnce, machine, incidents.Count, Named(incidents, OutputOfGroup))
            : phrases.Say(Sentences.AlertGroup, machine, incidents.Count, phrases.Duration(within), Named(incidents, OutputOfGroup));
        var list = phrases.Say(Sentences.ToList, _prefix, machine);
        var take = phrases.Say(Sentences.ToAcknowledgeAll, _prefix, machine).ForRootAlone;

        // Who reads all of them here needs no list to acknowledge them.
        var hint = Shown(groups) == groups.Count ? take with { Public = list.Public } : Line.Join(" · ", [list, take]);
        return WithHint(line, incidents.MinBy(incident => (incident.ChangedBefore is null, incident.OpenedAt))!, hint);
    }

    /// <summary>An incident that inhibits others: “[hal] DOWN — #41 (inhibe 9 autres alertes)”, “[hal] surchargé : …”.</summary>
    public Line Cause(Incident cause, InhibitedCount inhibited)
    {
        var what = phrases.Say(cause.What);
        if (Detail(cause, OutputOfCause) is { } detail)
        {
            var with = Line.Join(" ", [what, phrases.Say(Sentences.InParentheses, detail)]);
            what = new Line(what.Public is null ? null : with.Public, with.Root);
        }

        var sentence = inhibited.IsLoad ? Sentences.Overload : Sentences.Inhibits;
        return WithHint(phrases.Say(sentence, cause.Machine, what, cause.NumberText, inhibited.Open), cause, ToAcknowledge(cause));
    }

    /// <summary>Its end, and what it leaves.</summary>
    public Line CauseRecovery(Incident cause, InhibitedCount inhibited)
    {
        var line = Recovery(cause);
        return inhibited.Open switch
        {
            0 => phrases.Say(Sentences.InhibitedAllRecovered, line, (PublicText)inhibited.Total),
            _ => phrases.Say(Sentences.InhibitedStillOpen, line, (PublicText)inhibited.Total, (PublicText)inhibited.Open),
        };
    }

    /// <summary>
    /// Alerts of many machines that came together: “4 machines en alerte : hal POP3 CRITICAL #41, sud FTP WARNING #42 …”, and of more than
    /// six “12 machines en alerte : hal POP3 CRITICAL (3), sud DOWN — #41–#70 · !incidents”; the gravest first, of each machine the gravest, as long as there is room.
    /// </summary>
    /// <param name="incidents">In any order.</param>
    /// <param name="unannouncedRecoveries">How many others began and recovered meanwhile.</param>
    public Line AlertStorm(IReadOnlyList<Incident> incidents, long unannouncedRecoveries)
    {
        // Of machines alike, the one that joined last is the news: the others were in the storm from its beginning.
        var machines = incidents.GroupBy(incident => incident.Machine)
            .OrderBy(machine => machine.Min(incident => incident.State.Rank()))
            .ThenByDescending(machine => machine.Min(incident => incident.Number));
        var (count, names, numbers) = Storm(machines.SelectMany(machine => machine).ToList(), NamesOfStorm);
        var line = incidents.Count <= NamedInStorm
            ? phrases.Say(
                Sentences.AlertStormNamed, count, IncidentText.Numbered(phrases, IncidentText.WorstFirst(incidents).ToList(), NamedInStorm, withMachine: true), _prefix)
            : phrases.Say(Sentences.AlertStorm, count, names, numbers, _prefix);
        return unannouncedRecoveries == 0 ? line : phrases.Say(Sentences.StormRecovered, line, unannouncedRecoveries);
    }

    public Line RecoveryStorm(IReadOnlyList<Incident> incidents)
    {
        var (count, names, numbers) = Storm(incidents);
        return phrases.Say(Sentences.RecoveryStorm, count, names, numbers);
    }

    /// <summary>Open for long and unacknowledged: announced again.</summary>
    public Line Reminder(IReadOnlyList<Incident> incidents) => phrases.Say(
        Sentences.Reminder, incidents.Count, IncidentText.Numbered(phrases, IncidentText.WorstFirst(incidents).ToList(), NamedMachines, withMachine: true), _prefix);

    private (Fact Machines, Line Names, PublicText Numbers) Storm(IReadOnlyList<Incident> incidents, int room = 0)
    {
        var machines = incidents.GroupBy(incident => incident.Machine).ToList();
        var shown = machines.Count == NamedMachines + 1 ? machines.Count : Math.Min(machines.Count, NamedMachines);
        var names = Line.Join(", ", machines.Take(shown).Select(machine =>
        {
            var gravest = IncidentText.WorstFirst(machine).First();
            var what = phrases.Say(Sentences.OfMachine, machine.Key, gravest.What).OrForPublic(Named(machine.Key));
            room -= what.Root?.Value.Length ?? room;
            var name = room >= 0 ? what : Named(machine.Key);
            return machine.Count() == 1 ? name : phrases.Say(Sentences.NameAndCount, name, machine.Count());
        }).ToList());
        if (shown < machines.Count)
        {
            names = phrases.Say(Sentences.ListAndMore, names, machines.Count - shown);
        }

        return (machines.Count, names, Lookalikes.Numbers(phrases, [.. incidents.Select(incident => incident.Number)]));
    }

    /// <summary>The state differs from the one announced before.</summary>
    public Line Changed(Incident incident)
    {
        var before = incident.AnnouncedState!.Value.Text();
        var without = phrases.Say(Sentences.StateChanged, incident.Machine, incident.What, before, incident.NumberText);
        return Detail(incident) is { } detail
            ? phrases.Say(Sentences.StateChangedWithDetail, incident.Machine, incident.What, before, detail, N(incident)).OrForPublic(without)
            : without;
    }

    public Line Recovery(Incident incident)
    {
        var lasted = phrases.Duration(incident.ClosedAt!.Value - incident.OpenedAt);
        return incident.Acknowledgement is { } acknowledgement
            ? phrases.Say(Sentences.RecoveryAcknowledged, incident.Machine, incident.What, lasted, incident.NumberText, acknowledgement.By)
            : phrases.Say(Sentences.Recovery, incident.Machine, incident.What, lasted, incident.NumberText);
    }

    public Line RecoveryGroup(IReadOnlyList<Incident> incidents) => CheckGroup.Of(incidents) is [var one]
        ? phrases.Say(Sentences.OfParts, incidents[0].Machine, one.What(phrases), one.Numbers(phrases))
        : phrases.Say(Sentences.RecoveryGroup, incidents[0].Machine, (PublicText)incidents.Count, Named(incidents, 0));

    /// <summary>Somebody has it now; the public hears the reason only where it was said in public.</summary>
    public Line Acknowledged(Incident incident, DateTimeOffset now)
    {
        var acknowledgement = incident.Acknowledgement!;
        var until = phrases.Until(acknowledgement.Until, now);
        var without = phrases.Say(Sentences.Acknowledged, incident.Machine, incident.What, acknowledgement.By, until, incident.NumberText);
        return phrases.Say(
            Sentences.AcknowledgedWithReason, incident.Machine, incident.What, acknowledgement.By, acknowledgement.Reason, until, N(incident)).OrForPublic(without);
    }

    /// <summary>Somebody acknowledged several of one machine; as <see cref="Acknowledged"/>.</summary>
    public Line AcknowledgedGroup(IReadOnlyList<Incident> incidents, DateTimeOffset now)
    {
        if (incidents.Count == 1)
        {
            return Acknowledged(incidents[0], now);
        }

        var (machine, acknowledgement, which) = (incidents[0].Machine, incidents[0].Acknowledgement!, Numbered(incidents));
        var until = phrases.Until(acknowledgement.Until, now);
        var without = phrases.Say(Sentences.AcknowledgedGroup, machine, incidents.Count, acknowledgement.By, until, which);
        return phrases.Say(
            Sentences.AcknowledgedGroupWithReason, machine, (PublicText)incidents.Count, acknowledgement.By, acknowledgement.Reason, until, which).OrForPublic(without);
    }

    /// <summary>Somebody acknowledged it in the monitor; who and why is for the root group.</summary>
    public Line AcknowledgedInMonitor(Incident incident, Report report)
    {
        var without = phrases.Say(Sentences.AcknowledgedInMonitor, incident.Machine, incident.What, incident.NumberText, CheckText.Monitor(report.Source));
        if (report.Comment is not { IsEmpty: false } comment)
        {
            return without;
        }

        Line by = report.Author is { IsEmpty: false } author ? author : incident.Acknowledgement!.By;
        return phrases.Say(
            Sentences.AcknowledgedInMonitorBy, incident.Machine, incident.What, by, comment, N(incident), CheckText.Monitor(report.Source)).OrForPublic(without);
    }

    public Line Released(Incident incident, PublicText by, DateTimeOffset now) => phrases.Say(
        Sentences.Unacknowledged, incident.Machine, incident.What, by, phrases.Duration(now - incident.OpenedAt), incident.NumberText);

    /// <summary>Several of one machine are unacknowledged.</summary>
    public Line UnacknowledgedGroup(IReadOnlyList<Incident> incidents, PublicText by, DateTimeOffset now) => incidents.Count == 1
        ? Released(incidents[0], by, now)
        : phrases.Say(Sentences.UnacknowledgedGroup, incidents[0].Machine, incidents.Count, by, Numbered(incidents));

    public Line AcknowledgementExpired(Incident incident, PublicText by, DateTimeOffset now) => phrases.Say(
        Sentences.AcknowledgementExpired, incident.Machine, incident.What, by, phrases.Duration(now - incident.OpenedAt), incident.NumberText);

    public Line FlappingStarted(Incident incident) =>
        phrases.Say(Sentences.FlappingStarted, incident.Machine, incident.What, incident.NumberText);

    /// <summary>Stable again.</summary>
    /// <param name="report">The report that says so.</param>
    /// <param name="incident">The incident it belonged to; null where none was open.</param>
    /// <param name="suppressed">How many reported changes were suppressed; a monitor that reports flapping mostly mails none meanwhile.</param>
    public Line FlappingEnded(Report report, Incident? incident, long suppressed = 0)
    {
        var what = CheckText.Of(report.Service, report.State!.Value);
        return (incident, suppressed) switch
        {
            (null, _) => phrases.Say(Sentences.FlappingEndedUnknown, report.Machine!.Value, what),
            (_, 0) => phrases.Say(Sentences.FlappingEnded, report.Machine!.Value, what, incident.NumberText),
            _ => phrases.Say(Sentences.FlappingEndedCounted, report.Machine!.Value, what, incident.NumberText, suppressed),
        };
    }

    /// <summary>Stable again by our own count.</summary>
    /// <param name="incident">As it is now, open or ended.</param>
    /// <param name="suppressed">How many changes were suppressed.</param>
    public Line Settled(Incident incident, long suppressed) =>
        phrases.Say(Sentences.FlappingEndedCounted, incident.Machine, incident.What, incident.NumberText, suppressed);

    /// <summary>A problem that claims to be older than what is known, for the root group: the clock may be wrong.</summary>
    public Line OutOfOrder(Report report, DateTimeOffset own, DateTimeOffset now) => phrases.Say(
        Sentences.OutOfOrder, report.Machine!.Value, CheckText.Of(report.Service, report.State!.Value, report.Part.Public), phrases.At(own, now)).ForRootAlone;

    /// <summary>A mail of an unknown program that says that all is well where nothing is open of what it names, for the root group.</summary>
    /// <param name="report">With its subject.</param>
    /// <param name="others">What is open of its machine from such programs.</param>
    public Line EndOfNothing(Report report, IReadOnlyList<long> others) =>
        Lookalikes.StillOpenBeside(phrases.Say(Sentences.UnknownMail, report.Machine!.Value, report.Subject!.Value), others).ForRootAlone;

    public Line Downtime(Report report)
    {
        var sentence = report.Phase switch
        {
            Phase.Start => Sentences.DowntimeStarted,
            Phase.End => Sentences.DowntimeEnded,
            _ => Sentences.DowntimeCancelled,
        };
        var line = phrases.Say(sentence, report.Machine!.Value, CheckText.Of(report.Service, report.State!.Value), CheckText.Monitor(report.Source));
        return report.Comment is { IsEmpty: false } comment
            ? phrases.Say(Sentences.WithComment, line, report.Author ?? default, comment).OrForPublic(line)
            : line;
    }

    private Line Named(Name machine) => phrases.Say(machine).OrForPublic(phrases.Public(Sentences.SomeMachine));

    private Line Numbered(IReadOnlyList<Incident> incidents) => IncidentText.Numbered(phrases, incidents, NumberedInGroup, withMachine: false);

    // What was changed shortly before may be why. The commands that go on from here come last; nobody reads them without the line.
    private Line WithHint(Line line, Incident incident, Line hint)
    {
        var change = _changes.Before(incident.ChangedBefore, incident.OpenedAt);
        var parts = change is null
            ? [line, hint]
            : (Line[])[line, change.Value, phrases.Say(Sentences.ToSeeChanges, _prefix, incident.Machine).ForRootAlone, hint];
        return Hinted(parts);
    }

    private static Line Hinted(params Line[] parts)
    {
        var all = Line.Join(" · ", parts);
        return parts[0].Public is null ? all.ForRootAlone : all;
    }

    // Where admins sit; others may not.
    private Line ToAcknowledge(Incident incident) => phrases.Say(Sentences.ToAcknowledge, _prefix, incident.NumberText).ForRootAlone;

    private static Line N(Incident incident) => incident.NumberText;

    private Line? Detail(Incident incident, int most = int.MaxValue) =>
        CheckOutput.Of(incident, most) is { } detail ? new Line(publicOutput ? Redactor.Release(detail) : null, detail) : null;

    private static int Shown(IReadOnlyList<CheckGroup> groups) =>
        groups.Count == NamedInGroup + 1 ? groups.Count : Math.Min(groups.Count, NamedInGroup);

    private Line Named(IReadOnlyList<Incident> incidents, int output)
    {
        var groups = CheckGroup.Of(incidents);
        var shown = Shown(groups);
        var names = Line.Join(", ", groups.Take(shown).Select(group => group.Numbered(phrases, output / shown)));
        return groups.Count == shown
            ? names
            : phrases.Say(Sentences.ListAndMore, names, (PublicText)groups.Skip(shown).Sum(group => group.Count));
    }
}
