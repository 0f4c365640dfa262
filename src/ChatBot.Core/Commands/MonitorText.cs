
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Core.Commands;

/// <summary>What the monitor itself says now, in a few words and with its age.</summary>
public static class MonitorText
{
    private const int NamedProblems = 4;

    /// <summary>The lines, the last one followed by what the monitor says; as they were where none is configured.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="monitor">The monitor, if there is one.</param>
    /// <param name="lines">At least one.</param>
    /// <param name="machine">Of which machine; null for all.</param>
    public static IReadOnlyList<Line> After(CommandCall call, IMonitor monitor, IReadOnlyList<Line> lines, Machine? machine) =>
        monitor.Look() is { } reading
            ? [.. lines.SkipLast(1), Line.Join(" · ", [lines[^1], Of(call, monitor.Name, reading, machine)])]
            : lines;

    private static Line Of(CommandCall call, PublicText monitor, MonitorReading reading, Machine? machine)
    {
        var phrases = call.Phrases;
        if (reading.State is not { } state)
        {
            var why = phrases.Public(MonitorWords.Of(reading.Trouble ?? MonitorTrouble.StatusUnreadable));
            return phrases.Public(MonitorWords.Unreadable, monitor, why);
        }

        var ago = phrases.Ago(state.CreatedAt, call.Now);
        var checks = (machine is null ? state.Checks : state.Of(machine.Name, call.Context.Inventory)).ToList();
        if (checks.Count == 0)
        {
            return phrases.Public(MonitorWords.NoSuchMachine, monitor, ago);
        }

        var bad = checks.Where(check => !check.State.IsGood()).OrderBy(check => check.State.Rank()).ToList();
        return bad.Count == 0
            ? phrases.Public(MonitorWords.AllWell, monitor, ago)
            : phrases.Say(MonitorWords.Problems, monitor, ago, Named(call, bad, machine is null));
    }

    // Of a host outside the inventory the public hears no more than that it is counted.
    private static Line Named(CommandCall call, List<MonitoredCheck> bad, bool withMachine)
    {
        var all = bad.ConvertAll(check => Problem(call, check, withMachine));
        return new Line(
            List(call.Phrases, all.FindAll(line => line.Public is not null), all.Count).Public, List(call.Phrases, all, all.Count).Root);
    }

    private static Line List(Phrasebook phrases, List<Line> named, int count)
    {
        var shown = Math.Min(named.Count, NamedProblems);
        if (shown == 0)
        {
            return phrases.Public(MonitorWords.ProblemsElsewhere, count);
        }

        var list = Line.Join(", ", named.Take(shown));
        return count > shown ? phrases.Say(Sentences.ListAndMore, list, count - shown) : list;
    }

    private static Line Problem(CommandCall call, MonitoredCheck check, bool withMachine)
    {
        var host = MonitorState.NameOf(check.Host, call.Context.Inventory);
        var what = CheckText.Of(check.Spoken is { } service ? Name.OfService(service, host.IsForRoot) : null, check.State);
        return withMachine ? call.Phrases.Say(Sentences.Notice, host, what) : call.Phrases.Say(what);
    }
}
