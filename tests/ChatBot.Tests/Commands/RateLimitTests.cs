using ChatBot.Core.Commands;
using Xunit;

namespace ChatBot.Tests.Commands;

public class RateLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 13, 17, 0, TimeSpan.Zero);

    private readonly RateLimit _limit = new();

    [Fact]
    public void A_flood_gets_four_answers_one_word_and_then_silence()
    {
        var paces = Enumerable.Range(0, 300).Select(i => _limit.Take("mallory", "#globenet", Start.AddMilliseconds(i))).ToList();
        Assert.Equal(4, paces.Count(pace => pace == RateDecision.Answer));
        Assert.Equal(1, paces.Count(pace => pace == RateDecision.SayTooFast));
        Assert.Equal(296, _limit.Refused);
    }

    [Fact]
    public void Calm_brings_answers_back_and_the_word_with_them()
    {
        for (var i = 0; i < 10; i++)
        {
            _limit.Take("mallory", "#globenet", Start);
        }

        Assert.Equal(RateDecision.Answer, _limit.Take("mallory", "#globenet", Start.AddSeconds(3.1)));
        Assert.Equal(RateDecision.Silence, _limit.Take("mallory", "#globenet", Start.AddSeconds(3.2)));

        var calm = Start.AddMinutes(1);
        var paces = Enumerable.Range(0, 5).Select(_ => _limit.Take("mallory", "#globenet", calm)).ToList();
        Assert.Equal(RateDecision.SayTooFast, paces[^1]);
    }

    [Fact]
    public void Another_caller_is_answered_meanwhile()
    {
        for (var i = 0; i < 300; i++)
        {
            _limit.Take("mallory", "#globenet", Start);
        }

        Assert.Equal(RateDecision.Answer, _limit.Take("marie", "#globenet", Start));
    }

    [Fact]
    public void Three_hundred_nicks_do_not_make_it_a_flood()
    {
        var paces = Enumerable.Range(0, 300).Select(i => _limit.Take($"n{i}", "#globenet", Start)).ToList();
        Assert.Equal(6, paces.Count(pace => pace == RateDecision.Answer));
        Assert.Equal(5, paces.Count(pace => pace == RateDecision.SayTooFast));
        Assert.Equal(RateDecision.Answer, _limit.Take("marie", "#globenet-root", Start));
    }

    [Fact]
    public void One_place_under_ever_new_names_is_one_caller()
    {
        var answers = Enumerable.Range(0, 300).Count(i =>
            _limit.Take($"n{i}", null, Start.AddSeconds(i / 10.0), "m@evil") is RateDecision.Answer or RateDecision.AnswerFirst);
        Assert.InRange(answers, 6, 20);
        Assert.Equal(RateDecision.AnswerFirst, _limit.Take("marie", null, Start.AddSeconds(30), "marie@home"));
    }

    [Fact]
    public void Who_is_calm_or_known_is_answered_in_a_flood_of_others()
    {
        for (var i = 0; i < 600; i++)
        {
            _limit.Take($"n{i}", null, Start.AddSeconds(i / 10.0), $"u{i % 30}@evil");
        }

        var now = Start.AddSeconds(60);
        _limit.Take("one", null, now, "u2@evil");
        Assert.InRange(_limit.Take("another", null, now, "u1@evil"), RateDecision.SayTooFast, RateDecision.Silence);
        Assert.Equal(RateDecision.AnswerFirst, _limit.Take("marie", null, now, "marie@home"));
        Assert.Equal(RateDecision.AnswerFirst, _limit.Take("lunar", null, now, null, isKnown: true));
    }

    [Fact]
    public void Who_is_refused_because_others_ask_is_told_so_once()
    {
        for (var i = 0; i < 4; i++)
        {
            _limit.Take("mallory", null, Start, "m@evil");
            _limit.Take("trudy", null, Start, "t@evil");
        }

        string?[] nicks = ["zoe", "zoe", "marie", "zoe"];
        Assert.Equal(
            [RateDecision.SayTooFast, RateDecision.Silence, RateDecision.SayTooFast, RateDecision.Silence],
            nicks.Select(nick => Enumerable.Range(0, 4).Select(_ => _limit.Take(nick!, null, Start, nick + "@home")).First(pace => pace is RateDecision.SayTooFast or RateDecision.Silence)));
    }

    [Fact]
    public void A_long_answer_in_a_channel_counts_by_its_lines()
    {
        Assert.Equal(RateDecision.Answer, _limit.Take("mallory", "#globenet", Start));
        _limit.Charge("mallory", "#globenet", 22, Start);
        Assert.NotEqual(RateDecision.Answer, _limit.Take("mallory2", "#globenet", Start.AddSeconds(10)));
        Assert.Equal(RateDecision.Answer, _limit.Take("mallory3", "#globenet", Start.AddSeconds(60)));
    }

    [Fact]
    public void A_long_answer_in_private_makes_who_asked_for_it_wait_and_nobody_else()
    {
        foreach (var nick in (string[])["ann", "paul"])
        {
            Assert.Equal(RateDecision.Answer, _limit.Take(nick, null, Start));
            _limit.Charge(nick, null, 22, Start);
        }

        Assert.Equal(TimeSpan.FromSeconds(6), _limit.Wait("ann", null, Start, null));
        Assert.Equal(RateDecision.SayTooFast, _limit.Take("ann", null, Start.AddSeconds(5)));
        Assert.Equal(RateDecision.Answer, _limit.Take("vincent", null, Start.AddSeconds(5)));
        Assert.Equal(RateDecision.Answer, _limit.Take("ann", null, Start.AddSeconds(7)));
    }

    [Fact]
    public void A_clock_set_back_changes_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            _limit.Take("mallory", null, Start);
        }

        Assert.Equal(RateDecision.Silence, _limit.Take("mallory", null, Start.AddDays(-1)));
        Assert.Equal(RateDecision.Silence, _limit.Take("mallory", null, Start.AddDays(-1).AddSeconds(1)));
    }
}
