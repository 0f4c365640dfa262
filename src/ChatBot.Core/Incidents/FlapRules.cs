
using ChatBot.Core.Reports;

namespace ChatBot.Core.Incidents;

/// <summary>
/// Announces a flapping check once, where its monitor does not report flapping itself. While it changes it is one
/// incident, whatever its state.
/// </summary>
public static class FlapRules
{
    /// <summary>Replaces the decision where the history requires it.</summary>
    /// <param name="decision">By <see cref="IncidentRules"/>.</param>
    /// <param name="report">What was reported.</param>
    /// <param name="open">The open incident of that check, if there is one.</param>
    /// <param name="before">The states reported until then; null where there are none.</param>
    /// <param name="at">When the report arrived.</param>
    /// <returns>The decision, and the history as it is now; null where nothing of it changed.</returns>
    public static (Decision Decision, FlapHistory? After) Apply(
        Decision decision, Report report, Incident? open, FlapHistory? before, DateTimeOffset at)
    {
        var state = report.State!.Value;
        if (report.Kind is not (ReportKind.Alert or ReportKind.Recovery))
        {
            return (decision, decision.Reason == Reason.FlappingStarted ? FlapHistory.Unstable(state, at)
                : report.Kind == ReportKind.Flapping && before is not null ? FlapHistory.Of(state, at) : null);
        }

        // The monitor said that it flaps, and reports an end nevertheless: it is one change of many, and from then on our own count ends it too, should the
        // monitor never say that it is stable.
        var isMonitors = open is { Flapping: true } && before is not { IsFlapping: true };
        if (decision.Reason is Reason.Repeated or Reason.NothingOpen || (isMonitors && !(report.Kind == ReportKind.Recovery && before?.With(state, at).IsFlapping == true)))
        {
            return (decision, null);
        }

        // The monitor's state still shows what is known of it.
        if (report.IsDrift && before is { IsFlapping: true } && open?.State == state)
        {
            return (new Decision(Reason.WhileFlapping, null, Announce.Nothing), null);
        }

        var good = report.Service is null ? CheckState.Up : CheckState.Ok;
        var history = before ?? FlapHistory.Of(good, at);
        var after = open?.State == state ? history : history.With(state, at);
        if (!after.IsFlapping)
        {
            return (decision, after);
        }

        var incident = decision.After! with { State = state, ClosedAt = null, Flapping = true, AnnounceAt = null };
        return isMonitors || history.IsFlapping
            ? (new Decision(Reason.WhileFlapping, incident with { AnnouncedState = open?.AnnouncedState }, Announce.Nothing), isMonitors ? after with { Suppressed = 1 } : after)
            : (new Decision(Reason.FlappingStarted, incident with { AnnouncedState = state }, Announce.Now), after);
    }
}
