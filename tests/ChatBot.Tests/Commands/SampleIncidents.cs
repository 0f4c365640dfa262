
using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Commands;

/// <summary>
/// #39 is of a machine that the inventory does not have, #40 is over, #41 was taken in the root channel, #42 in the open one,
/// #43 is a machine itself and new, #44 is a second one of its machine.
/// </summary>
internal sealed class SampleIncidents : IIncidents
{
    private readonly DateTimeOffset _now;
    private readonly Dictionary<long, Incident> _all;

    public SampleIncidents(DateTimeOffset now)
    {
        _now = now;
        _all = new List<Incident>
        {
            New(39, "vieux", "CPU", CheckState.Warning, Minutes(60)),
            New(40, "hal", "IMAP", CheckState.Ok, Minutes(210)) with
            {
                ClosedAt = Minutes(180),
                Acknowledgement = By("confidentiel : la faute de Paul", Audience.Root),
            },
            New(41, "sud", "HTTP", CheckState.Warning, Minutes(40)) with
            {
                Acknowledgement = By("confidentiel : le client Dupont n'a pas payé", Audience.Root),
            },
            New(42, "hal", "POP3", CheckState.Critical, Minutes(12)) with { Acknowledgement = By("je redémarre", Audience.Public) },
            New(43, "filer", null, CheckState.Down, Minutes(3)),
            New(44, "sud", "SSH", CheckState.Warning, Minutes(50)),
        }.ToDictionary(incident => incident.Number);
    }

    public IReadOnlyCollection<Incident> All => _all.Values;

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Incident>>(
            [.. _all.Values.Where(one => one.IsOpen && (machine is null || one.Machine.Value == machine)).OrderBy(one => one.Number)]);

    public Task<Incident?> FindAsync(long number, CancellationToken cancellationToken) => Task.FromResult(_all.GetValueOrDefault(number));

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancellationToken)
    {
        var incident = _all[number];
        var story = new List<IncidentEvent>
        {
            new(incident.OpenedAt, Reason.Opened, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(1), Reason.Announced, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(4), Reason.Repeated, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(5), Reason.Repeated, CheckState.Critical, null, null),
        };
        if (incident.Acknowledgement is { } taken)
        {
            story.Add(new IncidentEvent(incident.OpenedAt.AddMinutes(9), Reason.Acknowledged, CheckState.Critical, taken.By, taken.Reason));
        }

        if (incident.Source is not null)
        {
            story.Add(new IncidentEvent(incident.OpenedAt.AddMinutes(10), Reason.AcknowledgedInMonitor, CheckState.Critical, null, null));
        }

        return Task.FromResult<IReadOnlyList<IncidentEvent>>(story);
    }

    public Task<IReadOnlyList<AcknowledgeOutcome>> AcknowledgeAsync(
        IReadOnlyList<long> numbers, Acknowledgement taken, string? askedIn, CancellationToken cancellationToken) =>
        Each(numbers, one => one with { Acknowledgement = taken });

    public Task<IReadOnlyList<AcknowledgeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancellationToken) =>
        Each(numbers, one => one.Acknowledgement is null ? null : one with { Acknowledgement = null });

    /// <summary>It came from this program, and was acknowledged there.</summary>
    public void ComesFrom(long number, string source) => _all[number] = _all[number] with { Source = PublicText.Declared(source) };

    public void Close(long number) => _all[number] = _all[number] with { State = CheckState.Ok, ClosedAt = _now };

    private Task<IReadOnlyList<AcknowledgeOutcome>> Each(IReadOnlyList<long> numbers, Func<Incident, Incident?> change) =>
        Task.FromResult<IReadOnlyList<AcknowledgeOutcome>>([.. numbers.Select(number => Change(number, change))]);

    private AcknowledgeOutcome Change(long number, Func<Incident, Incident?> change)
    {
        if (!_all.TryGetValue(number, out var incident))
        {
            return new AcknowledgeOutcome(number, AcknowledgeResult.NoSuchIncident, null);
        }

        if (!incident.IsOpen)
        {
            return new AcknowledgeOutcome(number, AcknowledgeResult.AlreadyClosed, incident);
        }

        if (change(incident) is not { } after)
        {
            return new AcknowledgeOutcome(number, AcknowledgeResult.NotAcknowledged, incident);
        }

        _all[number] = after;
        return new AcknowledgeOutcome(number, AcknowledgeResult.Done, after);
    }

    private DateTimeOffset Minutes(int ago) => _now.AddMinutes(-ago);

    private Acknowledgement By(string reason, Audience saidTo) => new(
        PublicText.Declared("lunar"), new Remark(new RootText(reason), saidTo), Minutes(3), _now.AddHours(4));

    private static Incident New(long number, string machine, string? service, CheckState state, DateTimeOffset openedAt) => new()
    {
        Number = number,
        Machine = PublicText.Declared(machine),
        Service = service is null ? null : PublicText.Declared(service),
        State = state,
        OpenedAt = openedAt,
        AnnouncedState = state,
        Detail = new RootText("confidentiel : Socket timeout after 10 seconds"),
    };
}
