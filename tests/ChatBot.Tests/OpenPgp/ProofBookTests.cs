using ChatBot.Core.Irc;
using ChatBot.Core.People;
using ChatBot.OpenPgp;
using ChatBot.Tests.Irc;
using Xunit;

namespace ChatBot.Tests.OpenPgp;

/// <summary>From the challenge to the end of a proof, without a verifier.</summary>
public sealed class ProofBookTests
{
    private const string Key = "1e522b96d886fd5ff8efc2b3f04516b1517d2bcc";

    private static readonly Person Lunar = new() { Name = "lunar", Roles = [Person.AdminRole], Pgp = [Key] };
    private readonly ProofBook _book = new();
    private DateTimeOffset _now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private int _nonces;

    private readonly Script _script = Script.InChannel(options: new("globot", [new("#globenet"), new("#b")]));

    public ProofBookTests() => Hear(
        "< :globot!bot@h JOIN #b", "< :irc 353 globot = #globenet :lunar other", "< :lunar!l@h JOIN #b");

    // The reason stands where whoever has proved it is to know.
    public static TheoryData<string, ProofEnd?> Ends { get; } = new()
    {
        { "< :lunar!l@h PART #globenet", ProofEnd.Left },
        { "< :LUNAR!l@h PART #b", ProofEnd.Left },
        { "< :op!o@h KICK #b lunar :out", ProofEnd.Left },
        { "< :lunar!l@h QUIT :bye", ProofEnd.Quit },
        { "< :lunar!l@h QUIT :hub.example leaf.example", ProofEnd.LostInSplit },
        { "< :lunar!l@h NICK lunar_away", ProofEnd.Renamed },
        { "< :lunar!l@h NICK Lunar", ProofEnd.Renamed },
        { "< :other!l@h NICK lunar", ProofEnd.Quit },
        { "< :op!o@h KICK #b globot :out", ProofEnd.OutOfSight },
        { "lost", ProofEnd.OutOfSight },
        { "< :irc 005 globot CASEMAPPING=ascii :are supported", null },
    };

    [Theory, MemberData(nameof(Ends))]
    public void Whatever_may_change_who_has_the_nick_ends_a_proof(string line, ProofEnd? why)
    {
        var proof = Prove();
        Assert.Same(proof, _book.Holding(proof.Stay, _now));
        Assert.Equal(why is { } end ? [(proof, end)] : [], Hear(line));
        Assert.Null(_book.Holding(proof.Stay, _now));
        Assert.False(_book.Holds(proof, _now));
    }

    [Theory, MemberData(nameof(Ends))]
    public void And_a_challenge_that_is_not_yet_met(string line, ProofEnd? why)
    {
        var challenge = Ask();
        Hear(line);
        Assert.Equal(ProofRefusal.ChallengeGone, _book.Try(challenge, _now));
        Assert.Equal(ProofRefusal.ChallengeGone, Settle(challenge));
        Assert.False(_book.IsThere(challenge));
        Assert.NotEqual(ProofEnd.KeyGone, why);
    }

    [Theory, MemberData(nameof(Ends))]
    public void At_once_and_not_only_at_the_next_message(string line, ProofEnd? why)
    {
        var (proof, stay) = (Prove(), StayOf("lunar"));
        _script.Play(line);
        Assert.True(stay!.IsOver);
        Assert.False(_book.Holds(proof, _now));
        Assert.Equal(AskRefusal.NotInSight, (Ask(stay) as Asked.Refused)?.Why);
        Assert.NotEqual(ProofEnd.KeyGone, why);
    }

    [Theory]
    [InlineData("rfc1459", true)]
    [InlineData("ascii", false)]
    public void Who_leaves_is_known_by_the_case_mapping_of_the_network(string mapping, bool isSame)
    {
        Hear($"< :irc 005 globot CASEMAPPING={mapping} :are supported", "< :foo[!f@h JOIN #globenet", "< :foo{!f@h JOIN #globenet");
        var challenge = Assert.IsType<Asked.Given>(AskFor("foo[")).Challenge;
        Assert.Equal(isSame ? AskRefusal.NotInSight : null, Refusal("foo{"));
        Hear("< :foo{!f@h PART #globenet");
        Assert.Equal(isSame ? ProofRefusal.ChallengeGone : null, _book.Try(challenge, _now));
        Hear("< :foo{!f@h JOIN #globenet");
        Assert.Equal(AskRefusal.TooSoon, Refusal("foo{"));
    }

    [Fact]
    public void What_others_do_ends_nothing()
    {
        var proof = Prove();
        Hear("< :other!o@h QUIT :hub.example leaf.example", "< :lunar2!x@y JOIN #globenet", "< :globot!bot@h NICK globot2",
            "< :lunar2!x@y PART #globenet");
        Assert.True(_book.Holds(proof, _now));
    }

    [Fact]
    public void Only_exactly_that_nick_has_the_proof()
    {
        Prove();
        Assert.NotNull(StayOf("lunar"));
        Assert.Null(StayOf("Lunar"));
        Assert.Null(StayOf("lunar_"));
    }

    [Fact]
    public void A_proof_lasts_twelve_hours_at_most_and_no_clock_gives_more()
    {
        var proof = Prove();
        Assert.True(_book.Holds(proof, _now + TimeSpan.FromHours(12) - TimeSpan.FromTicks(1)));
        Assert.False(_book.Holds(proof, _now + TimeSpan.FromHours(12)));
        Assert.False(_book.Holds(proof, _now - TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_was_said_before_a_proof_gains_nothing_by_it_nor_what_was_said_under_an_earlier_one()
    {
        Assert.Null(_book.Holding(StayOf("lunar")!, _now));
        var first = Prove();
        Hear("< :lunar!l@h QUIT :bye", "< :lunar!l@h JOIN #globenet");
        _now += TimeSpan.FromMinutes(1);
        var second = Prove();
        Assert.False(_book.Holds(first, _now));
        Assert.True(_book.Holds(second, _now));
    }

    [Fact]
    public void Whoever_is_not_in_sight_gets_no_challenge()
    {
        Assert.Equal(AskRefusal.NotInSight, Refusal("stranger"));
        Hear("< :stranger!s@h JOIN #elsewhere");
        Assert.Equal(AskRefusal.NotInSight, Refusal("stranger"));
        Hear("< :stranger!s@h JOIN #b");
        Assert.Null(Refusal("stranger"));
        Assert.Equal(AskRefusal.NotInSight, Refusal("STRANGER"));
        var stay = StayOf("other")!;
        Hear("lost");
        Assert.Equal(AskRefusal.NotInSight, (Ask(stay) as Asked.Refused)?.Why);
    }

    [Fact]
    public void A_new_challenge_takes_the_place_of_the_one_before_and_not_at_once()
    {
        var first = Ask();
        Assert.Equal(AskRefusal.TooSoon, Refusal("lunar"));
        _now += TimeSpan.FromSeconds(15);
        var second = Ask();
        Assert.Equal(ProofRefusal.ChallengeGone, _book.Try(first, _now));
        Assert.Null(_book.Try(second, _now));
        Assert.True(_book.IsThere(first));
    }

    [Fact]
    public void A_crowd_that_asks_takes_no_challenge_from_who_has_one_and_no_memory()
    {
        var challenge = Ask();
        var refused = 0;
        for (var i = 0; i < 1000; i++)
        {
            Hear($"< :bot{i}!x@y JOIN #globenet");
            if (Refusal($"bot{i}") == AskRefusal.TooMany)
            {
                refused++;
            }
        }

        Assert.Equal(1000 - ProofBook.MostPending + 1, refused);
        Assert.Null(_book.Try(challenge, _now));
        _now += Challenge.Life;
        Assert.Null(Refusal("other"));
    }

    [Fact]
    public void A_challenge_is_met_within_ten_minutes_and_once()
    {
        var challenge = Ask();
        _now += Challenge.Life;
        Assert.Equal(ProofRefusal.TooLate, _book.Try(challenge, _now));
        Assert.Equal(ProofRefusal.TooLate, Settle(challenge));
        _now -= TimeSpan.FromTicks(1);
        Assert.Null(Settle(challenge));
        Assert.Equal(ProofRefusal.AlreadyUsed, _book.Try(challenge, _now));
        Assert.Equal(ProofRefusal.AlreadyUsed, Settle(challenge));
    }

    [Theory]
    [InlineData(-6, false), InlineData(-5, true), InlineData(15, true), InlineData(16, false)]
    public void A_signature_is_of_the_time_of_its_challenge(int minutes, bool isGood)
    {
        var challenge = Ask();
        var refusal = Settle(challenge, new SignatureFinding.Good(Key, Key, _now.AddMinutes(minutes)));
        Assert.Equal(isGood ? null : ProofRefusal.WrongTime, refusal);
    }

    [Fact]
    public void A_key_proves_for_the_person_who_has_it_alone()
    {
        var good = new SignatureFinding.Good(new string('a', 40), Key, _now);
        Assert.Equal(ProofRefusal.UnknownKey, Settle(Ask(), good with { PrimaryKey = new string('b', 40) }));
        _now += TimeSpan.FromMinutes(1);
        Assert.Equal(ProofRefusal.UnknownKey, _book.Settle(Ask(), good, null, _now, out _));
        _now += TimeSpan.FromMinutes(1);
        Assert.Null(Settle(Ask(), good with { SignedAt = _now }));
        var proof = _book.Holding(StayOf("lunar")!, _now)!;
        Assert.Same(Lunar, proof.Of(new([Lunar])));
        Assert.Null(proof.Of(new([Lunar with { Pgp = [] }])));
        Assert.Null(proof.Of(new([Lunar with { Name = "other" }])));
        Assert.Equal([(proof, ProofEnd.KeyGone)], _book.KeepKeys(new HashSet<string>()));
    }

    [Fact]
    public void A_paste_is_read_from_who_was_asked_for_it_and_for_two_minutes()
    {
        Assert.False(Take(ArmoredSignature.Begin));
        Ask();
        Assert.False(Take("iHUEARYIAB0WIQ"));
        Assert.False(Take(ArmoredSignature.Begin, "other"));
        Assert.True(Take(ArmoredSignature.Begin));
        Assert.True(Take("iHUEARYIAB0WIQ"));
        _now += TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1);
        Assert.False(Take("status hal"));
        Assert.False(Take(ArmoredSignature.End));
        Assert.True(Take(ArmoredSignature.Begin));
        Hear("< :lunar!l@h NICK x", "< :x!l@h NICK lunar");
        Assert.False(Take("iHUEARYIAB0WIQ"));
    }

    private bool Take(string text, string nick = "lunar") => _book.TakeLine(StayOf(nick)!, text, _now, out _);

    /// <summary>What the book says of that which the server shows.</summary>
    private List<(Proof, ProofEnd)> Hear(params ReadOnlySpan<string> lines)
    {
        _script.Happened.Clear();
        _script.Play(lines);
        return [.. _script.Happened.SelectMany(happened => ProofEnds.In(_book, happened))];
    }

    private Stay? StayOf(string nick)
    {
        _script.Play($"< :{nick}!l@h PRIVMSG globot :auth");
        return OpenPgpLogin.StayOf(_script.Happened.OfType<IrcEvent.Message>().Last());
    }

    private Asked AskFor(string nick) => StayOf(nick) is { } stay ? Ask(stay) : new Asked.Refused(AskRefusal.NotInSight);

    private Asked Ask(Stay stay) => _book.Ask(
        stay, _now, () => Challenge.Of("globot", "irc.example.org", "lunar", stay.Nick, _now, $"{_nonces++:x32}"));

    private Challenge Ask() => Assert.IsType<Asked.Given>(AskFor("lunar")).Challenge;

    private AskRefusal? Refusal(string nick) => (AskFor(nick) as Asked.Refused)?.Why;

    private ProofRefusal? Settle(Challenge challenge, SignatureFinding? found = null) =>
        _book.Settle(challenge, found ?? new SignatureFinding.Good(Key, Key, challenge.IssuedAt), Lunar, _now, out _);

    private Proof Prove()
    {
        Assert.Null(Settle(Ask()));
        return _book.Holding(StayOf("lunar")!, _now)!;
    }
}
