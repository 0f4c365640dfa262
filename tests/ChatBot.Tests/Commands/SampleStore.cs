using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Changelog;
using ChatBot.Core.Incidents;
using ChatBot.Core.Interventions;
using ChatBot.Core.Language;
using ChatBot.Core.Mutes;
using ChatBot.Core.Text;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Commands;

/// <summary>
/// What the bot of GlobeNet has lived through in a week, as its store: mails came in, people took incidents, worked and wrote. Lived
/// once for all tests. #39 is of a machine that the inventory does not have, #40 is over, #41 and #44 are of a machine that is muted,
/// #41 was taken in the root channel, #42 in the open one, #43 is a machine itself.
/// </summary>
internal static partial class SampleStore
{
    private static readonly Lazy<Task<byte[]>> Lived = new(LiveAsync);

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    private static PublicText Lunar { get; } = PublicText.Declared("lunar");

    /// <summary>The file as the process left it.</summary>
    public static Task<byte[]> BytesAsync() => Lived.Value;

    private static async Task<byte[]> LiveAsync()
    {
        var engine = Engine.Make(Locale.French, Now.AddDays(-7), SampleGroup.Settings);
        await using (engine)
        {
            await engine.OpenAsync();
            await engine.Database.WriteAsync(
                transaction => Sql.RunAsync(transaction.Connection, "INSERT INTO sqlite_sequence (name, seq) VALUES ('incident', 30)", transaction.Transaction),
                CancellationToken.None);
            await LiveTheDaysBeforeAsync(engine);
            await LiveTodayAsync(engine);
            await engine.CloseAsync();
            return await File.ReadAllBytesAsync(engine.Path);
        }
    }

    // Four short alerts of POP3, and two of the webmail while routeur was down.
    private static async Task LiveTheDaysBeforeAsync(Engine engine)
    {
        await FailAsync(engine, "web", "HTTP", Now.AddDays(-6), minutes: 20);
        await UntilAsync(engine, Now.AddDays(-5));
        await TakeAsync(engine, NagiosHost.Problem("routeur"));
        await FailAsync(engine, "webmail", "HTTP", Now.AddDays(-5).AddMinutes(5), minutes: 15);
        await FailAsync(engine, "webmail", "HTTP", Now.AddDays(-5).AddMinutes(30), minutes: 25);
        await UntilAsync(engine, Now.AddDays(-5).AddMinutes(60));
        await TakeAsync(engine, NagiosHost.Recovery("routeur"));
        await FailAsync(engine, "hal", "POP3", Now.AddDays(-4), minutes: 120, taken: 35);
        await FailAsync(engine, "hal", "POP3", Now.AddDays(-3), minutes: 3, mails: 2);
        await FailAsync(engine, "hal", "POP3", Now.AddDays(-2), minutes: 3, mails: 3);
        await FailAsync(engine, "hal", "POP3", Now.AddDays(-1), minutes: 2, mails: 3);
    }

    private static async Task LiveTodayAsync(Engine engine)
    {
        await UntilAsync(engine, Ago(300));
        await LogAsync(engine, "coordsud", "- [ ] doubler le DNS avant demain", Audience.Public);
        await UntilAsync(engine, Ago(240));
        await TakeAsync(engine, Nagios.Problem("vieux", "CPU", "WARNING"));
        await UntilAsync(engine, Ago(210));
        await TakeAsync(engine, Nagios.Problem("hal", "IMAP"));
        await UntilAsync(engine, Ago(200));
        await AcknowledgeAsync(engine, 40, "confidentiel : la faute de Paul", Audience.Root);
        await UntilAsync(engine, Ago(180));
        await TakeAsync(engine, Nagios.Recovery("hal", "IMAP"));
        await LogAsync(engine, "hal", "confidentiel : boîte de Dupont vidée", Audience.Root);
        await UntilAsync(engine, Ago(120));
        await engine.TakeAsync(Metche.Changed(
            "hal", Ago(120), ["etc/postfix/main.cf", "etc/postfix/confidentiel.cf", "etc/aliases"], ["postfix", "libsasl2"],
            "confidentiel : relais pour Dupont"));
        await UntilAsync(engine, Ago(60));
        await LogAsync(engine, "hal", "quota du spool doublé", Audience.Public);
        await MuteAsync(engine);
        await PlanAsync(engine, "sql", "mise à jour", Audience.Public, Ago(60), hours: 3);
        await PlanAsync(engine, "hal", "changement de noyau", Audience.Public, Now.AddDays(6).AddHours(8).AddMinutes(43), hours: 2);
        await PlanAsync(engine, "web", "confidentiel : le site de Dupont", Audience.Root, Now.AddDays(9), hours: 2);
        await UntilAsync(engine, Ago(40));
        await TakeAsync(engine, Nagios.Problem("sud", "HTTP", "WARNING", "confidentiel : Socket timeout after 10 seconds"));
        await UntilAsync(engine, Ago(15));
        await engine.TakeAsync(Metche.Changed("filer", Ago(15), ["etc/nfs/confidentiel.cf"]));
        await UntilAsync(engine, Ago(12));
        await TakeAsync(engine, Nagios.Problem("hal", "POP3", output: "confidentiel : Socket timeout after 10 seconds"));
        await UntilAsync(engine, Ago(11));
        await UntilAsync(engine, Ago(8));
        await TakeAsync(engine, Nagios.Problem("hal", "POP3", output: "confidentiel : Socket timeout after 10 seconds"));
        await UntilAsync(engine, Ago(7));
        await TakeAsync(engine, Nagios.Problem("hal", "POP3", output: "confidentiel : Socket timeout after 10 seconds"));
        await UntilAsync(engine, Ago(5));
        await LogAsync(engine, "sud", "confidentiel : certificat de Dupont", Audience.Root);
        await UntilAsync(engine, Ago(3));
        await TakeAsync(engine, NagiosHost.Problem("filer"));
        await AcknowledgeAsync(engine, 41, "confidentiel : le client Dupont n'a pas payé", Audience.Root);
        await AcknowledgeAsync(engine, 42, "je redémarre", Audience.Public);
        await UntilAsync(engine, Ago(2));
        await TakeAsync(engine, Nagios.Problem("sud", "SSH", "WARNING"));
        await UntilAsync(engine, Now);
    }

    private static DateTimeOffset Ago(int minutes) => Now.AddMinutes(-minutes);

    private static async Task UntilAsync(Engine engine, DateTimeOffset at) => await engine.PassAsync(at - engine.Time.GetUtcNow());

    /// <summary>Takes a mail as if its monitor had written it at this very moment.</summary>
    internal static Task TakeAsync(Engine engine, string mail) => engine.TakeAsync(Date().Replace(
        mail, engine.Time.GetUtcNow().ToString("ddd, d MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)));

    private static async Task FailAsync(Engine engine, string machine, string service, DateTimeOffset at, int minutes, int mails = 1, long? taken = null)
    {
        await UntilAsync(engine, at);
        for (var mail = 0; mail < mails; mail++)
        {
            await TakeAsync(engine, Nagios.Problem(machine, service));
            await UntilAsync(engine, at.AddSeconds(40 * (mail + 1)));
        }

        if (taken is { } number)
        {
            await AcknowledgeAsync(engine, number, "je regarde", Audience.Public);
        }

        await UntilAsync(engine, at.AddMinutes(minutes));
        await TakeAsync(engine, Nagios.Recovery(machine, service));
    }

    private static async Task AcknowledgeAsync(Engine engine, long number, string reason, Audience saidTo)
    {
        var now = engine.Time.GetUtcNow();
        var taken = new Acknowledgement(Lunar, new Remark(new RootText(reason), saidTo), now, now.AddHours(4));
        Assert.Equal(AcknowledgeResult.Done, Assert.Single(await engine.Incidents.AcknowledgeAsync([number], taken, null, CancellationToken.None)).Result);
    }

    // And the machine has it.
    private static async Task LogAsync(Engine engine, string machine, string text, Audience saidTo)
    {
        await engine.Changelog.AppendAsync(
            new ChangelogEntry(Name.OfMachine(machine), engine.Time.GetUtcNow(), Lunar, new Remark(new RootText(text), saidTo)), null, CancellationToken.None);
        await engine.Database.WriteAsync(
            transaction => Sql.RunAsync(transaction.Connection, "UPDATE outbox SET done_at = created_at WHERE kind = 'changelog'", transaction.Transaction),
            CancellationToken.None);
    }

    private static Task<Line> MuteAsync(Engine engine) => engine.Mutes.MuteAsync(
        new Mute(
            Name.OfMachine("sud"), null, Lunar, new Remark(new RootText("confidentiel : la panne de Dupont"), Audience.Root), Ago(60),
            Now.AddHours(1)),
        null,
        CancellationToken.None);

    private static Task<Line> PlanAsync(Engine engine, string machine, string what, Audience saidTo, DateTimeOffset begins, int hours) =>
        engine.Interventions.PlanAsync(
            new Intervention
            {
                Machines = [PublicText.Declared(machine)],
                By = Lunar,
                What = new Remark(new RootText(what), saidTo),
                PlannedAt = engine.Time.GetUtcNow(),
                BeginsAt = begins,
                EndsAt = begins.AddHours(hours),
            },
            null,
            CancellationToken.None);

    [GeneratedRegex(@"Sun, 22 Nov 2026 \d\d:\d\d:\d\d \+0000")]
    private static partial Regex Date();
}
