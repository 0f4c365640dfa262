using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Tests.Commands;
using Xunit;

namespace ChatBot.Tests.Monitoring;

/// <summary>What <c>!status</c> says of the monitor's own state.</summary>
public sealed class MonitorAnswerTests : IDisposable
{
    private readonly NagiosFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Status_of_a_machine_ends_in_what_the_monitor_says_now_and_how_old_that_is(Locale locale)
    {
        await using var group = await SeeingAsync(
            locale, NagiosFiles.Host("hal.globenet.org"), NagiosFiles.Service("hal.globenet.org", "POP3", 2), NagiosFiles.Service("hal.globenet.org", "IMAP", 0),
            NagiosFiles.Host("sql"));
        Assert.EndsWith(
            group.In(" · Nagios (il y a 8 secondes) : POP3 CRITICAL", " · Nagios (8 seconds ago): POP3 CRITICAL"),
            Assert.Single(await group.InChannel("!status hal")), StringComparison.Ordinal);
        Assert.EndsWith(
            group.In(" · Nagios (il y a 8 secondes) : aucun problème", " · Nagios (8 seconds ago): no problem"),
            Assert.Single(await group.InChannel("!status sql")), StringComparison.Ordinal);
        Assert.EndsWith(
            group.In(" · Nagios (il y a 8 secondes) ne connaît pas cette machine", " · Nagios (8 seconds ago) does not know this machine"),
            Assert.Single(await group.InChannel("!status web")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Status_of_everything_ends_in_the_worst_of_the_monitor_with_their_machines(Locale locale)
    {
        await using var group = await SeeingAsync(
            locale, NagiosFiles.Host("hal.globenet.org"), NagiosFiles.Service("hal.globenet.org", "POP3", 1), NagiosFiles.Host("filer", 1), NagiosFiles.Host("sql"));
        Assert.EndsWith(
            group.In(" · Nagios (il y a 8 secondes) : [filer] DOWN, [hal] POP3 WARNING", " · Nagios (8 seconds ago): [filer] DOWN, [hal] POP3 WARNING"),
            (await group.InChannel("!status"))[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Status_says_that_the_monitor_s_state_cannot_be_read(Locale locale)
    {
        await using var group = await SeeingAsync(locale);
        File.Delete(_files.StatusFile);
        await group.Engine.Monitor.TurnAsync(CancellationToken.None);
        Assert.EndsWith(
            group.In(" · Nagios : son fichier d'état n'existe pas : est-il arrêté ?", " · Nagios: its status file does not exist: is it stopped?"),
            Assert.Single(await group.InChannel("!status hal")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Status_names_hosts_outside_the_inventory_to_root_alone(Locale locale)
    {
        const string Client = "vpn-interne-dupont";
        await using var group = await SeeingAsync(
            locale, NagiosFiles.Host(Client, 1), NagiosFiles.Service("hal.globenet.org", "Sauvegarde compte dupont@client.example", 2));
        Assert.EndsWith(
            group.In(" : [hal] un service CRITICAL et 1 autre", ": [hal] a service CRITICAL and 1 more"), (await group.InChannel("!status"))[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData("evil.example/x"), InlineData("HTTP evil.example/x")]
    public async Task A_service_of_the_state_that_looks_like_a_link_is_a_service_in_public(string name)
    {
        await using var group = await SeeingAsync(Locale.French, NagiosFiles.Host("hal.globenet.org"), NagiosFiles.Service("hal.globenet.org", name, 2));
        Assert.EndsWith("[hal] un service CRITICAL", (await group.InChannel("!status"))[^1], StringComparison.Ordinal);
        Assert.EndsWith($"[hal] {name} CRITICAL", (await group.InPrivate("status"))[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(Locale.French), InlineData(Locale.English)]
    public async Task Problems_of_unknown_hosts_alone_are_counted_in_public(Locale locale)
    {
        await using var group = await SeeingAsync(locale, NagiosFiles.Host("vpn-dupont", 1), NagiosFiles.Service("vpn-dupont", "DHCP", 2));
        Assert.EndsWith(
            group.In(" : 2 problèmes sur des hôtes absents de mon inventaire", ": 2 problems on hosts that are not in my inventory"),
            (await group.InChannel("!status"))[^1], StringComparison.Ordinal);
    }

    // Its state is eight seconds old.
    private async Task<SampleGroup> SeeingAsync(Locale locale, params string[] blocks)
    {
        var group = new SampleGroup(locale, with: settings => settings with { Nagios = new NagiosSettings(_files.CommandFile, _files.StatusFile) });
        await group.OpenAsync();
        _files.WriteState(SampleStore.Now.AddSeconds(-8), blocks);
        await group.Engine.Monitor.TurnAsync(CancellationToken.None);
        return group;
    }
}
