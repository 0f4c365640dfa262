using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using Dapper;

namespace ChatBot.Storage;

/// <summary>A row of <c>check_history</c>.</summary>
internal sealed class CheckHistoryRow
{
    public string Machine { get; init; } = "";

    public string Service { get; init; } = "";

    public string Part { get; init; } = "";

    public string States { get; init; } = "";

    [DbValue(Name = "last_at")]
    public long LastAt { get; init; }

    public long Flapping { get; init; }

    public long Suppressed { get; init; }

    public string Clock { get; init; } = "";

    [DbValue(Name = "problem_at")]
    public long? ProblemAt { get; init; }

    [DbValue(Name = "well_at")]
    public long? WellAt { get; init; }

    public CheckHistory Read() => new(
        Name.OfMachine(Machine),
        Service.Length == 0 ? null : Name.OfService(Service),
        new FlapHistory(States, Moment.Read(LastAt), Flapping != 0, Suppressed),
        CheckPart.FromStore(Part),
        Clock.Length == 0 ? null : new LastReports(Clock, Moment.Read(ProblemAt), Moment.Read(WellAt)));
}
