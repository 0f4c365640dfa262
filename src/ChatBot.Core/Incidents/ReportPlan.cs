using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Incidents;

/// <summary>Decides what reports do, one after the other.</summary>
internal sealed class ReportPlan(SpeechRules rules, IncidentLines lines, Situation situation, DateTimeOffset now)
{
    private readonly Draft _draft = new(situation);
    private readonly HashSet<long> _isLateSaid = [];

    public Outcome Outcome() => _draft.Outcome();

    /// <param name="report">About the incident of a check.</param>
    /// <param name="at">When it arrived.</param>
    public void Apply(Report report, DateTimeOffset at)
    {
        // During a downtime the monitor reports no recovery: how the check is at its end is all it says of one.
        if (report is { Kind: ReportKind.Downtime, Phase: Phase.End or Phase.Cancelled } && report.State!.Value.IsGood() && OpenOne(report, at) is not null)
        {
            Apply(report with { Kind = ReportKind.Recovery, Phase = null }, at);
        }

        var machine = report.Machine!.Value;
        var open = OpenOne(report, at);
        if (_draft.History(open?.Check ?? report.Check)?.Last is { } last && last.IsNewerThan(report, at))
        {
            NoteOld(report, open, last, at);
            return;
        }

        var decision = SuppressionRules.Apply(Decide(report, open, at), open, machine, report.Service, situation.Silences, at);
        if (decision.Reason == Reason.Downtime && situation.Echoing.Any(one => one.Machines.Any(its => its.Value == machine.Value)))
        {
            // An intervention asked the monitor for this downtime: its beginning and end were announced.
            decision = new Decision(Reason.DuringIntervention, null, Announce.Nothing);
        }

        if (decision.Reason == Reason.NothingOpen && report.Subject is not null)
        {
            // Of a program that no format knows: what it calls an end may be one of something that is open under other words.
            var others = _draft.OpenOf(machine, report.Service).Where(one => one.Source == report.Source).Select(one => one.Number).ToList();
            _draft.Say(new OutcomeLine([], _ => lines.EndOfNothing(report, others), at));
        }
        else if (decision.Announce == Announce.Nothing)
        {
            _draft.Suppress(decision.Reason);
        }

        var after = decision.After is { } incident ? Save(decision, incident, at) : null;
        Say(decision.Reason, report, open, after, at);
    }

    // That of the very check. An incident that was stored without its part becomes that of the first check that is reported of; an end that
    // does not say which check it ends counts only where one alone can be meant.
    private Incident? OpenOne(Report report, DateTimeOffset at)
    {
        var part = report.Check.Part;
        var exact = _draft.OpenOne(report.Check);
        if (exact is not null && !part.IsUnsaid)
        {
            return exact;
        }

        var producer = MonitorNames.Producer(report.Source);
        var its = _draft.OpenOf(report.Machine!.Value, report.Service).Where(one => MonitorNames.Producer(one.Source) == producer).ToList();
        if (report.Kind == ReportKind.Recovery)
        {
            return Ended(report, its, at);
        }

        if (report.Kind != ReportKind.Alert && part.IsUnsaid && its.FindAll(one => part.MayBe(one.Part)) is [var only])
        {
            return only;
        }

        return exact ?? (its.Find(one => one.Part.IsNone) is { } old ? old with { Part = part } : null);
    }

    private Incident? Ended(Report report, List<Incident> its, DateTimeOffset at)
    {
        var part = report.Check.Part;
        var maybe = its.FindAll(one => one.Part.IsNone || part.MayBe(one.Part) || one.Part.MayBe(part));
        if (maybe is [var only] && (report.Part.IsNone || part.IsUnsaid || only.Part.IsNone && IsOfOneAlert(only)))
        {
            return only;
        }

        foreach (var open in maybe)
        {
            _draft.Note(open, Reason.AmbiguousRecovery, at);
            _draft.Suppress(Reason.AmbiguousRecovery);
        }

        return null;
    }

    // Stored without its part, and nothing was heard since it began that may have been of another.
    private bool IsOfOneAlert(Incident old) => situation.Stories.TryGetValue(old.Number, out var story)
        && story.All(step => step.Reason is not (Reason.Repeated or Reason.Changed or Reason.ChangedBeforeAnnounced or Reason.WhileFlapping));

    private Decision Decide(Report report, Incident? open, DateTimeOffset at)
    {
        var check = open?.Check ?? report.Check;
        var before = _draft.History(check);
        var (decision, flapping) = FlapRules.Apply(IncidentRules.Decide(report, open, at), report, open, before?.Flapping, at);
        if (report.Kind != ReportKind.Downtime)
        {
            var states = flapping ?? before?.Flapping ?? FlapHistory.Of(report.Service is null ? CheckState.Up : CheckState.Ok, at);
            _draft.Save(CheckHistory.Of(check, states, LastReports.After(before?.Last, report, at)));
        }

        return decision;
    }

    // It changes nothing. A problem of which nobody knew has ended by now, as far as the clock is right.
    private void NoteOld(Report report, Incident? open, LastReports last, DateTimeOffset at)
    {
        _draft.Suppress(Reason.OutOfOrder);
        var own = LastReports.Own(report, at);
        var its = open ?? (_draft.LastEnded(report.Check) is { } ended && ended.ClosedAt >= own ? ended : null);
        if (report.Kind == ReportKind.Alert && its is null)
        {
            its = _draft.Save(IncidentRules.New(report, own) with { ClosedAt = last.WellAt > own ? last.WellAt : own });
        }

        if (its is null)
        {
            return;
        }

        var isSaid = !_isLateSaid.Add(its.Number) || situation.Stories.GetValueOrDefault(its.Number) is [.., { Reason: Reason.OutOfOrder }];
        _draft.Note(its with { State = report.State!.Value }, Reason.OutOfOrder, at);
        var isNews = report.Kind == ReportKind.Alert && (open is null || report.State!.Value.Rank() < open.State.Rank());
        if (isNews && !isSaid && at - own > LastReports.LongestHidden)
        {
            _draft.Say(new OutcomeLine([], _ => lines.OutOfOrder(report, own, now), at));
        }
    }

    private Incident Save(Decision decision, Incident incident, DateTimeOffset at)
    {
        var saved = _draft.Save(Scheduled(decision, decision.Announce == Announce.Now ? incident with { AnnouncedAt = at } : incident));
        var there = decision.Reason == Reason.AcknowledgedInMonitor ? saved.Acknowledgement : null;
        _draft.Note(saved, decision.Reason, at, there?.By, there?.Reason);
        return saved;
    }

    // Alerts wait for company from now on, however long their mails lay in the mailbox: thousands that waited there are announced by
    // machine and not by batch. What is inhibited waits for the end of its cause. Ends are due at once, so that those of one batch go together.
    private Incident Scheduled(Decision decision, Incident after) => (decision.Announce, decision.Reason) switch
    {
        (Announce.AfterWait, _) when after.SuppressedBy is not (Suppression.Inhibited or Suppression.Overloaded) => after with { AnnounceAt = after.AnnounceAt ?? now + rules.GroupWait },
        (Announce.Now, Reason.Recovered or Reason.GoneInMonitor) => after with { AnnounceAt = now },
        _ => after,
    };

    private void Say(Reason reason, Report report, Incident? before, Incident? after, DateTimeOffset at)
    {
        Func<Incident?, Line>? words = reason switch
        {
            Reason.AcknowledgedInMonitor when before?.Acknowledgement is null => one => lines.AcknowledgedInMonitor(one!, report),
            Reason.AcknowledgedInMonitor => one => lines.AcknowledgedInMonitor(one!, report).ForRootAlone,
            Reason.FlappingStarted => one => lines.FlappingStarted(one!),
            Reason.FlappingEnded => one => lines.FlappingEnded(report, one, SuppressedWhileFlapping(one)),
            Reason.Downtime => _ => lines.Downtime(report),
            _ => null,
        };
        if (words is not null)
        {
            _draft.Say(new OutcomeLine(after is null ? [] : [after], numbered => words(numbered.Count == 0 ? null : numbered[0]), at)
            {
                Acknowledges = reason == Reason.AcknowledgedInMonitor,
            });
        }
    }

    // How many changes were not announced since it became unstable.
    private int SuppressedWhileFlapping(Incident? incident) =>
        incident is not null && situation.Stories.TryGetValue(incident.Number, out var story)
            ? story.Reverse().TakeWhile(step => step.Reason != Reason.FlappingStarted).Count(step => step.Reason == Reason.WhileFlapping)
            : 0;
}
