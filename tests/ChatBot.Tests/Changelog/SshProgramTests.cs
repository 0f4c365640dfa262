using ChatBot.Changelog;
using ChatBot.Configuration;
using ChatBot.Core.Language;
using ChatBot.Core.Machines;
using ChatBot.Core.Text;
using ChatBot.Demo;
using ChatBot.Outbox;
using ChatBot.Storage;
using ChatBot.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatBot.Tests.Changelog;

/// <summary>With a program in the place of OpenSSH's client, and a clock that the test moves.</summary>
public sealed class SshProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JumpingClock _time = new(DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_configuration_that_hangs_is_named()
    {
        var ssh = new SshProgram(_folder["config"], _time, Write($"touch {_folder["started"]}; exec sleep 100"));
        var route = ssh.RouteAsync("hal", TestContext.Current.CancellationToken);
        await Eventually.Is(() => File.Exists(_folder["started"]));
        _time.Advance(SshProgram.Patience);
        var hung = await Assert.ThrowsAsync<SshException>(() => route);
        Assert.Equal("ssh -G hal did not end within 30 seconds: a Match exec of your ssh_config that hangs?", hung.Message);
        Assert.Equal("ssh -G hal n'a pas fini en 30 secondes : un Match exec de votre ssh_config qui ne rend pas la main ?", hung.French);
    }

    /// <summary>srclimit.c of OpenSSH 9.8: what fails adds up, and from 15 seconds on nobody gets in from there.</summary>
    [Fact]
    public async Task Machines_behind_a_bastion_that_refuses_the_key_shut_nobody_out()
    {
        var tries = _folder["tries"];
        var program = Write($$"""
            case "$*" in
            *" -G -- sud") printf 'hostname sud\nport 22\n' ;;
            *" -G "*) printf 'hostname %s\nport 22\nproxyjump sud\n' "$5" ;;
            *) echo try >> {{tries}}; echo 'bot@sud: Permission denied (publickey).' >&2; exit 255 ;;
            esac
            """);
        var machines = Enumerable.Range(1, 9).Select(number => new Machine { Name = $"m{number}", Changelog = $"ssh:m{number}" }).ToList();
        var settings = new CurrentSettings(DemoSettings.Of(_folder.Path, Locale.French, "lunar", isQuick: false) with
        {
            Inventory = new Inventory(machines),
            Changelog = new ChangelogSettings(_folder["known_hosts"]),
        });
        var delivery = new ChangelogDelivery(settings, _time, NullLogger<ChangelogDelivery>.Instance, new AppendWaits(), program);
        var due = machines.ToDictionary(machine => machine.Name, _ => TimeSpan.Zero, StringComparer.Ordinal);
        var (now, penalty, counted) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        while (due.Values.Min() is var next && next < TimeSpan.FromHours(1))
        {
            _time.Advance(next - now);
            now = next;
            var reports = await Task.WhenAll(due.Where(lane => lane.Value <= now).ToList().Select(async lane => (
                Machine: lane.Key,
                Report: await delivery.TryAsync(lane.Key, [new OutboxRow { Id = 1, Payload = "2026-11-29 x", Audience = "root" }], CancellationToken.None))));
            foreach (var (machine, report) in reports)
            {
                due[machine] = now + Assert.IsType<DeliveryResult.TryLater>(Assert.Single(report.Attempts).Result).In!.Value;
            }

            for (var all = File.ReadAllLines(tries).Length; counted < all; counted++)
            {
                penalty = (penalty > now ? penalty : now) + TimeSpan.FromSeconds(5);
                Assert.True(penalty - now < TimeSpan.FromSeconds(15), $"{penalty - now} after {now}");
            }
        }

        // At once, after 30 seconds, 2, 15 and 30 minutes.
        Assert.Equal(5, counted);
    }

    [Theory]
    [InlineData("ok 10 11 0000 /root/changelog", 0)]
    [InlineData("ok 99999999999999999999 11 73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac /root/changelog", 0)]
    [InlineData("\u001b[2J", 0)]
    [InlineData("busy", 75)]
    public async Task An_answer_that_is_not_understood_is_a_trouble_of_its_own_and_said_once(string answer, int code)
    {
        var program = Write($$"""
            case "$*" in
            *" -G "*) printf 'hostname web\nport 22\n' ;;
            *) cat >/dev/null; echo 'Authenticated to web ([127.0.0.1]:22) using "publickey".' >&2; echo '{{answer}}'; exit {{code}} ;;
            esac
            """);
        var settings = new CurrentSettings(DemoSettings.Of(_folder.Path, Locale.French, "lunar", isQuick: false) with
        {
            Inventory = new Inventory([new Machine { Name = "web", Changelog = "ssh:web" }]),
            Changelog = new ChangelogSettings(_folder["known_hosts"]),
        });
        var delivery = new ChangelogDelivery(settings, _time, NullLogger<ChangelogDelivery>.Instance, new AppendWaits(), program);
        var said = new List<string>();
        for (var turn = 0; turn < 4; turn++)
        {
            var report = await delivery.TryAsync("web", [new OutboxRow { Id = 1, Payload = "x", Audience = "root" }], CancellationToken.None);
            Assert.IsType<DeliveryResult.TryLater>(Assert.Single(report.Attempts).Result);
            said.AddRange(report.Announcements.Select(line => line.For(Audience.Root)!));
            Assert.All(report.Announcements, line => Assert.Null(line.For(Audience.Public)));
            _time.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(
            ["[web] les lignes du changelog attendent : changelog-append sur web répond ce que je ne comprends pas (est-ce la bonne version ?) ; nouvel essai dans 30 secondes"], said);
    }

    private string Write(string script)
    {
        var path = _folder.Write("ssh", "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
