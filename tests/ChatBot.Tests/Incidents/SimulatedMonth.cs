
using ChatBot.Core.Machines;
using ChatBot.Core.Reports;
using ChatBot.Tests.Irc;
using ChatBot.Tests.Mail;

namespace ChatBot.Tests.Incidents;

/// <summary>
/// What happens to forty machines in a month, and the mails that tell it: outages, overloads, a router, blips, flapping, repeats, duplicates.
/// The same seed gives the same month, and its first days are the same however long it is.
/// </summary>
internal sealed class SimulatedMonth
{
    private static readonly string[] Services = ["HTTP", "SSH", "POP3", "IMAP", "DISK", "SMTP", "NFS"];

    private readonly Dice _dice;
    private readonly List<Sent> _mails = [];
    private readonly List<Turned> _states = [];
    private readonly List<Trouble> _troubles = [];
    private readonly Dictionary<(string, string?), DateTimeOffset> _busyUntil = [];

    public SimulatedMonth(int seed, DateTimeOffset start, int days = Days, bool isMailReliable = true)
    {
        _dice = new Dice((ulong)seed);
        for (var day = 0; day < days; day++)
        {
            Day(start.AddDays(day));
        }

        if (!isMailReliable)
        {
            LoseAndDelay(new Dice((ulong)seed + 1000));
        }

        Mails = [.. _mails.SelectMany(mail => _dice.OneIn(50) ? [mail, mail with { At = mail.At.AddSeconds(3) }] : new[] { mail })
            .OrderBy(mail => mail.At).Select(mail => (mail.At, mail.Text))];
        States = [.. _states.OrderBy(state => state.At)];
    }

    public const int Days = 30;

    /// <summary>A check that was bad for a while.</summary>
    public sealed record Trouble(string Machine, string? Service, DateTimeOffset From, DateTimeOffset To, bool IsFlapping, CheckState State);

    /// <summary>A check that is in another state from now on.</summary>
    public sealed record Turned(DateTimeOffset At, string Machine, string? Service, CheckState State);

    /// <summary>A mail about a check, and when it arrives.</summary>
    public sealed record Sent(DateTimeOffset At, string Text, string Machine, string? Service, bool IsRecovery);

    public static Inventory Inventory { get; } = new(
    [
        new Machine { Name = "routeur" },
        .. Enumerable.Range(0, 39).Select(i => new Machine { Name = $"m{i}", DependsOn = i % 3 == 0 ? ["routeur"] : i % 3 == 1 ? [$"m{i - 1}"] : [] }),
    ]);

    public IReadOnlyList<Trouble> Troubles => _troubles;

    /// <summary>In the order in which they arrive; some come twice.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Mail)> Mails { get; }

    /// <summary>What the monitor sees, in order.</summary>
    public IReadOnlyList<Turned> States { get; }

    /// <summary>As they would have arrived.</summary>
    public IReadOnlyList<Sent> Lost { get; private set; } = [];

    /// <summary>Each a little after the next one of the same check: as it would have arrived, and as it did.</summary>
    public IReadOnlyList<(Sent Due, Sent Arrived)> Late { get; private set; } = [];

    private void LoseAndDelay(Dice chance)
    {
        var lost = _mails.Where(_ => chance.OneIn(100)).ToList();
        _mails.RemoveAll(lost.Contains);
        var late = new List<(Sent, Sent)>();
        foreach (var check in _mails.GroupBy(mail => (mail.Machine, mail.Service)).ToList())
        {
            foreach (var (mail, next) in check.Zip(check.Skip(1)))
            {
                if (chance.OneIn(100))
                {
                    late.Add((mail, mail with { At = next.At.AddSeconds(1 + chance.Below(4)) }));
                }
            }
        }

        foreach (var (due, arrived) in late)
        {
            _mails[_mails.IndexOf(due)] = arrived;
        }

        (Lost, Late) = (lost, late);
    }

    private void Day(DateTimeOffset day)
    {
        for (var i = 0; i < 6; i++)
        {
            Check(Machine(), Service(), Within(day), Minutes(1, 240));
        }

        for (var i = 0; i < 4; i++)
        {
            Check(Machine(), Service(), Within(day), TimeSpan.FromSeconds(1 + _dice.Below(3)));
        }

        if (_dice.OneIn(2))
        {
            Flap(Machine(), Service(), Within(day));
        }

        if (_dice.OneIn(2))
        {
            Overload(Machine(), Within(day));
        }

        if (_dice.OneIn(3))
        {
            Outage(Machine(), Within(day), Minutes(3, 90), []);
        }

        if (_dice.OneIn(7))
        {
            Router(Within(day));
        }
    }

    private bool Check(string machine, string? service, DateTimeOffset from, TimeSpan lasts, CheckState state = CheckState.Critical, string output = "refused")
    {
        if (_busyUntil.TryGetValue((machine, service), out var until) && from <= until)
        {
            return false;
        }

        _busyUntil[(machine, service)] = from + lasts + TimeSpan.FromHours(2);
        _troubles.Add(new Trouble(machine, service, from, from + lasts, false, state));
        var problem = () => service is null ? NagiosHost.Problem(machine, state.Word()) : Nagios.Problem(machine, service, state.Word(), output);
        for (var at = from; at < from + lasts; at += TimeSpan.FromHours(1))
        {
            _mails.Add(new Sent(at, problem(), machine, service, false));
        }

        _mails.Add(new Sent(from + lasts, service is null ? NagiosHost.Recovery(machine) : Nagios.Recovery(machine, service), machine, service, true));
        Turns(machine, service, from, from + lasts, state);
        return true;
    }

    private void Turns(string machine, string? service, DateTimeOffset from, DateTimeOffset to, CheckState state)
    {
        _states.Add(new Turned(from, machine, service, state));
        _states.Add(new Turned(to, machine, service, service is null ? CheckState.Up : CheckState.Ok));
    }

    // The services fail a little before their machine is found to be down, and come back a little after it.
    private void Outage(string machine, DateTimeOffset from, TimeSpan lasts, string[] also)
    {
        if (!Check(machine, null, from.AddSeconds(3), lasts, also.Length > 0 ? CheckState.Unreachable : CheckState.Down))
        {
            return;
        }

        foreach (var service in Services.Take(4))
        {
            Check(machine, service, from.AddSeconds(_dice.Below(3)), lasts + TimeSpan.FromSeconds(5 + _dice.Below(60)), output: "Connection timed out");
        }
    }

    private void Router(DateTimeOffset from)
    {
        var lasts = Minutes(5, 60);
        if (!Check("routeur", null, from.AddSeconds(2), lasts, CheckState.Down))
        {
            return;
        }

        for (var i = 0; i < 39; i += 3)
        {
            Outage($"m{i}", from, lasts + TimeSpan.FromSeconds(5), ["routeur"]);
        }
    }

    private void Overload(string machine, DateTimeOffset from)
    {
        var lasts = Minutes(10, 180);
        if (!Check(machine, "Current Load", from, lasts, output: "load average: 50.0, 40.0, 30.0"))
        {
            return;
        }

        foreach (var service in Services.Take(5))
        {
            Check(machine, service, from.AddMinutes(1 + _dice.Below(5)), lasts - TimeSpan.FromMinutes(2 + _dice.Below(5)), output: "Socket timeout after 10 seconds");
        }
    }

    private void Flap(string machine, string service, DateTimeOffset from)
    {
        if (_busyUntil.TryGetValue((machine, service), out var until) && from <= until)
        {
            return;
        }

        var at = from;
        for (var i = 10 + _dice.Below(40); i > 0; i--)
        {
            var over = at.AddSeconds(30 + _dice.Below(30));
            _mails.Add(new Sent(at, Nagios.Problem(machine, service), machine, service, false));
            _mails.Add(new Sent(over, Nagios.Recovery(machine, service), machine, service, true));
            Turns(machine, service, at, over, CheckState.Critical);
            at = at.AddSeconds(70 + _dice.Below(30));
        }

        _busyUntil[(machine, service)] = at.AddHours(2);
        _troubles.Add(new Trouble(machine, service, from, at, true, CheckState.Critical));
    }

    private DateTimeOffset Within(DateTimeOffset day) => day.AddSeconds(_dice.Below(20 * 3600));

    private TimeSpan Minutes(int least, int most) => TimeSpan.FromSeconds((least * 60) + _dice.Below((most - least) * 60));

    private string Machine() => $"m{_dice.Below(39)}";

    private string Service() => Services[_dice.Below(Services.Length)];
}
