using System.Globalization;
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Storage;

/// <summary>The facts of a line, in the store: incidents one a line, their fields apart by spaces, the service last, behind a tab which of its checks, behind another the open ones that read alike.</summary>
internal static class AboutCodec
{
    private const int Fields = 6;
    private const char BeforePart = '\t'; // which no text holds once it is cleaned
    private const string First = "first";

    public static string Store(Topic topic) => topic switch
    {
        Topic.Alert => "alert",
        Topic.Recovery => "recovery",
        Topic.Change => "change",
        Topic.Unproven => "unproven",
        _ => "other",
    };

    public static string Store(IReadOnlyList<IncidentFact> incidents) => string.Join('\n', incidents.Select(incident => string.Join(
        ' ',
        incident.Number.ToString(CultureInfo.InvariantCulture),
        incident.State.Word(),
        Moment.Store(incident.OpenedAt).ToString(CultureInfo.InvariantCulture),
        Moment.Store(incident.ClosedAt)?.ToString(CultureInfo.InvariantCulture) ?? "-",
        incident.IsFirst ? First : "again",
        Names(incident))));

    private static string Names(IncidentFact incident)
    {
        var numbers = string.Join(',', (incident.Lookalikes ?? []).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return $"{incident.Service?.Value}{BeforePart}{incident.Part?.Value}{BeforePart}{numbers}".TrimEnd(BeforePart);
    }

    public static About Read(string topic, string? machine, string incidents) => new(
        topic switch
        {
            "alert" => Topic.Alert,
            "recovery" => Topic.Recovery,
            "change" => Topic.Change,
            "unproven" => Topic.Unproven,
            _ => Topic.Other,
        },
        machine is null ? null : Name.OfMachine(machine),
        incidents.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne).ToList());

    private static IncidentFact ReadOne(string line)
    {
        var fields = line.Split(' ', Fields);
        var names = fields[5].Split(BeforePart);
        return new IncidentFact(
            Number(fields[0]),
            names[0].Length == 0 ? null : Name.OfService(names[0]),
            CheckStates.Parse(fields[1]) ?? CheckState.Unknown,
            Moment.Read(Number(fields[2])),
            fields[3] == "-" ? null : Moment.Read(Number(fields[3])),
            fields[4] == First,
            names.Length < 2 || names[1].Length == 0 ? null : PublicText.FromStore(names[1]))
        {
            Lookalikes = names.Length < 3 ? null : [.. names[2].Split(',').Select(Number)],
        };
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
