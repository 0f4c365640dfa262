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

    public SampleGroup(Locale locale = Locale.French, IReadOnlyList<ICommand>? commands = null, IIncidents? incidents = null)
    {
        var voice = new Phrasebook(locale, Paris);
        var changes = new SampleChanges(Now);
        Commands = commands ?? CommandList.Of(
            new(incidents ?? Incidents, new SampleHistory(Incidents, changes, Changelog, Now), () => new IncidentLines(voice, "!", publicOutput: false)),
            new(new SampleMutes(Now, voice, new MuteLines(voice, "!")), new SampleInterventions(Now, voice, new InterventionLines(voice))),
            new(Monitor, changes, Changelog),
            new(new SampleNewcomers(), Absences, Proofs));
        Dispatcher = new CommandDispatcher(Commands, Time, Failed);
        Context = new CommandContext { Phrases = voice, Prefix = "!", Inventory = Machines };
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

    public IReadOnlyList<ICommand> Commands { get; }

    public CommandContext Context { get; }

    /// <summary>What the open channel hears, or the caller in private.</summary>
    public Task<string[]> InChannel(string text, Caller? caller = null, Audience audience = Audience.Public) =>
        Answered(CommandLine.InChannel(text, Context.Prefix, Nick, CaseMapping.Rfc1459), caller ?? Lunar, "#globenet", audience);

    public Task<string[]> InPrivate(string text, Caller? caller = null) =>
        Answered(
            CommandLine.InPrivate(text, Context.Prefix, Nick, CaseMapping.Rfc1459), caller ?? Lunar, null,
            (caller ?? Lunar).IsAdmin ? Audience.Root : Audience.Public);

    private bool Failed(ICommand command, Exception failure)
    {
        Failures.Add(failure);
        return true;
    }

    private async Task<string[]> Answered(CommandLine? line, Caller caller, string? channel, Audience audience)
    {
        if (line is null)
        {
            return [];
        }

        var reply = await Dispatcher.DispatchAsync(
            line, caller with { MayProve = Proofs.AreOffered }, channel, audience, Context, CancellationToken.None);
        var lines = reply?.Lines.Select(one => one.For(audience)).OfType<string>() ?? [];
        return [.. reply?.Note is { } note ? lines.Prepend(note.Value) : lines];
    }

    private static Person Admin(string name) => new() { Name = name, Roles = [Person.AdminRole], Accounts = [name] };
}
