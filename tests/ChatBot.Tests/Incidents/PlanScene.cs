using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Incidents;

/// <summary>Situations for the planner, and its outcomes as text: no store, no clock.</summary>
internal static class PlanScene
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    public static readonly SpeechRules Rules = new()
    {
        GroupWait = TimeSpan.FromSeconds(5),
        GroupInterval = TimeSpan.FromSeconds(15),
        Repeat = TimeSpan.FromHours(24),
        OverloadWait = TimeSpan.FromMinutes(10),
        LoadServices = ["load", "charge système é"],
    };

    private static readonly Inventory House = new(
    [
        new Machine { Name = "routeur" },
        new Machine { Name = "hal", DependsOn = ["routeur"] },
        new Machine { Name = "sud" },
        new Machine { Name = "sql" },
        new Machine { Name = "filer" },
    ]);

    /// <summary>The words, of which these tests only ask whether they are of the right facts.</summary>
    public static readonly IncidentLines Lines = new(new Phrasebook(Locale.English, TimeZoneInfo.Utc), "!", publicOutput: false);

    /// <summary>Decides by <see cref="Rules"/>, in English.</summary>
    public static readonly Planner Usual = With(Rules);

    public static Situation Empty { get; } = new() { Silences = new Silences(House, [], []) };

    public static Planner With(SpeechRules rules) => new(rules, Lines);

    /// <summary>What the public reads of a line.</summary>
    public static string Public(Line line) => line.Public!.Value.Value;

    public static Situation Of(params Incident[] incidents) => Empty with { Incidents = incidents };

    /// <summary>An alert whose wait is over: “hal POP3 CRITICAL”, “hal DOWN”.</summary>
    public static Incident Fresh(long number, string what) => Known(number, what) with { AnnounceAt = Now, OpenedAt = Now.AddSeconds(-5) };

    /// <summary>One that was announced an hour ago.</summary>
    public static Incident Announced(long number, string what)
    {
        var known = Known(number, what);
        return known with { AnnouncedState = known.State, AnnouncedAt = known.OpenedAt };
    }

    /// <summary>One that was announced and has just ended.</summary>
    public static Incident Ended(long number, string what) => Announced(number, what) with
    {
        State = Parts(what).Service is null ? CheckState.Up : CheckState.Ok,
        ClosedAt = Now,
        AnnounceAt = Now,
    };

    public static Incident Inhibited(long number, string what, long by, Suppression kind = Suppression.Inhibited) =>
        Fresh(number, what) with { AnnounceAt = null, SuppressedBy = kind, InhibitedBy = by };

    public static Report Report(ReportKind kind, string what, Phase? phase = null)
    {
        var (machine, service, state) = Parts(what);
        return new Report { Source = PublicText.Declared("nagios"), Kind = kind, Machine = machine, Service = service, State = state, Phase = phase };
    }

    public static Mute Mute(string machine, string? service = null) => new(
        Name.OfMachine(machine), service is null ? null : Name.OfService(service), PublicText.Declared("lunar"), default,
        Now.AddHours(-1), Now.AddHours(1));

    public static Intervention Work(string machine) => new()
    {
        Number = 7,
        Machines = [PublicText.Declared(machine)],
        By = PublicText.Declared("lunar"),
        What = default,
        PlannedAt = Now.AddHours(-2),
        BeginsAt = Now.AddHours(-1),
        EndsAt = Now.AddHours(1),
        BeganAt = Now.AddHours(-1),
    };

    public static Situation Silenced(this Situation situation, Mute? mute = null, Intervention? work = null) => situation with
    {
        Silences = new Silences(House, mute is null ? [] : [mute], work is null ? [] : [work]),
    };

    /// <summary>The public lines.</summary>
    public static string?[] Says(this Outcome outcome) => [.. outcome.Lines.Select(line => line.Words(line.Incidents).Public?.Value)];

    /// <summary>“3 Inhibited”: what happened to which incident.</summary>
    public static string[] Happened(this Outcome outcome) => [.. outcome.Events.Select(one => $"{one.Incident} {one.Event.Reason}")];

    public static Incident Saved(this Outcome outcome, long number) => outcome.Incidents.Single(one => one.Number == number);

    private static Incident Known(long number, string what)
    {
        var (machine, service, state) = Parts(what);
        return new Incident { Number = number, Machine = machine, Service = service, State = state, OpenedAt = Now.AddHours(-1) };
    }

    private static (Name Machine, Name? Service, CheckState State) Parts(string what)
    {
        var words = what.Split(' ');
        return (
            Name.OfMachine(words[0]),
            words.Length == 2 ? null : Name.OfService(string.Join(' ', words[1..^1])),
            Enum.Parse<CheckState>(words[^1], ignoreCase: true));
    }
}
