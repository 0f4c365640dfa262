using ChatBot.Core.Incidents;
using ChatBot.Core.Mail;
using ChatBot.Core.Speech;

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
                Taken = By("confidentiel : la faute de Paul", Audience.Root),
            },
            New(41, "sud", "HTTP", CheckState.Warning, Minutes(40)) with
            {
                Taken = By("confidentiel : le client Dupont n'a pas payé", Audience.Root),
            },
            New(42, "hal", "POP3", CheckState.Critical, Minutes(12)) with { Taken = By("je redémarre", Audience.Public) },
            New(43, "filer", null, CheckState.Down, Minutes(3)),
            New(44, "sud", "SSH", CheckState.Warning, Minutes(50)),
        }.ToDictionary(incident => incident.Number);
    }

    public IReadOnlyCollection<Incident> All => _all.Values;

    public Task<IReadOnlyList<Incident>> OpenAsync(string? machine, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Incident>>(
            [.. _all.Values.Where(one => one.IsOpen && (machine is null || one.Machine.Value == machine)).OrderBy(one => one.Number)]);

    public Task<Incident?> FindAsync(long number, CancellationToken cancel) => Task.FromResult(_all.GetValueOrDefault(number));

    public Task<IReadOnlyList<IncidentEvent>> StoryAsync(long number, CancellationToken cancel)
    {
        var incident = _all[number];
        var story = new List<IncidentEvent>
        {
            new(incident.OpenedAt, Why.Opened, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(1), Why.Told, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(4), Why.Repeated, CheckState.Critical, null, null),
            new(incident.OpenedAt.AddMinutes(5), Why.Repeated, CheckState.Critical, null, null),
        };
        if (incident.Taken is { } taken)
            story.Add(new IncidentEvent(incident.OpenedAt.AddMinutes(9), Why.Taken, CheckState.Critical, taken.By, taken.Reason));
        return Task.FromResult<IReadOnlyList<IncidentEvent>>(story);
    }

    public Task<IReadOnlyList<TakeOutcome>> TakeAsync(
        IReadOnlyList<long> numbers, Taken taken, string? askedIn, CancellationToken cancel) =>
        Each(numbers, one => one with { Taken = taken });

    public Task<IReadOnlyList<TakeOutcome>> ReleaseAsync(
        IReadOnlyList<long> numbers, PublicText by, string? askedIn, CancellationToken cancel) =>
        Each(numbers, one => one.Taken is null ? null : one with { Taken = null });

    public void Close(long number) => _all[number] = _all[number] with { State = CheckState.Ok, ClosedAt = _now };

    private Task<IReadOnlyList<TakeOutcome>> Each(IReadOnlyList<long> numbers, Func<Incident, Incident?> change) =>
        Task.FromResult<IReadOnlyList<TakeOutcome>>([.. numbers.Select(number => Change(number, change))]);

    private TakeOutcome Change(long number, Func<Incident, Incident?> change)
    {
        if (!_all.TryGetValue(number, out var incident))
            return new TakeOutcome(number, TakeResult.NoSuchIncident, null);
        if (!incident.IsOpen)
            return new TakeOutcome(number, TakeResult.AlreadyClosed, incident);
        if (change(incident) is not { } after)
            return new TakeOutcome(number, TakeResult.NotTaken, incident);
        _all[number] = after;
        return new TakeOutcome(number, TakeResult.Done, after);
    }

    private DateTimeOffset Minutes(int ago) => _now.AddMinutes(-ago);

    private Taken By(string reason, Audience saidTo) => new(
        PublicText.Declared("lunar"), new Remark(new RootText(reason), saidTo), Minutes(3), _now.AddHours(4));

    private static Incident New(long number, string machine, string? service, CheckState state, DateTimeOffset openedAt) => new()
    {
        Number = number,
        Machine = PublicText.Declared(machine),
        Service = service is null ? null : PublicText.Declared(service),
        State = state,
        OpenedAt = openedAt,
        ToldState = state,
        Detail = new RootText("confidentiel : Socket timeout after 10 seconds"),
    };
}
