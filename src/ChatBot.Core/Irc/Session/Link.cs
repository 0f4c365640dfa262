namespace ChatBot.Core.Irc.Session;

/// <summary>What outlives a connection.</summary>
internal sealed record LinkMemory(DesiredChannel[] Channels, Netsplits Netsplits);

/// <summary>
/// One connection: its parts, wired. Made on connect and thrown away on disconnect, so that no state is carried over.
/// </summary>
internal sealed class Link
{
    private readonly VerbTable _verbs = new();
    private readonly Liveness _liveness;
    private readonly Handshake _handshake;
    private readonly NickKeeper _nick;
    private readonly NickRecovery _recovery;
    private readonly ILinkPart[] _parts;

    public Link(
        IrcSessionOptions options, LinkMemory memory, Outputs outputs, FloodBudget budget, Func<double> jitter, Func<string> nonce,
        bool isStandby)
    {
        var (channels, netsplits) = memory;
        var outgoing = new Outgoing(outputs, budget);
        State = new LinkState(options, jitter, outputs, outgoing, isStandby);
        var batches = new Batches(_verbs);
        var sasl = new SaslExchange(State, _verbs, nonce);
        var caps = new CapNegotiation(State, _verbs, sasl);
        _handshake = new Handshake(State, _verbs, sasl);
        var nickServ = new NickServ(State, _verbs);
        _nick = new NickKeeper(State, _verbs);
        _recovery = new NickRecovery(State, _verbs, () => sasl.IsIdentified || nickServ.IsIdentified);
        _liveness = new Liveness(State, _verbs);
        Roster = new Roster(State, _verbs, batches, netsplits);
        var services = new ChanServ(State);
        Channels = new ChannelKeeper(State, _verbs, Roster, services, channels);
        _ = new VoiceKeeper(State, _verbs, Channels, Roster, services);
        var heartbeat = new Heartbeat(State, _verbs, Channels, channels);
        Accounts = new AccountQueries(State, _verbs, Roster, caps);
        Delivery = new Delivery(State, _verbs, Channels, Roster, batches, Accounts);
        _ = new Conversation(State, _verbs, Channels, Roster, batches, Delivery);
        _ = new StandardReplies(State, _verbs);
        // Setup lines go before talk, and what the parts decide goes out in the same tick: the queues come last.
        _parts = [_liveness, _handshake, sasl, nickServ, _nick, _recovery, Channels, heartbeat, Accounts, outgoing, Delivery];
    }

    public LinkState State { get; }

    public Roster Roster { get; }

    public ChannelKeeper Channels { get; }

    public Delivery Delivery { get; }

    public AccountQueries Accounts { get; }

    /// <summary>How long the server took to answer our last PING; zero before.</summary>
    public TimeSpan Lag => _liveness.Lag;

    /// <summary>The cause, where the connection is gone and nobody said why.</summary>
    public CloseCause CauseSoFar => _liveness.CauseSoFar;

    public int Waiting => Delivery.Count + State.Outgoing.Waiting;

    public TimeSpan NextTick
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var part in _parts)
            {
                next = part.NextTick is var its && its < next ? its : next;
            }

            return next;
        }
    }

    public void Begin(bool isSecure)
    {
        State.LastInbound = State.Now;
        State.IsSecure = isSecure;
        if (!isSecure && ShowsPassword(State.Options))
        {
            State.Close(CloseCause.NotIdentified, "a password would cross the network unencrypted: it needs TLS");
        }
        else
        {
            _handshake.Begin();
        }
    }

    private static bool ShowsPassword(IrcSessionOptions options) =>
        options.ServerPassword is not null
        || options.Sasl is { Mechanism: SaslMechanism.Plain }
        || options.Services is { Account.Length: > 0 };

    public void At(TimeSpan now)
    {
        State.Now = now;
        State.Outgoing.At(now);
    }

    public void Receive(IrcMessage message)
    {
        State.LastInbound = State.Now;
        _liveness.OnInbound();
        if (State.Closing is null && !IsForged(message))
        {
            _verbs.Dispatch(message);
        }
    }

    // Numerics are the server's word; what bears a user's name is not.
    private static bool IsForged(IrcMessage message) =>
        char.IsAsciiDigit(message.Verb[0]) && message.From is not { User: null, Host: null };

    /// <summary>We wait no longer: our nick, and our channels at the next tick.</summary>
    public void TakeOver()
    {
        State.IsStandby = false;
        _nick.TakeOver();
        _recovery.TakeOver();
    }

    public void Tick()
    {
        foreach (var part in _parts)
        {
            if (State.Closing is null)
            {
                part.Tick();
            }
        }
    }
}
