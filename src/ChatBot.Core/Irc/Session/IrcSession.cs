
namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The bot's side of one network, without sockets and without a clock: its caller says what came and when, and it says what to write.
/// Times are readings of one monotonic clock. Not thread-safe: one dispatcher owns it. After each call, take the lines and the
/// events.
/// </summary>
/// <param name="options">What to be, and where.</param>
/// <param name="jitter">A number from 0 to 1, another one each time.</param>
/// <param name="nonce">A printable random text without comma, another one each time (RFC 5802 §5.1).</param>
public sealed class IrcSession(IrcSessionOptions options, Func<double> jitter, Func<string> nonce)
{
    private const int BudgetWhileAway = 350;

    private readonly Outputs _outputs = new();
    private readonly Netsplits _netsplits = new();
    private readonly SendPace _pace = new(options.Pace);
    private readonly DesiredChannel[] _channels = [.. options.Channels.Select(c => new DesiredChannel(c))];
    private bool _isStandby = options.StandbyNick is not null;
    private Link? _link;

    /// <summary>True once nothing more is to be read: write what is left and close.</summary>
    public bool ShouldClose => _link?.State.Closing is not null;

    public bool IsRegistered => _link?.State.IsRegistered ?? false;

    /// <summary>The nick we have; null while not registered.</summary>
    public string? Nick => IsRegistered ? _link!.State.Nick : null;

    /// <summary>True when every channel of the configuration can be spoken in.</summary>
    public bool IsReady => IsRegistered && Array.TrueForAll(_channels, c => c.IsUsable);

    /// <summary>Whether this network has services accounts at all, as far as the server has shown.</summary>
    public bool TellsAccounts => _link is { State: var state, Accounts.HasShownOne: var isShown }
        && (isShown || state.Isupport.HasWhox || state.Caps.Overlaps(["account-tag", "extended-join", "account-notify"]));

    /// <summary>Whether every line carries its author's account, so that a line without one is from nobody.</summary>
    public bool TagsAccounts => _link?.State.Caps.Contains("account-tag") ?? false;

    /// <summary>Lines that are not confirmed yet, written or not.</summary>
    public int QueueLength => _link?.Waiting ?? 0;

    /// <summary>How long the server took to answer our last PING; zero before the first answer.</summary>
    public TimeSpan Lag => _link?.Lag ?? TimeSpan.Zero;

    /// <summary>When to call <see cref="Tick"/> at the latest; null for never, as once it is to be closed.</summary>
    public TimeSpan? NextTick => _link is { State.Closing: null } link && link.NextTick is var next && next < TimeSpan.MaxValue ? next : null;

    public bool IsJoined(string channel) => IsRegistered && _link!.Channels.Find(channel) is { IsUsable: true };

    /// <summary>Why we are out of a channel of the configuration, or silenced there: "refused (474)". Empty where all is well.</summary>
    public IReadOnlyDictionary<string, string> Troubles => _channels.Where(c => (c.OpenTrouble ?? c.Trouble) is not null)
        .ToDictionary(c => c.Options.Name, c => (c.OpenTrouble ?? c.Trouble)!, StringComparer.Ordinal);

    /// <summary>Somebody in our channels as the server has described them; null where we see nobody of that nick.</summary>
    public IrcMember? Member(string nick) => _link?.Roster.Snapshot(nick);

    /// <summary>Bytes of UTF-8 that one line to this target may have.</summary>
    public int SayBudget(string target) => _link?.Delivery.Budget(target) ?? BudgetWhileAway;

    /// <summary>How fast lines to this target go out now; null while not registered.</summary>
    public SayPace? SayPace(string target) => IsRegistered ? _link!.Delivery.PaceOf(target) : null;

    /// <param name="isSecure">True over verified TLS, or where the server is this machine.</param>
    /// <param name="now">The monotonic clock.</param>
    public void Connected(bool isSecure, TimeSpan now)
    {
        _link = new Link(options, new LinkMemory(_channels, _netsplits), _outputs, new FloodBudget(_pace), jitter, nonce, _isStandby);
        _link.At(now);
        _link.Begin(isSecure);
    }

    /// <summary>
    /// Takes in one line without its CR LF. Returns false where it is no line of the protocol; it is then ignored.
    /// </summary>
    public bool Receive(ReadOnlySpan<byte> line, TimeSpan now)
    {
        if (IrcMessage.Parse(line) is not { } message)
        {
            return false;
        }

        Receive(message, now);
        return true;
    }

    public void Receive(IrcMessage message, TimeSpan now)
    {
        if (_link is not { } link)
        {
            return;
        }

        link.At(now);
        link.Receive(message);
        link.Tick();
    }

    public void Tick(TimeSpan now)
    {
        if (_link is not { } link)
        {
            return;
        }

        link.At(now);
        link.Tick();
    }

    /// <summary>Waits no longer: takes the nick of the configuration, or takes it later where it is in use, and joins the channels.</summary>
    public void TakeOver(TimeSpan now)
    {
        _isStandby = false;
        if (_link is not { } link)
        {
            return;
        }

        link.At(now);
        link.TakeOver();
        link.Tick();
    }

    /// <summary>
    /// Says a text, cut into as many lines as it needs. What becomes of it comes as <see cref="IrcEvent.Delivered"/>,
    /// <see cref="IrcEvent.Refused"/>, <see cref="IrcEvent.Dropped"/> or <see cref="IrcEvent.Unconfirmed"/> with the same id, exactly one of them.
    /// </summary>
    /// <param name="id">Comes back with what becomes of it.</param>
    /// <param name="target">A channel or a nick.</param>
    /// <param name="text">Without bound; cleaned of what no line may have.</param>
    /// <param name="kind">By which command.</param>
    /// <param name="priority">What it waits behind.</param>
    /// <param name="now">The monotonic clock.</param>
    /// <param name="to">
    /// The only person who may read it: unconfirmed once their nick changes hands, as far as we can see; null for anyone who has it.
    /// </param>
    /// <param name="memberOf">The channel in which they must be at the moment when it is written; null for none.</param>
    /// <param name="asker">
    /// Whom it answers in a channel: it begins with their nick where it is written late, or others spoke since they asked; null for nobody.
    /// </param>
    public void Say(
        long id, string target, string text, SayKind kind, SayPriority priority, TimeSpan now, IrcAuthor? to = null, string? memberOf = null,
        IrcAuthor? asker = null)
    {
        if (_link is not { State.Closing: null } link)
        {
            _outputs.Events.Add(new IrcEvent.Unconfirmed(id));
            return;
        }
        link.At(now);
        link.Delivery.Say(id, target, text, kind, priority, to, memberOf, asker);
        link.Tick();
    }

    /// <summary>
    /// Asks the server who has just given a command, behind the lines that wait. Answered by one <see cref="IrcEvent.AccountAnswer"/>
    /// with this id within 25 s: nobody, unless the server shows the same nick, user and host as the command did, and the nick passed through no other hands.
    /// </summary>
    public void AskAccount(long id, IrcAuthor author, TimeSpan now, bool isPrompt = false)
    {
        if (_link is not { State.Closing: null } link)
        {
            _outputs.Events.Add(new IrcEvent.AccountAnswer(id, null, null));
            return;
        }
        link.At(now);
        link.Accounts.Ask(id, author, isPrompt);
        link.Tick();
    }

    /// <summary>Says goodbye. The server confirms what was said, answers with ERROR and closes.</summary>
    public void Quit(string reason, TimeSpan now)
    {
        if (_link is not { State.Closing: null } link)
        {
            return;
        }

        link.At(now);
        link.Delivery.Leave();
        link.State.Outgoing.Now(IrcCommand.Quit(reason));
    }

    /// <summary>The connection is gone. Gives what was its cause and for how long the server had accepted us.</summary>
    public (CloseCause Cause, TimeSpan RegisteredFor) Disconnected(string reason, TimeSpan now)
    {
        if (_link is not { } link)
        {
            return (CloseCause.Lost, TimeSpan.Zero);
        }

        link.At(now);
        link.State.Close(link.CauseSoFar, reason);
        link.Delivery.GiveUp();
        link.Accounts.GiveUp();
        link.Roster.Close();
        foreach (var channel in _channels)
        {
            if (channel.IsUsable)
            {
                link.State.Emit(new IrcEvent.LeftChannel(channel.Options.Name, "disconnected"));
            }

            channel.Forget();
        }
        var cause = link.State.Closing ?? CloseCause.Lost;
        if (cause == CloseCause.Flooded)
        {
            _pace.Halve(now);
        }

        _link = null;
        _outputs.Lines.Clear();
        return (cause, link.State.IsRegistered ? now - link.State.RegisteredAt : TimeSpan.Zero);
    }

    /// <summary>Lines to write now, in order, without CR LF. The list is the caller's.</summary>
    public IReadOnlyList<string> TakeLines() => _outputs.TakeLines();

    /// <summary>What happened since last time, in order. The list is the caller's.</summary>
    public IReadOnlyList<IrcEvent> TakeEvents() => _outputs.TakeEvents();
}
