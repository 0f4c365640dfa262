using ChatBot.Core.Incidents;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>
/// What of machines that others depend on is down. Nothing is reported of whoever stands behind them, so that no incident there is no
/// sign that all is well.
/// </summary>
public static class NeededText
{
    private const int Named = 3;

    private static readonly Sentence1 DependsOn = new("depends on: {0}", "dépend de : {0}");

    /// <summary>The line, followed by those that are down.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="machines">Whom the line is about.</param>
    /// <param name="incidents">What is open.</param>
    /// <param name="line">How they are.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<Line> AfterAsync(
        CommandCall call, IReadOnlyCollection<Machine> machines, IIncidents incidents, Line line, CancellationToken cancellationToken)
    {
        var needed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var machine in machines)
        {
            needed.UnionWith(call.Context.Inventory.NeededBy(machine.Name));
        }

        foreach (var machine in machines)
        {
            needed.Remove(machine.Name);
        }

        List<Incident>? down = null;
        foreach (var name in needed)
        {
            foreach (var one in await incidents.OpenAsync(name, cancellationToken))
            {
                if (one is { Service: null, State: CheckState.Down or CheckState.Unreachable })
                {
                    (down ??= []).Add(one);
                }
            }
        }

        return down is not null && Answers.Heard(call, down) is { Count: > 0 } heard
            ? Line.Join(" · ", [line, call.Phrases.Say(DependsOn, IncidentText.Numbered(call.Phrases, [.. IncidentText.WorstFirst(heard)], Named, withMachine: true))])
            : line;
    }
}
