
using ChatBot.Core.Changelog;
using ChatBot.Core.Newcomers;
using ChatBot.Core.People;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;

namespace ChatBot.Tests.Commands;

internal sealed class SampleChanges(DateTimeOffset now) : IChanges
{
    public IReadOnlyList<Change> All { get; } =
    [
        new Change(PublicText.Declared("filer"), now.AddMinutes(-15), new ChangeSummary { Files = [new ChangedFile('~', "/etc/nfs/confidentiel.cf")] }),
        new Change(PublicText.Declared("hal"), now.AddHours(-2), new ChangeSummary
        {
            Files =
            [
                new ChangedFile('~', "/etc/postfix/main.cf"),
                new ChangedFile('+', "/etc/postfix/confidentiel.cf"),
                new ChangedFile('~', "/etc/aliases"),
            ],
            Packages = ["postfix", "libsasl2"],
            ChangelogLines = [new RootText("confidentiel : relais pour Dupont")],
        }),
    ];

    public Task<IReadOnlyList<Change>> LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Change>>([.. All.Where(change => change.Machine.Value == machine).Take(count)]);

    public Task<Change?> BeforeAsync(string machine, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult(RecentChange.Before(All, PublicText.Declared(machine), at));
}

/// <summary>hal is reached by ssh, filer has a file here, the others have none.</summary>
internal sealed class SampleChangelog(DateTimeOffset now) : IChangelog
{
    public List<ChangelogEntry> Entries { get; } =
    [
        New("hal", now.AddHours(-1), "quota du spool doublé", Audience.Public),
        New("hal", now.AddHours(-3), "confidentiel : boîte de Dupont vidée", Audience.Root),
        New("sud", now.AddMinutes(-5), "confidentiel : certificat de Dupont", Audience.Root),
    ];

    public Task<AppendResult> AppendAsync(ChangelogEntry entry, string? askedIn, CancellationToken cancellationToken)
    {
        Entries.Insert(0, entry);
        return Task.FromResult(entry.Machine.Value switch
        {
            "hal" => AppendResult.WaitingForSsh,
            "filer" => AppendResult.Appended,
            _ => AppendResult.StoredOnly,
        });
    }

    public Task<IReadOnlyList<ChangelogEntry>> LatestAsync(string machine, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChangelogEntry>>([.. Entries.Where(entry => entry.Machine.Value == machine).Take(count)]);

    private static ChangelogEntry New(string machine, DateTimeOffset at, string text, Audience saidTo) => new(
        PublicText.Declared(machine), at, PublicText.Declared("lunar"), new Remark(new RootText(text), saidTo));
}

internal sealed class SampleNewcomers : INewcomers
{
    public Task<bool> WelcomeAsync(string nick, CancellationToken cancellationToken) => Task.FromResult(nick is "lunar" or "marie");

    public Task<int> ForgetAsync(Visitor who, CancellationToken cancellationToken) => Task.FromResult(who.Nick == "lunar" ? 1 : 0);
}

internal sealed class SampleProofs(DateTimeOffset now) : IAdminProofs
{
    public bool AreOffered { get; set; }

    public AskRefusal? Refusal { get; set; }

    public Asked Ask(Stay? stay, string name) => Refusal is { } why
        ? new Asked.Refused(why)
        : new Asked.Given(Challenge.Of("globot", "irc.example.org", name, stay?.Nick ?? "lunar", now, new string('0', Challenge.NonceDigits)));
}
