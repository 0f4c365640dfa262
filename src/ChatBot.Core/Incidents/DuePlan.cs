using ChatBot.Core.Changelog;

namespace ChatBot.Core.Incidents;

/// <summary>Decides what is announced by now.</summary>
internal sealed class DuePlan(SpeechRules rules, IncidentLines lines, Situation situation, DateTimeOffset now)
{
    private readonly Draft _draft = new(situation);

    public Outcome Make()
    {
        EndInhibitions();
        var due = Unannounced();
        if (due.Any(incident => Announcement.IsDue(incident.AnnounceAt!.Value, now, rules.LongestWait)))
        {
            Announce(new CompanyWait(rules, situation, _draft, now).Without(WithoutInhibited(WithoutSilenced(due))));
        }

        Remind();
        return _draft.Outcome() with { NextAt = _draft.All.Select(NextAt).Append(situation.Later).Min() };
    }

    private DateTimeOffset? NextAt(Incident incident) => incident switch
    {
        { AnnounceAt: { } announceAt, SuppressedBy: null or Suppression.Inhibited or Suppression.Overloaded } => announceAt,
        _ when rules.Repeat > TimeSpan.Zero && IsUnacknowledged(incident) => incident.AnnouncedAt + rules.Repeat,
        _ => null,
    };

    private List<Incident> Unannounced() => [.. _draft.All.Where(incident => incident is { AnnounceAt: not null, SuppressedBy: null })];

    private Inhibition CurrentInhibition() => new(_draft.All, situation.Silences.Inventory, rules.LoadServices);

    // What inhibited them has ended: they are announced a little later if they have not. Another cause may have come meanwhile.
    private void EndInhibitions()
    {
        if (situation.Orphans.Count == 0)
        {
            return;
        }

        var inhibition = CurrentInhibition();
        foreach (var incident in situation.Orphans.Order().Select(number => _draft[number]))
        {
            var grace = incident.SuppressedBy == Suppression.Overloaded ? rules.OverloadWait : Inhibition.Grace;
            if (inhibition.Of(incident, now) is { } cause)
            {
                _draft.Save(incident with { SuppressedBy = inhibition.Kind(cause), InhibitedBy = cause.Number, AnnounceAt = null });
            }
            else if (incident.AnnounceAt is not { } announceAt)
            {
                _draft.Save(incident with { AnnounceAt = now + grace });
            }
            else if (Announcement.IsDue(announceAt, now, grace))
            {
                _draft.Note(_draft.Save(incident with { SuppressedBy = null, AnnounceAt = now }), Reason.InhibitionEnded, now);
            }
        }
    }

    // A mute or an intervention may have begun while they waited for company.
    private List<Incident> WithoutSilenced(List<Incident> due)
    {
        var left = new List<Incident>();
        foreach (var incident in due)
        {
            if (incident.IsOpen && SuppressionRules.Of(incident.Machine, incident.Service, situation.Silences) is { } suppression)
            {
                _draft.Suppress(incident with { SuppressedBy = suppression }, suppression.Reason(), now);
            }
            else
            {
                left.Add(incident);
            }
        }

        return left;
    }

    private List<Incident> WithoutInhibited(List<Incident> due)
    {
        var inhibition = CurrentInhibition();
        var (left, late) = (new List<Incident>(), new List<Incident>());
        foreach (var incident in due)
        {
            if (!incident.IsOpen || inhibition.Of(incident, now) is not { } cause)
            {
                left.Add(incident);
                continue;
            }

            // A load may have been announced when it inhibited nothing yet.
            if (inhibition.IsLoad(cause) && cause is { AnnouncedState: not null, AnnounceAt: null } && _draft.Inhibited(cause).Total == 0)
            {
                late.Add(cause);
            }

            var kind = inhibition.Kind(cause);
            _draft.Suppress(incident with { SuppressedBy = kind, InhibitedBy = cause.Number, AnnounceAt = null }, kind.Reason(), now);
        }

        foreach (var cause in late)
        {
            var count = _draft.Inhibited(cause);
            _draft.Say(cause, one => lines.Cause(one, count), now);
        }

        return left;
    }

    private void Announce(List<Incident> due)
    {
        if (due.Count == 0)
        {
            return;
        }

        var causes = due.Where(one => one.Service is not { } service || rules.IsLoad(service.Value))
            .Select(one => (one.Number, Count: _draft.Inhibited(one)))
            .Where(one => one.Count.Total > 0)
            .ToDictionary(one => one.Number, one => one.Count);
        var first = due.Min(incident => incident.OpenedAt);
        var ended = situation.EndedUnannounced.Count(openedAt => openedAt >= first);
        foreach (var one in Announcement.Due(due.ConvertAll(WithChange), now, rules.LongestWait, lines, causes, ended))
        {
            Say(one);
        }
    }

    // What its machine changed shortly before is announced beside what is new.
    private Incident WithChange(Incident incident) => incident is { IsOpen: true, AnnouncedState: null }
        ? incident with { ChangedBefore = RecentChange.Before(situation.Changes, incident.Machine, incident.OpenedAt) }
        : incident;

    private void Say(Announcement announcement)
    {
        foreach (var incident in announcement.Incidents)
        {
            _draft.Save(announcement.Line is null ? incident : incident with { AnnouncedAt = now });
            if (announcement.Line is not null)
            {
                _draft.Note(incident, Reason.Announced, now);
            }
        }

        if (announcement.Line is not { } line)
        {
            return;
        }

        var at = announcement.Incidents.Max(incident => incident.ClosedAt ?? incident.OpenedAt);
        _draft.Say(new OutcomeLine(announcement.Incidents, _ => line, at) { Facts = announcement.About });
        if (announcement.About is { Topic: Topic.Recovery, Machine: null })
        {
            _draft.ManyEndedAt = now;
        }
    }

    private void Remind()
    {
        var forgotten = rules.Repeat > TimeSpan.Zero ? _draft.All.Where(IsForgotten).ToList() : [];
        if (forgotten.Count == 0)
        {
            return;
        }

        foreach (var incident in forgotten)
        {
            _draft.Note(_draft.Save(incident with { AnnouncedAt = now }), Reason.Reminded, now);
        }

        _draft.Say(new OutcomeLine(forgotten, numbered => lines.Reminder(numbered), now));
    }

    private bool IsForgotten(Incident incident) => IsUnacknowledged(incident) && incident.AnnouncedAt <= now - rules.Repeat;

    private bool IsUnacknowledged(Incident incident) =>
        incident is { IsOpen: true, AnnouncedState: not null, AnnounceAt: null, SuppressedBy: null, Acknowledgement: null, Flapping: false }
        && IsStillReported(incident);

    // Whose program never reports an end is open for certain only as of its last message: one that comes when a reminder is due.
    private bool IsStillReported(Incident incident) => incident.Repeats is not { } repeats
        || !repeats.IsSilent && repeats.LastAt >= incident.AnnouncedAt + rules.Repeat;
}
