namespace ChatBot.Core.Incidents;

/// <summary>What became of several.</summary>
public static class TakeOutcomes
{
    /// <summary>Those to which it was done, by machine: each is one line.</summary>
    public static IEnumerable<IReadOnlyList<Incident>> DoneByMachine(IEnumerable<TakeOutcome> outcomes) => outcomes
        .Where(one => one.Result == TakeResult.Done)
        .GroupBy(one => one.Incident!.Machine, one => one.Incident!)
        .Select(group => group.ToList());
}
