using ChatBot.Core.Irc;
using ChatBot.Core.People;
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

    public ProofBookTests() => Hear(
        new IrcEvent.Registered("globot"),
        new IrcEvent.Joined("#a"), new IrcEvent.MemberPresent("#a", "lunar"), new IrcEvent.MemberPresent("#a", "other"),
        new IrcEvent.Joined("#b"), new IrcEvent.MemberJoined("#b", "lunar", "l@h", null, false, false));

    public static TheoryData<IrcEvent, ProofEnd> Ends { get; } = new()
    {
        { new IrcEvent.MemberParted("#a", "lunar"), ProofEnd.Left },
        { new IrcEvent.MemberParted("#b", "LUNAR"), ProofEnd.Left },
        { new IrcEvent.MemberQuit("lunar", false), ProofEnd.Quit },
        { new IrcEvent.MemberQuit("lunar", true), ProofEnd.LostInSplit },
        { new IrcEvent.NickChanged("lunar", "lunar_away", false), ProofEnd.Renamed },
        { new IrcEvent.NickChanged("lunar", "Lunar", false), ProofEnd.Renamed },
        { new IrcEvent.NickChanged("other", "lunar", false), ProofEnd.Renamed },
        { new IrcEvent.LeftChannel("#b", "kicked"), ProofEnd.OutOfSight },
        { new IrcEvent.ChannelUnsafe("#b", "open"), ProofEnd.OutOfSight },
        { new IrcEvent.Disconnecting("lost", CloseCause.Lost), ProofEnd.OutOfSight },
        { new IrcEvent.Registered("globot"), ProofEnd.OutOfSight },
    };

    [Theory, MemberData(nameof(Ends))]
    public void Whatever_may_change_who_has_the_nick_ends_a_proof(IrcEvent happened, ProofEnd why)
    {
        var proof = Prove();
        Assert.Same(proof, _book.Holding("lunar", _now));
        Assert.Equal([(proof, why)], _book.Hear(happened));
        Assert.Null(_book.Holding("lunar", _now));
        Assert.False(_book.Holds(proof, _now));
    }

    [Theory, MemberData(nameof(Ends))]
    public void And_a_challenge_that_is_not_yet_met(IrcEvent happened, ProofEnd why)
    {
        var challenge = Ask();
        _book.Hear(happened);
        Hear(new IrcEvent.Joined("#a"), new IrcEvent.MemberPresent("#a", "lunar"));
        Assert.Equal(ProofRefusal.ChallengeGone, _book.Try(challenge, _now));
        Assert.Equal(ProofRefusal.ChallengeGone, Settle(challenge));
        Assert.False(_book.IsThere(challenge));
        Assert.Null(_book.Holding("lunar", _now));
        Assert.NotEqual(ProofEnd.KeyGone, why);
    }

    [Fact]
    public void What_others_do_ends_nothing()
    {
        var proof = Prove();
        Hear(new IrcEvent.MemberQuit("other", true), new IrcEvent.MemberJoined("#a", "lunar2", "x@y", null, false, false),
            new IrcEvent.NickChanged("globot", "globot2", true), new IrcEvent.MemberParted("#a", "lunar2"));
        Assert.True(_book.Holds(proof, _now));
    }

    [Fact]
    public void Only_exactly_the_nick_holds_it()
    {
        Prove();
        Assert.Null(_book.Holding("Lunar", _now));
        Assert.Null(_book.Holding("lunar_", _now));
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
    public void What_was_heard_before_a_proof_gains_nothing_by_it_nor_what_was_heard_under_an_earlier_one()
    {
        Assert.Null(_book.Holding("lunar", _now));
        var first = Prove();
        Hear(new IrcEvent.MemberQuit("lunar", false), new IrcEvent.MemberJoined("#a", "lunar", "l@h", null, false, false));
        _now += TimeSpan.FromMinutes(1);
        var second = Prove();
        Assert.False(_book.Holds(first, _now));
        Assert.True(_book.Holds(second, _now));
    }

    [Fact]
    public void Whoever_is_not_in_sight_gets_no_challenge()
    {
        Assert.Equal(AskRefusal.NotInSight, Refusal("stranger"));
        Hear(new IrcEvent.MemberPresent("#root", "stranger"));
        Assert.Equal(AskRefusal.NotInSight, Refusal("stranger"));
        // What was heard before we were in for good may be of an earlier stay.
        Hear(new IrcEvent.Joined("#root"));
        Assert.Equal(AskRefusal.NotInSight, Refusal("stranger"));
        Hear(new IrcEvent.MemberDescribed("#root", "stranger", "s@h", null, false));
        Assert.Null(Refusal("stranger"));
        Assert.Equal(AskRefusal.NotInSight, Refusal("STRANGER"));
        Hear(new IrcEvent.Disconnecting("lost", CloseCause.Lost));
        Assert.Equal(AskRefusal.NotInSight, Refusal("other"));
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
            Hear(new IrcEvent.MemberJoined("#a", $"bot{i}", "x@y", null, false, false));
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
        var proof = _book.Holding("lunar", _now)!;
        Assert.Same(Lunar, proof.Of(new([Lunar])));
        Assert.Null(proof.Of(new([Lunar with { Pgp = [] }])));
        Assert.Null(proof.Of(new([Lunar with { Name = "other" }])));
        Assert.Equal([(proof, ProofEnd.KeyGone)], _book.KeepKeys(new HashSet<string>()));
    }

    [Fact]
    public void A_paste_is_heard_from_who_was_asked_for_it_and_for_two_minutes()
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
        Hear(new IrcEvent.NickChanged("lunar", "x", false), new IrcEvent.NickChanged("x", "lunar", false));
        Assert.False(Take("iHUEARYIAB0WIQ"));
    }

    private bool Take(string text, string nick = "lunar") => _book.TakeLine(nick, text, _now, out _);

    private void Hear(params IrcEvent[] events)
    {
        foreach (var happened in events)
        {
            _book.Hear(happened);
        }
    }

    private Asked AskFor(string nick) => _book.Ask(
        nick, _now, () => Challenge.Of("globot", "irc.example.org", "lunar", nick, _now, $"{_nonces++:x32}"));

    private Challenge Ask() => Assert.IsType<Asked.Given>(AskFor("lunar")).Challenge;

    private AskRefusal? Refusal(string nick) => (AskFor(nick) as Asked.Refused)?.Why;

    private ProofRefusal? Settle(Challenge challenge, SignatureFinding? found = null) =>
        _book.Settle(challenge, found ?? new SignatureFinding.Good(Key, Key, challenge.IssuedAt), Lunar, _now, out _);

    private Proof Prove()
    {
        Assert.Null(Settle(Ask()));
        return _book.Holding("lunar", _now)!;
    }
}
