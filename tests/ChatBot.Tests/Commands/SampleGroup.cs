using ChatBot.Configuration;
using ChatBot.Core.Commands;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;

namespace ChatBot.Tests.Commands;

/// <summary>
/// The bot of GlobeNet from a command to its answer, on a Sunday at 14:17 in Paris, with a store of its own that holds
/// <see cref="SampleStore"/>. What the public must not read contains “confidentiel” or “Dupont”, or is a file name in <c>/etc</c>.
/// </summary>
internal sealed class SampleGroup : IAsyncDisposable
{
    public const string Nick = "globot";

    public static readonly Caller Lunar = new("lunar", "lunar", Admin("lunar")) { Stay = new Stay("lunar", "lunar") };
    public static readonly Caller Marie = new("marie", "marie", new Person { Name = "marie", Accounts = ["marie"] }) { Stay = new Stay("marie", "marie") };
    public static readonly Caller Stranger = new("visiteur", null, null) { Stay = new Stay("visiteur", "visiteur") };

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _opening;
    private readonly bool _isOwner;

    /// <param name="locale">The group's language.</param>
    /// <param name="commands">Instead of all there are.</param>
    /// <param name="with">What else is configured.</param>
    public SampleGroup(
        Locale locale = Locale.French, Func<Engine, IReadOnlyList<ICommand>>? commands = null, Func<BotSettings, BotSettings>? with = null)
        : this(Engine.Make(locale, SampleStore.Now, settings => with is null ? Settings(settings) : with(Settings(settings))), commands)
    {
        (_isOwner, _opening) = (true, new(async () => await Engine.OpenAsync(await SampleStore.BytesAsync())));
        Configure(settings => settings with { Inventory = MachinesWith("file:" + _folder["filer.changelog"]) });
    }

    private SampleGroup(Engine engine, Func<Engine, IReadOnlyList<ICommand>>? commands)
    {
        (Engine, _opening) = (engine, new(Task.CompletedTask));
        Commands = commands?.Invoke(engine) ?? engine.Commands(new SampleNewcomers(), Absences);
        Dispatcher = new CommandDispatcher(Commands, engine.Time, Failed);
    }

    public static Inventory Machines { get; } = MachinesWith("file:/root/changelog");

    /// <summary>Its store is open once the first command is answered.</summary>
    public Engine Engine { get; }

    public Absences Absences { get; } = new();

    public List<Exception> Failures { get; } = [];

    public CommandDispatcher Dispatcher { get; }

    public IReadOnlyList<ICommand> Commands { get; }

    /// <summary>All there are.</summary>
    public static IReadOnlyList<ICommand> EveryCommand()
    {
        var group = new SampleGroup();
        group.DisposeAsync().AsTask().Wait();
        return group.Commands;
    }

    /// <summary>The commands of an engine that a test has made itself.</summary>
    public static SampleGroup On(Engine engine) => new(engine, null);

    /// <summary>What the group has configured.</summary>
    public static BotSettings Settings(BotSettings settings) => settings with
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        Inventory = Machines,
        People = new People([Admin("lunar") with { Pgp = [new string('a', 40)] }]),
        OpenPgp = new OpenPgpSettings("/nowhere", "/nowhere/gpg"),
        Speech = settings.Speech with { GroupWait = TimeSpan.FromMinutes(1) },
    };

    /// <summary>The configuration is read again, with a change.</summary>
    public void Configure(Func<BotSettings, BotSettings> change) => Engine.Settings.Replace(change(Engine.Settings.Value.Settings));

    /// <summary>What the open channel hears, or the caller in private.</summary>
    public Task<string[]> InChannel(string text, Caller? caller = null, Audience audience = Audience.Public) =>
        Answered(
            CommandLine.InChannel(text, "!", Nick, CaseMapping.Rfc1459) ?? CommandLine.Loose(text, Nick, CaseMapping.Rfc1459), caller ?? Lunar, Engine.PublicChannel, audience);

    public Task<string[]> InPrivate(string text, Caller? caller = null) =>
        Answered(
            CommandLine.InPrivate(text, "!", Nick, CaseMapping.Rfc1459), caller ?? Lunar, null,
            (caller ?? Lunar).IsAdmin ? Audience.Root : Audience.Public);

    /// <summary>The one of these two texts that is in the group's language.</summary>
    public string In(string french, string english) => Engine.In(french, english);

    /// <summary>Opens the store, as the first command does otherwise.</summary>
    public Task OpenAsync() => _opening.Value;

    /// <summary>How many changelog entries are stored.</summary>
    public async Task<long> EntriesAsync()
    {
        await OpenAsync();
        return await Engine.AskAsync("SELECT COUNT(*) FROM changelog_entry");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOwner)
        {
            await Engine.DisposeAsync();
        }

        _folder.Dispose();
    }

    private bool Failed(ICommand command, Exception failure)
    {
        Failures.Add(failure);
        return true;
    }

    private async Task<string[]> Answered(CommandLine? line, Caller caller, string? channel, Audience audience)
    {
        await OpenAsync();
        if (line is null || !Dispatcher.IsForMe(line, channel is null, Engine.Settings.Value.Settings.Inventory))
        {
            return [];
        }

        var live = Engine.Settings.Value;
        var reply = await Dispatcher.DispatchAsync(
            line, caller with { MayProve = Engine.Proofs.AreOffered }, channel, audience,
            new CommandContext { Phrases = live.Phrases, Prefix = live.Settings.Irc.CommandPrefix, Inventory = live.Settings.Inventory },
            CancellationToken.None);
        var lines = reply?.Lines.Select(one => one.For(audience)).OfType<string>() ?? [];
        return [.. reply?.Note is { } note ? lines.Prepend(note.Value) : lines];
    }

    private static Person Admin(string name) => new() { Name = name, Roles = [Person.AdminRole], Accounts = [name] };

    private static Inventory MachinesWith(string filer) => new(
    [
        new Machine { Name = "sud", Group = "mutualisé", Services = ["HTTP", "POP3"], DependsOn = ["routeur"] },
        new Machine { Name = "coordsud", Group = "mutualisé", DependsOn = ["routeur"] },
        new Machine { Name = "filer", Group = "mutualisé", Changelog = filer },
        new Machine { Name = "sql", Group = "mutualisé" },
        new Machine { Name = "hal", Names = ["hal.globenet.org"], Group = "no-log", Services = ["POP3", "IMAP", "SMTP"], Changelog = "ssh:hal" },
        new Machine { Name = "webmail", Names = ["webmail.no-log.org"], Group = "no-log" },
        new Machine { Name = "web", Names = ["web.no-log.org"], Group = "no-log" },
        new Machine { Name = "www2", Names = ["www2.globenet.org"], Group = "no-log" },
        new Machine { Name = "routeur" },
    ]);
}
