
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Commands;

/// <summary>sud was muted an hour ago in the root channel, and seven alerts are hidden.</summary>
internal sealed class SampleMutes(DateTimeOffset now, Phrasebook phrases, MuteLines lines) : IMutes
{
    private readonly List<Mute> _mutes =
    [
        new(
            PublicText.Declared("sud"), null, PublicText.Declared("lunar"),
            new Remark(new RootText("confidentiel : la panne de Dupont"), Audience.Root), now.AddHours(-1), now.AddHours(1)),
    ];

    public Task<IReadOnlyList<Mute>> NowAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Mute>>([.. _mutes]);

    public Task<Line> MuteAsync(Mute mute, string? askedIn, CancellationToken cancellationToken)
    {
        _mutes.Add(mute);
        return Task.FromResult(lines.Begins(mute, now));
    }

    public Task<Line?> EndAsync(Mute mute, string? askedIn, CancellationToken cancellationToken)
    {
        _mutes.Remove(mute);
        var open = new[] { (41, "HTTP"), (44, "SSH") }.Select(one => new Incident
        {
            Number = one.Item1,
            Machine = mute.Machine,
            Service = PublicText.Declared(one.Item2),
            State = CheckState.Warning,
            OpenedAt = now.AddMinutes(-one.Item1),
        });
        return Task.FromResult<Line?>(lines.Ends(mute, new SuppressedSummary(5, [.. open]).Text(phrases, withMachine: false), now));
    }
}

/// <summary>#1 on sql is in course since an hour, #2 on hal is to come, and what is done there was said to the root group.</summary>
internal sealed class SampleInterventions : IInterventions
{
    private readonly DateTimeOffset _now;
    private readonly InterventionLines _lines;
    private readonly Phrasebook _phrases;
    private readonly Dictionary<long, Intervention> _all;

    public SampleInterventions(DateTimeOffset now, Phrasebook phrases, InterventionLines lines)
    {
        (_now, _lines, _phrases) = (now, lines, phrases);
        _all = new List<Intervention>
        {
            New("sql", "mise à jour", Audience.Public, now.AddHours(-1), 3) with { Number = 1, BeganAt = now.AddHours(-1) },
            New("hal", "changement de noyau", Audience.Public, now.AddDays(6).AddHours(8).AddMinutes(43), 2) with { Number = 2 },
            New("web", "confidentiel : le site de Dupont", Audience.Root, now.AddDays(9), 2) with { Number = 7 },
        }.ToDictionary(one => one.Number);
    }

    public Task<IReadOnlyList<Intervention>> ComingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Intervention>>([.. _all.Values.Where(one => !one.IsOver).OrderBy(one => one.BeginsAt)]);

    public Task<Intervention?> FindAsync(long number, CancellationToken cancellationToken) => Task.FromResult(_all.GetValueOrDefault(number));

    public Task<Line> PlanAsync(Intervention intervention, string? askedIn, CancellationToken cancellationToken)
    {
        _all[3] = intervention with { Number = 3 };
        return Task.FromResult(_lines.Announced(_all[3]));
    }

    public Task<Line?> MoveAsync(
        long number, DateTimeOffset begins, DateTimeOffset ends, PublicText by, string? askedIn, CancellationToken cancellationToken) =>
        Change(
            number, one => one with { BeginsAt = begins, EndsAt = ends }, one => _lines.NewTimes(one, by, _now),
            one => !one.IsInCourse || begins == one.BeginsAt);

    public Task<Line?> CancelAsync(long number, PublicText by, string? askedIn, CancellationToken cancellationToken) => Change(
        number, one => one with { OverAt = _now, IsCancelled = true }, one => _lines.Cancelled(one, by), one => !one.IsInCourse);

    public Task<Line?> FinishAsync(long number, string? askedIn, CancellationToken cancellationToken) => Change(
        number, one => one with { OverAt = _now }, one => _lines.Of(InterventionStep.Ends, one, new SuppressedSummary(0, []).Text(_phrases, withMachine: true), _now), one => one.IsInCourse);

    private Task<Line?> Change(
        long number, Func<Intervention, Intervention> change, Func<Intervention, Line> say, Func<Intervention, bool> canBe)
    {
        if (!_all.TryGetValue(number, out var one) || one.IsOver || !canBe(one))
        {
            return Task.FromResult<Line?>(null);
        }

        _all[number] = change(one);
        return Task.FromResult<Line?>(say(_all[number]));
    }

    private static Intervention New(string machine, string what, Audience saidTo, DateTimeOffset begins, int hours) => new()
    {
        Machines = [PublicText.Declared(machine)],
        By = PublicText.Declared("lunar"),
        What = new Remark(new RootText(what), saidTo),
        PlannedAt = begins.AddDays(-2),
        BeginsAt = begins,
        EndsAt = begins.AddHours(hours),
    };
}
