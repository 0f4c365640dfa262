using ChatBot.Core.Newcomers;
using CsCheck;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class GreeterProperties
{
    [Theory]
    [InlineData(6, 30)] // Few people, who come again under other names.
    [InlineData(40, 8)] // A crowd.
    public void Whatever_happens_nobody_is_welcomed_twice_and_never_too_many_in_a_minute(int people, int seconds) =>
        Events(people, seconds).List[0, 150].Sample(
            events =>
            {
                var scene = new Scene();
                var welcomes = new List<(TimeSpan At, IReadOnlyList<string> Keys)>();
                foreach (var e in events)
                {
                    var before = scene.Verdicts.Count;
                    Play(scene, e);
                    welcomes.AddRange(scene.Verdicts.Skip(before)
                        .Where(verdict => verdict.Outcome == GreetOutcome.Greet).Select(verdict => (scene.Now, verdict.Keys)));
                }

                var keys = welcomes.SelectMany(welcome => welcome.Keys).ToList();
                Assert.Equal(keys.Distinct(), keys);
                Assert.All(
                    welcomes.Skip(3).Zip(welcomes),
                    pair => Assert.True(pair.First.At - pair.Second.At >= TimeSpan.FromMinutes(1)));
            },
            iter: 600);

    private static Gen<Event> Events(int people, int seconds)
    {
        var who =
            from nick in Gen.Int[1, people]
            from host in Gen.Int[0, people]
            from account in Gen.Int[-people, people]
            from bot in Gen.Int[0, 30]
            select new Visitor($"n{nick}", "u", host == 0 ? null : $"h{host}", account <= 0 ? null : $"a{account}", bot == 0);
        return Gen.Select(Gen.Int[0, 24], who, Gen.Int[1, people], Gen.Int[0, 1], Gen.Int[0, 2 * seconds])
            .Select(e => new Event(e.Item1, e.Item2, $"n{e.Item3}", $"#c{e.Item4}", e.Item5));
    }

    private static void Play(Scene scene, Event e)
    {
        var (kind, who, other, channel, seconds) = e;
        var now = scene.Now;
        switch (kind)
        {
            case < 12: scene.Join(who, channel: channel); break;
            case 12: scene.Join(who, afterNetsplit: true, channel); break;
            case 13 or 14: scene.Quit(who); break;
            case 15: scene.Quit(who, split: seconds == 0); break;
            case 16: scene.Do(g => g.Renamed(who.Nick, other, now)); break;
            case 17 or 18 or 19: scene.Do(g => g.Changed(who, now)); break;
            case 20: scene.Greeter.Parted(who.Nick, channel, now); break;
            case 21: scene.Do(g => g.Present(who, channel, now)); break;
            case 22: scene.Greeter.BotLeft(channel, now); break;
            case 23: scene.Say(who, $"{other}: salut", channel); break;
            default:
                scene.StoreAnswers = !scene.StoreAnswers;
                scene.AnswerLate();
                break;
        }

        scene.At((int)now.TotalSeconds + seconds);
    }

    private sealed record Event(int Kind, Visitor Who, string Other, string Channel, int Seconds);
}
