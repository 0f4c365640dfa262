namespace ChatBot.Core.People;

/// <summary>
/// Who has shown by OpenPGP who they are, from the challenge to the end: issued → proved → ended. Both are bound to a
/// <see cref="Stay"/>, and end with it.
/// </summary>
public sealed class ProofBook
{
    public const int MostPending = 64;
    public const int MostTries = 5;

    private const int MostRemembered = 4 * MostPending;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<Stay, Proof> _proofs = [];

    private enum State
    {
        Pending,
        Used,
        Gone,
    }

    /// <param name="stay">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="make">Makes the challenge, once nothing is against it.</param>
    public Asked Ask(Stay stay, DateTimeOffset now, Func<Challenge> make)
    {
        Forget(now);
        if (stay.IsOver)
        {
            return new Asked.Refused(AskRefusal.NotInSight);
        }

        if (_entries.Exists(one => one.Is(stay) && now - one.Challenge.IssuedAt < Pace))
        {
            return new Asked.Refused(AskRefusal.TooSoon);
        }

        if (_entries.Count(one => one.IsPending(now) && !one.Is(stay)) >= MostPending || _entries.Count >= MostRemembered)
        {
            return new Asked.Refused(AskRefusal.TooMany);
        }

        foreach (var entry in _entries.FindAll(one => one.Is(stay)))
        {
            entry.GiveUp();
        }

        var challenge = make();
        _entries.Add(new Entry(challenge, stay));
        return new Asked.Given(challenge);
    }

    /// <summary>The challenge with this nonce, of the last hour; it may be used up or too old.</summary>
    public Challenge? WithNonce(string nonce) => _entries.Find(one => one.Challenge.Nonce == nonce)?.Challenge;

    /// <summary>Takes a private message that is part of a pasted signature.</summary>
    /// <returns>False for any other message, and always for somebody without a pending challenge.</returns>
    public bool TakeLine(Stay stay, string text, DateTimeOffset now, out Pasted? whole)
    {
        whole = null;
        if (_entries.Find(one => one.IsPending(now) && one.Stay == stay) is not { } entry || !entry.Paste.Take(text, now))
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
        null or { IsGone: true } => ProofRefusal.ChallengeGone,
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
        if (entry is null or { IsGone: true })
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
        _proofs[entry.Stay] = proof = new Proof(person.Name, entry.Stay, good.Key, good.PrimaryKey, now);
        return null;
    }

    /// <summary>Whether the person who asked still has the nick, and can be answered.</summary>
    public bool IsThere(Challenge challenge) => Find(challenge) is { Stay.IsOver: false };

    /// <summary>The proof that holds now for somebody.</summary>
    public Proof? Holding(Stay stay, DateTimeOffset now) =>
        _proofs.TryGetValue(stay, out var proof) && proof.IsWithin(now) ? proof : null;

    /// <summary>Whether this very proof holds still.</summary>
    public bool Holds(Proof proof, DateTimeOffset now) => ReferenceEquals(Holding(proof.Stay, now), proof);

    /// <summary>Ends the proof of one stay.</summary>
    /// <returns>The proof, where there was one.</returns>
    public IReadOnlyList<(Proof Proof, ProofEnd Why)> End(Stay stay, ProofEnd why) => Remove(proof => proof.Stay == stay, why);

    /// <summary>Ends all, as nobody knows what others do meanwhile: those who wait have to ask again.</summary>
    /// <returns>The proofs that it ended.</returns>
    public IReadOnlyList<(Proof Proof, ProofEnd Why)> EndAll()
    {
        _entries.ForEach(entry => entry.GiveUp());
        return Remove(_ => true, ProofEnd.OutOfSight);
    }

    /// <summary>Ends the proofs by other keys than these.</summary>
    /// <param name="keys">Lower-case fingerprints of primary keys.</param>
    public IReadOnlyList<(Proof Proof, ProofEnd Why)> KeepKeys(IReadOnlySet<string> keys) =>
        Remove(proof => !keys.Contains(proof.PrimaryKey), ProofEnd.KeyGone);

    private List<(Proof Proof, ProofEnd Why)> Remove(Func<Proof, bool> isIt, ProofEnd why)
    {
        var ended = _proofs.Values.Where(isIt).ToList();
        foreach (var proof in ended)
        {
            _proofs.Remove(proof.Stay);
        }

        return ended.ConvertAll(proof => (proof, why));
    }

    private void Forget(DateTimeOffset now)
    {
        _entries.RemoveAll(one => now - one.Challenge.IssuedAt > Memory);
        if (_entries.Count >= MostRemembered && _entries.FindIndex(one => !one.IsPending(now)) is >= 0 and var oldest)
        {
            _entries.RemoveAt(oldest);
        }

        Remove(proof => !proof.IsOfAge(now), ProofEnd.OutOfSight);
    }

    private Entry? Find(Challenge challenge) => _entries.Find(one => ReferenceEquals(one.Challenge, challenge));

    private sealed class Entry(Challenge challenge, Stay stay)
    {
        public Challenge Challenge => challenge;

        public Stay Stay => stay;

        public State State { get; set; }

        public int Tries { get; set; }

        public PastedLines Paste { get; } = new();

        public bool IsGone => State == State.Gone || (State == State.Pending && stay.IsOver);

        /// <summary>Whether it is of this nick, in any stay: leaving and coming back makes nobody faster.</summary>
        public bool Is(Stay other) => stay.Key == other.Key;

        public bool IsPending(DateTimeOffset now) =>
            State == State.Pending && !stay.IsOver && now >= challenge.IssuedAt && now < challenge.Until;

        public void GiveUp()
        {
            if (State == State.Pending)
            {
                State = State.Gone;
            }
        }
    }
}
