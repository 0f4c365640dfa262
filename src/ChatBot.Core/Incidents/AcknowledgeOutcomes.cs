namespace ChatBot.Core.Incidents;

/// <summary>What became of several.</summary>
public static class AcknowledgeOutcomes
{
    /// <summary>Those to which it was done, by machine: each is one line.</summary>
    public static IEnumerable<IReadOnlyList<Incident>> DoneByMachine(IEnumerable<AcknowledgeOutcome> outcomes) => outcomes
        .Where(one => one.Result == AcknowledgeResult.Done)
        .GroupBy(one => one.Incident!.Machine, one => one.Incident!)
        .Select(group => group.ToList());
}
