using ChatBot.Core.Monitoring;
using ChatBot.Core.Reports;
using ChatBot.Tests.Commands;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>What <c>!status</c> says of the monitor's own state.</summary>
public sealed class MonitorAnswerTests
{
    private readonly SampleGroup _group = new();

    [Fact]
    public async Task Status_of_a_machine_ends_in_what_the_monitor_says_now_and_how_old_that_is()
    {
        See(Check("hal.globenet.org", "POP3", CheckState.Critical), Check("hal.globenet.org", "IMAP", CheckState.Ok), Check("sql", null, CheckState.Up));
        Assert.EndsWith(" · Nagios (il y a 8 secondes) : POP3 CRITICAL", Assert.Single(await _group.InChannel("!status hal")), StringComparison.Ordinal);
        Assert.EndsWith(
            " · Nagios (il y a 8 secondes) : aucun problème", Assert.Single(await _group.InChannel("!status sql")), StringComparison.Ordinal);
        Assert.EndsWith(
            " · Nagios (il y a 8 secondes) ne connaît pas cette machine", Assert.Single(await _group.InChannel("!status web")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_of_everything_ends_in_the_worst_of_the_monitor_with_their_machines()
    {
        See(Check("hal.globenet.org", "POP3", CheckState.Warning), Check("filer", null, CheckState.Down), Check("sql", null, CheckState.Up));
        Assert.EndsWith(" · Nagios (il y a 8 secondes) : [filer] DOWN, [hal] POP3 WARNING", (await _group.InChannel("!status"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_says_that_the_monitor_s_state_cannot_be_read()
    {
        _group.Monitor.Reading = MonitorTrouble.MayNotRead;
        Assert.EndsWith(
            " · Nagios : je n'ai pas le droit de lire son fichier d'état", Assert.Single(await _group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    private void See(params MonitoredCheck[] checks) =>
        _group.Monitor.Reading = new MonitorReading(new MonitorState(_group.Time.GetUtcNow() - TimeSpan.FromSeconds(8), checks, []), null);

    private static MonitoredCheck Check(string host, string? service, CheckState state) => new() { Host = host, Service = service, State = state };
}
