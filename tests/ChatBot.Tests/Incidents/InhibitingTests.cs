using ChatBot.Core.Incidents;
using ChatBot.Core.Reports;
using ChatBot.Core.Text;
using ChatBot.Mail;
using ChatBot.Reports;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using ChatBot.Tests.Mail;
using ChatBot.Tests.Storage;
using Xunit;

namespace ChatBot.Tests.Incidents;

/// <summary>What the store must bring the planner, and what memory must not keep.</summary>
public class InhibitingTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task A_load_is_found_whatever_letters_its_name_is_written_in()
    {
        await using var engine = await Engine.StartAsync(
            settings => settings with { Speech = settings.Speech with { LoadServices = ["charge système é"] } });
        await TakeAsync(engine, "Charge système É", "surcharge");
        await engine.PassAsync(Wait);
        await TakeAsync(engine, "POP3", "Socket timeout after 10 seconds");
        await engine.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Suppression.Overloaded, (await engine.Incidents.FindAsync(2, CancellationToken.None))!.SuppressedBy);
        Assert.DoesNotContain(await engine.PublicAsync(), line => line.Contains("POP3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_load_is_found_behind_a_machine_that_timed_out()
    {
        await using var engine = await Engine.StartAsync();
        await TakeAsync(engine, "load", "surcharge");
        await engine.PassAsync(Wait);
        await TakeAsync(engine, null, "CRITICAL - Plugin timed out after 10 seconds");
        await engine.PassAsync(Wait);
        await TakeAsync(engine, "POP3", "Connection refused");
        await engine.PassAsync(Wait);
        Assert.Equal(1, (await engine.Incidents.FindAsync(3, CancellationToken.None))!.InhibitedBy);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_oad")]
    [InlineData("loa%")]
    public async Task A_name_is_no_pattern(string service)
    {
        await using var engine = await Engine.StartAsync(settings => settings with { Speech = settings.Speech with { LoadServices = [service] } });
        await TakeAsync(engine, "load", "surcharge");
        await TakeAsync(engine, service, "surcharge");
        var open = await engine.Database.ReadAsync(DueStore.OpenServicesAsync, CancellationToken.None);
        Assert.Equal(2, open.Count);
        var causes = await engine.Database.ReadAsync(transaction => DueStore.OpenOfServicesAsync(transaction, [service]), CancellationToken.None);
        Assert.Equal(service, Assert.Single(causes).Service?.Value);
    }

    [Fact]
    public async Task The_ends_of_a_storm_that_could_not_be_stored_are_announced_when_they_are()
    {
        await using var engine = await Engine.StartAsync();
        string[] machines = ["hal", "sud", "sql", "filer"];
        await engine.TakeAsync([.. machines.Select(machine => Nagios.Problem(machine, "SSH"))]);
        await engine.PassAsync(Wait);
        await engine.PassAsync(TimeSpan.FromHours(1));
        var ends = machines.Select(machine => engine.Mail(Nagios.Recovery(machine, "SSH"))).ToArray();
        var commits = await FailingCommits.OfAsync(engine.Database);
        commits.After(well: 1, failing: 1); // The mails are begun, and cannot be stored.
        Assert.IsType<IntakeResult.TryLater>(await engine.OfferAsync(ends));
        Assert.Single(await engine.PublicAsync());
        await engine.TakeAsync(ends);
        Assert.StartsWith("4 machines", (await engine.PublicAsync())[^1], StringComparison.Ordinal);
        Assert.Equal(2, (await engine.PublicAsync()).Count);
    }

    [Fact]
    public async Task A_mail_costs_as_many_statements_whatever_else_is_open()
    {
        await using var engine = await Engine.StartAsync();
        var counted = await CountedStatements.OfAsync(engine.Database);
        await engine.TakeAsync(Nagios.Problem("hal", "POP3"));
        var alone = counted.Take();
        await engine.TakeAsync([.. Enumerable.Range(1, 100).Select(i => Nagios.Problem("sud", "S" + i))]);
        await engine.PassAsync(Wait);
        counted.Take();
        await engine.TakeAsync(Nagios.Problem("hal", "IMAP"));
        Assert.Equal(alone, counted.Take());
        Assert.InRange(alone, 10, 20);
    }

    private static Task<IReadOnlyList<bool>> TakeAsync(Engine engine, string? service, string detail) => engine.Database.WriteAsync(
        transaction => engine.Sink.TakeAsync(
            transaction,
            [
                new Arrival
                {
                    Key = "test:" + service,
                    Effect = ArrivalEffect.Full,
                    At = engine.Time.GetUtcNow(),
                    Report = new Report
                    {
                        Source = PublicText.Declared("nagios"),
                        Kind = ReportKind.Alert,
                        Machine = Name.OfMachine("hal"),
                        Service = service is null ? null : Name.OfService(service),
                        State = service is null ? CheckState.Down : CheckState.Critical,
                        Detail = new RootText(detail),
                    },
                },
            ]),
        CancellationToken.None);
}
