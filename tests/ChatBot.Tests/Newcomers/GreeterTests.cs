using ChatBot.Core.Newcomers;
using ChatBot.Core.Text;
using Xunit;

namespace ChatBot.Tests.Newcomers;

public sealed class GreeterTests
{
    private const string Channel = Scene.Channel;
    private static readonly Visitor Marie = new("marie", "~m", "client.example.net");
    private static readonly Visitor Lunar = new("lunar", "lunar", "lunar.example.org", "lunar");
    private readonly Scene _scene = new();

    [Fact]
    public void A_newcomer_is_welcomed_once_the_delay_has_passed()
    {
        _scene.Join(Marie);
        _scene.At(59);
        Assert.Empty(_scene.Verdicts);
        _scene.At(60);
        _scene.At(600);

        var verdict = Assert.Single(_scene.Verdicts);
        Assert.Equal((GreetOutcome.Greet, "marie", Channel), (verdict.Outcome, verdict.Nick, verdict.Channel));
        Assert.True(verdict.Remember);
    }

    [Fact]
    public void Nobody_is_welcomed_twice_by_host_or_by_account()
    {
        _scene.Join(Marie with { Account = "marie" });
        _scene.At(60);
        _scene.Quit(Marie);
        _scene.At(1000);
        _scene.Join(Marie with { Nick = "mimi" });
        _scene.Join(new Visitor("elle", "x", "elsewhere.example.net", "Marie"));
        _scene.At(2000);

        Assert.Equal([GreetOutcome.Greet, GreetOutcome.AlreadyKnown, GreetOutcome.AlreadyKnown], _scene.Outcomes);
    }

    [Theory]
    [InlineData("marie: bonjour", GreetOutcome.Addressed)]
    [InlineData("salut Marie !", GreetOutcome.Addressed)]
    [InlineData("bonjour à tous", GreetOutcome.Greet)]
    [InlineData("la marie-claude est là", GreetOutcome.Greet)]
    public void Who_is_spoken_to_by_somebody_is_left_to_them(string text, GreetOutcome outcome)
    {
        _scene.Join(Marie);
        _scene.Say(Lunar, text);
        _scene.At(60);

        Assert.Equal([outcome], _scene.Outcomes);
    }

    [Fact]
    public void Neither_bots_nor_oneself_nor_other_channels_count_as_somebody()
    {
        _scene.Join(Marie);
        _scene.Say(Marie, "je suis marie");
        _scene.Say(Lunar with { Bot = true }, "marie: bonjour");
        _scene.Say(new Visitor("globot"), "marie: bonjour");
        _scene.Say(new Visitor("ChanServ"), "marie: bonjour");
        _scene.Say(Lunar, "marie: bonjour", "#ailleurs");
        _scene.At(60);

        Assert.Equal([GreetOutcome.Greet], _scene.Outcomes);
    }

    [Fact]
    public void Programs_are_not_welcomed()
    {
        _scene.Join(Marie with { Bot = true });
        _scene.Join(new Visitor("chanserv", "s", "services.example.net"));
        _scene.Join(new Visitor("GloBot", "g", "bot.example.net"));
        _scene.Join(Lunar);
        _scene.Do(g => g.Changed(Lunar with { Bot = true }, _scene.Now));
        _scene.At(60);

        Assert.Equal([GreetOutcome.Bot, GreetOutcome.Bot, GreetOutcome.Bot, GreetOutcome.Bot], _scene.Outcomes);
    }

    [Fact]
    public void Who_was_there_before_the_bot_becomes_known()
    {
        _scene.Do(g => g.Present(Marie, Channel, _scene.Now));
        _scene.Quit(Marie);
        _scene.At(4000);
        _scene.Join(Marie);
        _scene.At(5000);

        Assert.Equal([GreetOutcome.PresentBefore, GreetOutcome.AlreadyKnown], _scene.Outcomes);
    }

    [Fact]
    public void Who_leaves_is_not_welcomed_and_may_be_the_next_time()
    {
        _scene.Join(Marie);
        _scene.Greeter.Parted("marie", Channel, _scene.Now);
        _scene.At(600);
        _scene.Join(Marie);
        _scene.At(660);

        Assert.Equal([GreetOutcome.Left, GreetOutcome.Greet], _scene.Outcomes);
        Assert.False(_scene.Verdicts[0].Remember);
    }

    [Fact]
    public void A_new_nick_is_followed()
    {
        _scene.Join(Marie);
        _scene.Do(g => g.Renamed("marie", "mimi", _scene.Now));
        _scene.Say(Lunar, "marie: bonjour");
        _scene.At(60);

        Assert.Equal((GreetOutcome.Greet, "mimi"), (_scene.Verdicts[0].Outcome, _scene.Verdicts[0].Nick));
    }

    [Fact]
    public void Who_reconnects_has_one_welcome_coming_and_the_delay_begins_again()
    {
        _scene.Join(Marie);
        _scene.At(50);
        _scene.Quit(Marie);
        _scene.At(70);
        _scene.Join(Marie with { Nick = "marie_" });
        _scene.At(129);
        Assert.Empty(_scene.Verdicts);
        _scene.At(130);
        _scene.At(1000);

        Assert.Equal("marie_", Assert.Single(_scene.Verdicts).Nick);
    }

    [Fact]
    public void A_ghost_that_quits_later_takes_nothing_away()
    {
        _scene.Join(Marie);
        _scene.At(20);
        _scene.Join(Marie with { Nick = "marie_" });
        _scene.Quit(Marie);
        _scene.Do(g => g.Renamed("marie_", "marie", _scene.Now));
        _scene.At(80);

        Assert.Equal([GreetOutcome.Greet], _scene.Outcomes);
    }

    [Fact]
    public void Logging_in_shows_who_is_known_and_who_is_the_same()
    {
        _scene.Store.UnionWith(Scene.Keys(new Visitor("x", Account: "lunar")));
        _scene.Join(Marie);
        _scene.Join(new Visitor("elle", "e", "e.example.net"));
        _scene.Join(new Visitor("l", "l", "new.example.net"));
        _scene.Do(g => g.Changed(new Visitor("l", "l", "new.example.net", "lunar"), _scene.Now));
        _scene.Do(g => g.Changed(Marie with { Account = "m" }, _scene.Now));
        _scene.Do(g => g.Changed(new Visitor("elle", "e", "e.example.net", "m"), _scene.Now));
        _scene.At(60);

        Assert.Equal([GreetOutcome.AlreadyKnown, GreetOutcome.SamePerson, GreetOutcome.Greet], _scene.Outcomes);
    }

    [Fact]
    public void A_netsplit_welcomes_nobody()
    {
        var everybody = Enumerable.Range(0, 500).Select(i => new Visitor($"p{i}", "u", $"h{i}.example.net")).ToList();
        _scene.Join(Marie);
        _scene.Quit(Marie, split: true);
        everybody.ForEach(v => _scene.Quit(v, split: true));
        _scene.At(29 * 60);
        everybody.ForEach(v => _scene.Join(v, afterNetsplit: true));
        _scene.Join(Marie, afterNetsplit: true);
        _scene.Join(Lunar, afterNetsplit: true);
        _scene.At(3600);

        Assert.All(_scene.Outcomes, outcome => Assert.Equal(GreetOutcome.Split, outcome));
        Assert.Equal(503, _scene.Outcomes.Count);
    }

    [Fact]
    public void Half_an_hour_after_a_netsplit_an_arrival_is_an_arrival()
    {
        _scene.Join(Marie);
        _scene.Quit(Marie, split: true);
        _scene.At(31 * 60);
        _scene.Join(Marie);
        _scene.At((31 * 60) + 60);

        Assert.Equal([GreetOutcome.Split, GreetOutcome.Greet], _scene.Outcomes);
    }

    [Theory]
    [InlineData("rfc1459", GreetOutcome.Addressed)]
    [InlineData("ascii", GreetOutcome.Greet)]
    public void A_nick_is_spelled_as_the_network_spells_it(string mapping, GreetOutcome outcome)
    {
        _scene.Greeter.Names = CaseMapping.Named(mapping);
        _scene.Join(Marie with { Nick = "marie[" });
        _scene.Say(Lunar, "marie{: bonjour");
        _scene.At(60);

        Assert.Equal([outcome], _scene.Outcomes);
    }

    [Fact]
    public void Where_events_were_lost_nobody_who_waits_is_welcomed_nor_remembered()
    {
        _scene.Join(Marie);
        _scene.Do(g => g.GiveUp());
        _scene.At(600);

        Assert.Equal(GreetOutcome.Flood, Assert.Single(_scene.Verdicts).Outcome);
        Assert.Empty(_scene.Store);
        _scene.Join(Marie);
        _scene.At(660);
        Assert.Equal(GreetOutcome.Greet, _scene.Verdicts[^1].Outcome);
    }

    [Fact]
    public void Of_everybody_strangers_at_once_only_those_whose_turn_comes_in_time_are_welcomed()
    {
        for (var i = 0; i < 500; i++)
        {
            _scene.Join(new Visitor($"p{i}", "u", $"h{i}.example.net"));
        }

        for (var second = 1; second <= 1200; second++)
        {
            _scene.At(second);
        }

        Assert.Equal(500, _scene.Outcomes.Count);
        Assert.Equal(30, _scene.Outcomes.Count(outcome => outcome == GreetOutcome.Greet));
        Assert.Equal(470, _scene.Outcomes.Count(outcome => outcome == GreetOutcome.Flood));
    }

    [Fact]
    public void While_the_store_does_not_answer_nobody_is_welcomed()
    {
        _scene.StoreAnswers = false;
        _scene.Join(Marie);
        for (var i = 0; i < 300; i++)
        {
            _scene.Join(new Visitor($"p{i}", "u", $"h{i}.example.net"));
        }

        _scene.At(600);

        Assert.Equal(Greeter.MostPending, _scene.Outcomes.Count(outcome => outcome == GreetOutcome.NotChecked));
        Assert.Equal(101, _scene.Outcomes.Count(outcome => outcome == GreetOutcome.Flood));
    }

    [Fact]
    public void A_lost_connection_keeps_what_was_coming_and_its_return_makes_nobody_new()
    {
        _scene.Join(Marie);
        _scene.Greeter.BotLeft(Channel, _scene.Now);
        _scene.At(120);
        _scene.Do(g => g.Present(Marie, Channel, _scene.Now));
        _scene.Do(g => g.Present(Lunar, Channel, _scene.Now));
        _scene.At(180);

        Assert.Equal([GreetOutcome.PresentBefore, GreetOutcome.Greet], _scene.Outcomes);
    }

    [Fact]
    public void The_next_instant_at_which_something_happens_is_known()
    {
        Assert.Null(_scene.Greeter.NextAt);
        _scene.Join(Marie);
        Assert.Equal(TimeSpan.FromSeconds(60), _scene.Greeter.NextAt);
        for (var i = 0; i < 3; i++)
        {
            _scene.Join(new Visitor($"p{i}", "u", $"h{i}.example.net"));
        }

        _scene.At(60);
        Assert.Equal(TimeSpan.FromSeconds(120), _scene.Greeter.NextAt);
        _scene.At(61);
        Assert.Equal(3, _scene.Verdicts.Count);
        _scene.At(120);
        Assert.Null(_scene.Greeter.NextAt);
    }
}
