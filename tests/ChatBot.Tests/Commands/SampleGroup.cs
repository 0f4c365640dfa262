using ChatBot.Commands;
using ChatBot.Core.Commands;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Mutes;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using Microsoft.Extensions.Time.Testing;

namespace ChatBot.Tests.Commands;

/// <summary>
/// GlobeNet in memory, on a Sunday at 14:17 in Paris. What the public must not read contains “confidentiel” or is a file name
/// in <c>/etc</c>.
/// </summary>
internal sealed class SampleGroup
{
    public const string Nick = "globot";

    public static readonly Caller Lunar = new("lunar", "lunar", Admin("lunar"));
    public static readonly Caller Marie = new("marie", "marie", new Person { Name = "marie", Accounts = ["marie"] });
    public static readonly Caller Stranger = new("visiteur", null, null) { Stay = new Stay("visiteur", "visiteur") };

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.CreateCustomTimeZone("Paris", TimeSpan.FromHours(1), null, null);

    public SampleGroup(Locale locale = Locale.French, IReadOnlyList<ICommand>? commands = null)
    {
        var voice = new Phrasebook(locale, Paris);
        var changes = new SampleChanges(Now);
        Dispatcher = new CommandDispatcher(commands ?? CommandList.All, Time, (_, failure) => Failures.Add(failure));
        World = new CommandContext
        {
            Phrases = voice,
            Prefix = "!",
            Inventory = Machines,
            People = new People([Lunar.Person!, Marie.Person!]),
            Commands = commands ?? CommandList.All,
            Lines = new IncidentLines(voice, "!", publicOutput: false),
            Incidents = Incidents,
            History = new SampleHistory(Incidents, changes, Changelog, Now),
            Absences = Absences,
            Changes = changes,
            Mutes = new SampleMutes(Now, voice, new MuteLines(voice, "!")),
            MuteLines = new MuteLines(voice, "!"),
            Interventions = new SampleInterventions(Now, voice, new InterventionLines(voice)),
            InterventionLines = new InterventionLines(voice),
            Monitor = Monitor,
            Changelog = Changelog,
            Newcomers = new SampleNewcomers(),
            Proofs = Proofs,
        };
    }

    public static Inventory Machines { get; } = new(
    [
        new Machine { Name = "sud", Group = "mutualisé", Services = ["HTTP", "POP3"], DependsOn = ["routeur"] },
        new Machine { Name = "coordsud", Group = "mutualisé", DependsOn = ["routeur"] },
        new Machine { Name = "filer", Group = "mutualisé", Changelog = "file:/root/changelog" },
        new Machine { Name = "sql", Group = "mutualisé" },
        new Machine { Name = "hal", Names = ["hal.globenet.org"], Group = "no-log", Services = ["POP3", "IMAP", "SMTP"], Changelog = "ssh:hal" },
        new Machine { Name = "webmail", Names = ["webmail.no-log.org"], Group = "no-log" },
        new Machine { Name = "web", Names = ["web.no-log.org"], Group = "no-log" },
        new Machine { Name = "www2", Names = ["www2.globenet.org"], Group = "no-log" },
        new Machine { Name = "routeur" },
    ]);

    public FakeTimeProvider Time { get; } = new(Now);

    public SampleMonitor Monitor { get; } = new();

    public SampleProofs Proofs { get; } = new(Now);

    public SampleIncidents Incidents { get; } = new(Now);

    public Absences Absences { get; } = new();

    public SampleChangelog Changelog { get; } = new(Now);

    public List<Exception> Failures { get; } = [];

    public CommandDispatcher Dispatcher { get; }

    public CommandContext World { get; }

    /// <summary>What the open channel hears, or the caller in private.</summary>
    public Task<string[]> InChannel(string text, Caller? caller = null, Audience audience = Audience.Public) =>
        Answered(CommandLine.InChannel(text, World.Prefix, Nick, CaseMapping.Rfc1459), caller ?? Lunar, "#globenet", audience);

    public Task<string[]> InPrivate(string text, Caller? caller = null) =>
        Answered(
            CommandLine.InPrivate(text, World.Prefix, Nick, CaseMapping.Rfc1459), caller ?? Lunar, null,
            (caller ?? Lunar).IsAdmin ? Audience.Root : Audience.Public);

    private async Task<string[]> Answered(CommandLine? line, Caller caller, string? channel, Audience audience)
    {
        if (line is null)
        {
            return [];
        }

        var reply = await Dispatcher.DispatchAsync(line, caller, channel, audience, World, CancellationToken.None);
        var lines = reply?.Lines.Select(one => one.For(audience)).OfType<string>() ?? [];
        return [.. reply?.Note is { } note ? lines.Prepend(note.Value) : lines];
    }

    private static Person Admin(string name) => new() { Name = name, Roles = [Person.AdminRole], Accounts = [name] };
}
