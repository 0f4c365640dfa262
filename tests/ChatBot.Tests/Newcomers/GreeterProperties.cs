using ChatBot.Core.Newcomers;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class GreeterProperties
{
    private static readonly Gen<Visitor> People =
        from nick in Gen.Int[0, 7]
        from host in Gen.Int[0, 5]
        from account in Gen.Int[0, 3]
        from bot in Gen.Int[0, 15]
        select new Visitor($"n{nick}", "u", host == 0 ? null : $"h{host}", account == 0 ? null : $"a{account}", bot == 0);

    private static readonly Gen<(int Kind, Visitor Who, int Other, int Channel, int Seconds)> Events =
        Gen.Select(Gen.Int[0, 11], People, Gen.Int[0, 7], Gen.Int[0, 1], Gen.Int[0, 90]);

    [Fact]
    public void Whatever_happens_nobody_is_welcomed_twice_and_never_too_many_in_a_minute() =>
        Events.List[0, 200].Sample(events =>
        {
            var scene = new GreeterTests.Scene();
            var greeted = new HashSet<string>();
            var times = new List<TimeSpan>();
            var seconds = 0;
            foreach (var e in events)
            {
                var before = scene.Verdicts.Count;
                Play(scene, e, ref seconds);
                foreach (var verdict in scene.Verdicts.Skip(before).Where(v => v.Outcome == GreetOutcome.Greet))
                {
                    Assert.DoesNotContain(verdict.Keys, greeted.Contains);
                    greeted.UnionWith(verdict.Keys);
                    times.Add(scene.Now);
                }
            }

            for (var i = 3; i < times.Count; i++)
                Assert.True(times[i] - times[i - 3] >= TimeSpan.FromMinutes(1));
        }, iter: 2000);

    private static void Play(
        GreeterTests.Scene scene, (int Kind, Visitor Who, int Other, int Channel, int Seconds) e, ref int seconds)
    {
        var channel = $"#c{e.Channel}";
        var (who, now) = (e.Who, scene.Now);
        switch (e.Kind)
        {
            case 0 or 1 or 2: scene.Join(who, channel: channel); break;
            case 3: scene.Join(who, afterNetsplit: true, channel); break;
            case 4: scene.Quit(who); break;
            case 5: scene.Quit(who, split: e.Other == 0); break;
            case 6: scene.Do(g => g.Renamed(who.Nick, $"n{e.Other}", now)); break;
            case 7: scene.Do(g => g.Changed(who, now)); break;
            case 8: scene.Greeter.Parted(who.Nick, channel, now); break;
            case 9: scene.Do(g => g.Present(who, channel, now)); break;
            case 10: scene.Greeter.BotLeft(channel, now); break;
            default: scene.Say(who, $"n{e.Other}: salut", channel); break;
        }

        scene.At(seconds += e.Seconds);
    }
}
