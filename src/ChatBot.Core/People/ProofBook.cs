
using ChatBot.Core.Irc;
using ChatBot.Core.Text;

namespace ChatBot.Core.People;

/// <summary>
/// Who has shown by OpenPGP who they are, from the challenge to the end: issued → proved → ended. Fed with every event in order.
/// A nick holds nothing once it may have changed hands; where that is in doubt, it ends.
/// </summary>
public sealed class ProofBook
{
    public const int MostPending = 64;
    public const int MostTries = 5;

    private const int MostRemembered = 4 * MostPending;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    private readonly InSight _inSight = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Proof> _proofs = new(StringComparer.Ordinal);

    private enum State
    {
        Pending,
        Used,
        Gone,
    }

    /// <param name="nick">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="make">Makes the challenge, once nothing is against it.</param>
    public Asked Ask(string nick, DateTimeOffset now, Func<Challenge> make)
    {
        Forget(now);
        if (!_inSight.Has(nick))
        {
            return new Asked.Refused(AskRefusal.NotInSight);
        }

        if (_entries.Exists(one => one.Is(nick) && now - one.Challenge.IssuedAt < Pace))
        {
            return new Asked.Refused(AskRefusal.TooSoon);
        }

        if (_entries.Count(one => one.IsPending(now) && !one.Is(nick)) >= MostPending || _entries.Count >= MostRemembered)
        {
            return new Asked.Refused(AskRefusal.TooMany);
        }

        Drop(nick);
        var challenge = make();
        _entries.Add(new Entry(challenge));
        return new Asked.Given(challenge);
    }

    /// <summary>The challenge with this nonce, of the last hour; it may be used up or too old.</summary>
    public Challenge? WithNonce(string nonce) => _entries.Find(one => one.Challenge.Nonce == nonce)?.Challenge;

    /// <summary>Takes a private message that is part of a pasted signature.</summary>
    /// <returns>False for any other message, and always for a nick without a pending challenge.</returns>
    public bool TakeLine(string nick, string text, DateTimeOffset now, out Pasted? whole)
    {
        whole = null;
        if (_entries.Find(one => one.IsPending(now) && one.Challenge.Nick == nick) is not { } entry || !entry.Paste.Take(text, now))
        {
            return false;
        }

        if (entry.Paste.IsWhole)
        {
            whole = new Pasted(entry.Challenge, entry.Paste.Lines);
        }

        return true;
    }

    /// <summary>Whether it is worth verifying a signature for this challenge; counts the try.</summary>
    public ProofRefusal? Try(Challenge challenge, DateTimeOffset now) => Find(challenge) switch
    {
        null or { State: State.Gone } => ProofRefusal.ChallengeGone,
        { State: State.Used } => ProofRefusal.AlreadyUsed,
        var entry when !entry.IsPending(now) => ProofRefusal.TooLate,
        var entry => ++entry.Tries > MostTries ? ProofRefusal.TooManyTries : null,
    };

    /// <summary>Ends a try.</summary>
    /// <param name="challenge">The one whose sentence was verified.</param>
    /// <param name="found">What was found.</param>
    /// <param name="person">Whom the challenge names, as they are known now; null where there is nobody.</param>
    /// <param name="now">When.</param>
    /// <param name="proof">What holds from now on; null where refused.</param>
    public ProofRefusal? Settle(
        Challenge challenge, SignatureFinding found, Person? person, DateTimeOffset now, out Proof? proof)
    {
        proof = null;
        if (found is not SignatureFinding.Good good)
        {
            return ((SignatureFinding.Bad)found).Why;
        }

        if (person is null || !Proof.Fits(person, good.Key, good.PrimaryKey))
        {
            return ProofRefusal.UnknownKey;
        }

        if (good.SignedAt < challenge.IssuedAt - ClockError || good.SignedAt > challenge.Until + ClockError)
        {
            return ProofRefusal.WrongTime;
        }
        // While it was verified, everything may have changed.
        var entry = Find(challenge);
        if (entry is null or { State: State.Gone } || !_inSight.Has(challenge.Nick))
        {
            return ProofRefusal.ChallengeGone;
        }

        if (entry.State == State.Used)
        {
            return ProofRefusal.AlreadyUsed;
        }

        if (!entry.IsPending(now))
        {
            return ProofRefusal.TooLate;
        }

        entry.State = State.Used;
        _proofs[challenge.Nick] = proof = new Proof(person.Name, challenge.Nick, good.Key, good.PrimaryKey, now);
        return null;
    }

    /// <summary>Whether whoever asked still has the nick, so that they can be told.</summary>
    public bool IsThere(Challenge challenge) => Find(challenge) is { HasLeft: false };

    /// <summary>The proof of exactly this nick, where one holds now.</summary>
    public Proof? Holding(string nick, DateTimeOffset now) =>
        _proofs.TryGetValue(nick, out var proof) && proof.IsWithin(now) ? proof : null;

    /// <summary>Whether this very proof holds still.</summary>
    public bool Holds(Proof proof, DateTimeOffset now) => ReferenceEquals(Holding(proof.Nick, now), proof);

    /// <summary>Ends what an event ends.</summary>
    /// <returns>The proofs that it ended.</returns>
    public IReadOnlyList<(Proof Proof, ProofEnd Why)> Hear(IrcEvent happened)
    {
        _inSight.Hear(happened);
        return happened switch
        {
            IrcEvent.MemberParted left => End(ProofEnd.Left, left.Nick),
            IrcEvent.MemberQuit quit => End(quit.IsNetsplit ? ProofEnd.LostInSplit : ProofEnd.Quit, quit.Nick),
            IrcEvent.NickChanged { IsOwn: false } renamed => End(ProofEnd.Renamed, renamed.OldNick, renamed.NewNick),
            IrcEvent.LeftChannel or IrcEvent.ChannelUnsafe or IrcEvent.Disconnecting or IrcEvent.Registered => EndAll(),
            _ => [],
        };
    }

    /// <summary>Ends the proofs by other keys than these.</summary>
    /// <param name="keys">Lower-case fingerprints of primary keys.</param>
    public IReadOnlyList<(Proof Proof, ProofEnd Why)> KeepKeys(IReadOnlySet<string> keys) =>
        Remove(proof => !keys.Contains(proof.PrimaryKey), ProofEnd.KeyGone);

    private List<(Proof Proof, ProofEnd Why)> End(ProofEnd why, params string[] nicks)
    {
        foreach (var nick in nicks)
        {
            foreach (var entry in _entries.FindAll(one => one.Is(nick)))
            {
                (entry.State, entry.HasLeft) = (entry.State == State.Pending ? State.Gone : entry.State, true);
            }
        }

        return Remove(proof => nicks.Any(nick => CaseMapping.Rfc1459.Equals(proof.Nick, nick)), why);
    }

    private List<(Proof Proof, ProofEnd Why)> EndAll()
    {
        foreach (var entry in _entries)
        {
            (entry.State, entry.HasLeft) = (entry.State == State.Pending ? State.Gone : entry.State, true);
        }

        return Remove(_ => true, ProofEnd.OutOfSight);
    }

    private List<(Proof Proof, ProofEnd Why)> Remove(Func<Proof, bool> isIt, ProofEnd why)
    {
        var ended = _proofs.Values.Where(isIt).ToList();
        foreach (var proof in ended)
        {
            _proofs.Remove(proof.Nick);
        }

        return ended.ConvertAll(proof => (proof, why));
    }

    // Two spellings that some network holds for one nick end together; what counts as the same to hold something is stricter.
    private void Drop(string nick)
    {
        foreach (var entry in _entries.FindAll(one => one.Is(nick) && one.State == State.Pending))
        {
            entry.State = State.Gone;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        _entries.RemoveAll(one => now - one.Challenge.IssuedAt > Memory);
        if (_entries.Count >= MostRemembered && _entries.FindIndex(one => !one.IsPending(now)) is >= 0 and var oldest)
        {
            _entries.RemoveAt(oldest);
        }

        foreach (var proof in _proofs.Values.Where(proof => !proof.IsWithin(now)).ToList())
        {
            _proofs.Remove(proof.Nick);
        }
    }

    private Entry? Find(Challenge challenge) => _entries.Find(one => ReferenceEquals(one.Challenge, challenge));

    private sealed class Entry(Challenge challenge)
    {
        public Challenge Challenge => challenge;

        public State State { get; set; }

        public bool HasLeft { get; set; }

        public int Tries { get; set; }

        public PastedLines Paste { get; } = new();

        public bool Is(string nick) => CaseMapping.Rfc1459.Equals(challenge.Nick, nick);

        public bool IsPending(DateTimeOffset now) => State == State.Pending && now >= challenge.IssuedAt && now < challenge.Until;
    }
}
