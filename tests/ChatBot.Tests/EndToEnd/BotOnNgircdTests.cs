using System.Globalization;
using System.Text.RegularExpressions;
using ChatBot.Core.Language;
using Xunit;

namespace ChatBot.Tests.EndToEnd;

public sealed partial class BotOnNgircdTests(SharedNgircd shared) : BotOnServerSuite(shared), IClassFixture<SharedNgircd>
{
    private static readonly string[] Machines = ["hal", "sud", "coordsud", "filer", "sql", "webmail", "web", "www2"];
    private static readonly string[] Services = ["POP3", "IMAP", "SMTP"];

    protected override string WhyNoAck => "this network does not reliably say who is who: refused here to everybody";

    protected override Locale Language => Locale.English;

    public static bool IsInstalled => NgircdServer.IsInstalled();

    [Fact(Skip = "ngircd is not installed", SkipUnless = nameof(IsInstalled))]
    public async Task Alerts_of_eight_machines_within_eight_seconds_are_each_in_both_channels_within_ten()
    {
        using var irc = await NgircdServer.StartAsync();
        using var alice = await RawIrcUser.JoinAsync(irc.Port, "alice", BotHome.Channel);
        using var lunar = await RawIrcUser.JoinAsync(irc.Port, "lunar", BotHome.RootChannel);
        await lunar.SendAsync($"MODE {BotHome.RootChannel} +k {BotHome.RootKey}");
        using var home = new BotHome(irc.Port) { IsPaced = true, HasRootChannel = true, GroupWait = "5s" };
        home.Write();
        await using var bot = await RunningBot.StartAsync(home);
        await lunar.HearAsync(" JOIN ");

        var sent = new List<long>();
        var read = Task.WhenAll(ReadAsync(alice), ReadAsync(lunar));
        foreach (var (service, machine) in Services.SelectMany(service => Machines.Select(machine => (service, machine))))
        {
            lock (sent)
            {
                sent.Add(RealClock.Instance.GetTimestamp());
            }

            home.Deliver(Mails.ProblemOf(machine, service));
            await Task.Delay(TimeSpan.FromSeconds(1) / 3, RealClock.Instance);
        }

        foreach (var late in await read)
        {
            Assert.InRange(late, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        // How late the latest was.
        async Task<TimeSpan> ReadAsync(RawIrcUser reader)
        {
            var late = new Dictionary<int, TimeSpan>();
            while (late.Count < Machines.Length * Services.Length)
            {
                var line = await reader.HearAsync("#");
                foreach (Match numbers in Numbers().Matches(line[line.IndexOf(" :", StringComparison.Ordinal)..]))
                {
                    var first = int.Parse(numbers.Groups[1].Value, CultureInfo.InvariantCulture);
                    var last = numbers.Groups[2].Success ? int.Parse(numbers.Groups[2].Value, CultureInfo.InvariantCulture) : first;
                    for (var number = first; number <= last; number++)
                    {
                        lock (sent)
                        {
                            late.TryAdd(number, RealClock.Instance.GetElapsedTime(sent[number - 1]));
                        }
                    }
                }
            }

            return late.Values.Max();
        }
    }

    [GeneratedRegex("#([0-9]+)(?:–#([0-9]+))?")]
    private static partial Regex Numbers();
}
