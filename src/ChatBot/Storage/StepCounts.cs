using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;

namespace ChatBot.Storage;

/// <summary>What a step of an incident adds to its counts.</summary>
internal readonly record struct StepCounts(long Notifications, long Changes, long Acknowledgements, long Flappings, long Downs)
{
    public static StepCounts Of(IncidentEvent step) => new(
        Notifications: One(step.Reason is Reason.Opened or Reason.Repeated or Reason.Changed or Reason.ChangedBeforeAnnounced or Reason.WhileFlapping
            or Reason.FlappingStarted or Reason.Muted or Reason.DuringIntervention or Reason.FoundInMonitor
            || (step.Reason == Reason.Imported && !step.State.IsGood())),
        Changes: One(step.Reason is Reason.Changed or Reason.ChangedBeforeAnnounced or Reason.WhileFlapping),
        Acknowledgements: One(step.Reason is Reason.Acknowledged or Reason.AcknowledgedInMonitor),
        Flappings: One(step.Reason == Reason.FlappingStarted),
        Downs: One(step.State is CheckState.Down or CheckState.Unreachable));

    /// <summary>What several add together.</summary>
    public static StepCounts Of(IReadOnlyCollection<IncidentEvent> steps) => steps.Select(Of).Aggregate(default(StepCounts), (all, one) => new(
        all.Notifications + one.Notifications,
        all.Changes + one.Changes,
        all.Acknowledgements + one.Acknowledgements,
        all.Flappings + one.Flappings,
        all.Downs + one.Downs));

    private static long One(bool isSo) => isSo ? 1 : 0;
}
