namespace ChatBot.Core.Irc.Session;

/// <summary>
/// One connection: its parts, wired. Made on connect and thrown away on disconnect, so that no state is carried over.
/// </summary>
internal sealed class Link
{
    private readonly VerbTable _verbs = new();
    private readonly Liveness _liveness;
    private readonly Handshake _handshake;
    private readonly ILinkPart[] _parts;

    public Link(
        IrcSessionOptions options, IReadOnlyList<DesiredChannel> channels, Outputs outputs, FloodBudget budget, Func<double> jitter,
        Func<string> nonce)
    {
        var outgoing = new Outgoing(outputs, budget);
        State = new LinkState(options, jitter, outputs, outgoing);
        var batches = new Batches(_verbs);
        var sasl = new SaslExchange(State, _verbs, nonce);
        var caps = new CapNegotiation(State, _verbs, sasl);
        _handshake = new Handshake(State, _verbs, sasl);
        var nick = new NickKeeper(State, _verbs);
        _liveness = new Liveness(State, _verbs);
        var roster = new Roster(State, _verbs, new Netsplits(State, batches));
        Channels = new ChannelKeeper(State, _verbs, roster, channels);
        Delivery = new Delivery(State, _verbs, Channels, batches);
        Accounts = new AccountQueries(State, _verbs, roster, caps);
        _ = new Conversation(State, _verbs, Channels, roster, batches, Delivery);
        // Setup lines go before talk, and what the parts decide goes out in the same tick: the queues come last.
        _parts = [_liveness, _handshake, sasl, nick, Channels, Accounts, outgoing, Delivery];
    }

    public LinkState State { get; }

    public ChannelKeeper Channels { get; }

    public Delivery Delivery { get; }

    public AccountQueries Accounts { get; }

    public int Waiting => Delivery.Count + State.Outgoing.Waiting;

    public TimeSpan NextTick => _parts.Min(p => p.NextTick);

    public void Begin(bool isSecure)
    {
        State.LastInbound = State.Now;
        if (State.Options.Sasl is { Mechanism: SaslMechanism.Plain } && !isSecure)
            State.Close(CloseCause.NotIdentified, "SASL PLAIN would show the password: it needs TLS");
        else _handshake.Begin();
    }

    public void At(TimeSpan now)
    {
        State.Now = now;
        State.Outgoing.At(now);
    }

    public void Receive(IrcMessage message)
    {
        State.LastInbound = State.Now;
        _liveness.OnInbound();
        if (State.Closing is null) _verbs.Dispatch(message);
    }

    public void Tick()
    {
        foreach (var part in _parts)
            if (State.Closing is null) part.Tick();
    }
}
