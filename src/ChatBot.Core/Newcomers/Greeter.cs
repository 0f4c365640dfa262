using ChatBot.Core.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>
/// Decides who is welcomed, and when. It knows only what its caller says: what happens in the channels whose newcomers are
/// welcomed, what the store knows, and the time. Owned by one loop; its steps are carried out in the order given.
/// <code>
///          joins         unknown to the store         delay over, the minute has room
///  absent -----> asked -----------------------> waiting -----------------------------> Greet
///    |           ^ |  |                          |  | |
///    |           | |  | known: AlreadyKnown      |  | | a human says their nick: Addressed
///    |   new key | |  | no answer: NotChecked    |  | | no room for ten minutes: Flood
///    |           | |  +--------------------------+  | shows to be a program: Bot
///    |           | |        quits, parts         |  | goes with a netsplit: Split
///    |           | +------------+----------------+  | shares a key with one who waits: SamePerson
///    |           |              v                   v
///    |           +------------ away -- not back in time: Left
///    |       comes back: the delay begins again
///    +-- PresentBefore (was there first), Split (back from one), Bot, Flood (too many wait)
/// </code>
/// </summary>
/// <param name="options">The configuration.</param>
/// <param name="secret">Keys the hashes, see <see cref="PersonKey"/>.</param>
public sealed class Greeter(GreeterOptions options, ReadOnlyMemory<byte> secret)
{
    /// <summary>A welcome that comes later than this after its time is worse than none.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>A person who is back sooner has only reconnected.</summary>
    public static readonly TimeSpan ReturnWithin = TimeSpan.FromMinutes(5);

    /// <summary>The most people looked at together; who comes beyond is not welcomed this time.</summary>
    public const int MostPending = 200;

    private readonly WaitingRoom _room = new();
    private readonly GreetPace _pace = new();

    /// <summary>Takes a new configuration; who waits already goes on waiting.</summary>
    public GreeterOptions Options { get; set; } = options;

    /// <summary>How the network compares nicks.</summary>
    public CaseMapping Names
    {
        get => _room.Names;
        set => _room.Names = value;
    }

    /// <summary>The nick of the bot itself as it is now.</summary>
    public string Me { get; set; } = "";

    /// <summary>When <see cref="Advance"/> next has something to do; null while nobody waits.</summary>
    public TimeSpan? NextAt => _room.All.Count == 0 ? null : _room.All.Min(NextFor);

    /// <summary>Somebody was in a channel before the bot; to be called once their host and account are known.</summary>
    public IReadOnlyList<GreeterStep> Present(Visitor who, string channel, TimeSpan now)
    {
        if (IsBot(who))
        {
            return [];
        }

        var keys = KeysOf(who);
        if (_room.Recognise(who.Nick, keys) is { } pending)
        {
            _room.Return(pending, who, keys, channel, now + Options.Delay, now);
        }
        else
        {
            _room.Settle(who, keys, channel, GreetOutcome.PresentBefore);
        }

        return _room.Take();
    }

    /// <summary>Somebody came into a channel, <paramref name="afterNetsplit"/> if the server says that one ended.</summary>
    public IReadOnlyList<GreeterStep> Joined(Visitor who, string channel, bool afterNetsplit, TimeSpan now)
    {
        var keys = KeysOf(who);
        var pending = _room.Recognise(who.Nick, keys);
        var due = now + Options.Delay;
        if (Refusal(who, pending, afterNetsplit) is not { } refusal)
        {
            if (pending is null)
            {
                _room.Begin(who, keys, channel, due, now);
            }
            else
            {
                _room.Return(pending, who, keys, channel, due, now);
            }
        }
        else if (pending is null)
        {
            _room.Settle(who, keys, channel, refusal);
        }
        else
        {
            _room.Settle(pending, refusal);
        }

        return _room.Take();
    }

    /// <summary>Somebody left a channel or was thrown out.</summary>
    public void Parted(string nick, string channel, TimeSpan now) => _room.Here(nick)?.Leave(channel, now);

    /// <summary>The bot is no longer in a channel, thrown out or disconnected, and does not see who leaves it.</summary>
    public void BotLeft(string channel, TimeSpan now)
    {
        foreach (var pending in _room.All)
        {
            pending.Leave(channel, now);
        }
    }

    /// <summary>Somebody left the network; <paramref name="split"/> if it was their server that did.</summary>
    public IReadOnlyList<GreeterStep> Quit(string nick, bool split, TimeSpan now)
    {
        if (_room.Here(nick) is { } pending)
        {
            if (split)
            {
                _room.Settle(pending, GreetOutcome.Split);
            }
            else
            {
                pending.AwaySince = now;
            }
        }

        return _room.Take();
    }

    /// <summary>Somebody has another nick.</summary>
    public IReadOnlyList<GreeterStep> Renamed(string nick, string newNick, TimeSpan now) =>
        _room.Here(nick) is { } pending ? Update(pending, pending.Visitor with { Nick = newNick }, now) : [];

    /// <summary>The account, host or bot flag of somebody is known or has changed; the nick says who.</summary>
    public IReadOnlyList<GreeterStep> Changed(Visitor who, TimeSpan now) =>
        _room.Here(who.Nick) is { } pending ? Update(pending, who, now) : [];

    /// <summary>Somebody spoke in a channel.</summary>
    /// <param name="from">Who.</param>
    /// <param name="channel">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="isAsking">Whether it is a command, which the bot answers: who is answered is welcome already.</param>
    public IReadOnlyList<GreeterStep> Said(Visitor from, string channel, string text, bool isAsking = false)
    {
        if (_room.All.Count == 0 || IsBot(from))
        {
            return [];
        }

        foreach (var pending in _room.All.Where(p => p.AwaySince is null && p.Channels.Contains(channel)).ToList())
        {
            var nick = pending.Visitor.Nick;
            if (Names.Equals(nick, from.Nick) ? isAsking : Mention.Of(nick, text, Names))
            {
                _room.Settle(pending, GreetOutcome.Addressed);
            }
        }

        return _room.Take();
    }

    /// <summary>The store has answered a <see cref="Candidate"/>.</summary>
    public IReadOnlyList<GreeterStep> Checked(long id, bool known)
    {
        if (_room.Asked(id) is { } pending)
        {
            pending.Question = null;
            if (known)
            {
                _room.Settle(pending, GreetOutcome.AlreadyKnown);
            }
            else if (_room.All.Count(p => p.Question is null) > Options.PerMinute * LongestWait.TotalMinutes)
            {
                _room.Settle(pending, GreetOutcome.Flood);
            }
        }

        return _room.Take();
    }

    /// <summary>What happened meanwhile is unknown: nobody who waits is welcomed this time, as it might be wrong by now.</summary>
    public IReadOnlyList<GreeterStep> GiveUp()
    {
        foreach (var pending in _room.All.ToList())
        {
            _room.Settle(pending, GreetOutcome.Flood);
        }

        return _room.Take();
    }

    /// <summary>Time has passed.</summary>
    public IReadOnlyList<GreeterStep> Advance(TimeSpan now)
    {
        foreach (var pending in _room.All.Where(p => NextFor(p) <= now).ToList())
        {
            if (pending.AwaySince is not null)
            {
                _room.Settle(pending, GreetOutcome.Left);
            }
            else if (pending.Question is not null)
            {
                _room.Settle(pending, GreetOutcome.NotChecked);
            }
            else if (now >= pending.Due + LongestWait)
            {
                _room.Settle(pending, GreetOutcome.Flood);
            }
            else if (_pace.FreeAt(Options.PerMinute) <= now)
            {
                _pace.Take(now);
                _room.Settle(pending, GreetOutcome.Greet);
            }
        }

        return _room.Take();
    }

    private GreetOutcome? Refusal(Visitor who, Pending? pending, bool afterNetsplit)
    {
        if (IsBot(who))
        {
            return GreetOutcome.Bot;
        }

        if (afterNetsplit)
        {
            return GreetOutcome.Split;
        }

        return pending is null && _room.All.Count >= MostPending ? GreetOutcome.Flood : null;
    }

    private TimeSpan NextFor(Pending pending)
    {
        if (pending.AwaySince is { } since)
        {
            return since + ReturnWithin;
        }

        if (pending.Question is not null)
        {
            return pending.AskedAt + LongestWait;
        }

        var free = _pace.FreeAt(Options.PerMinute);
        var late = pending.Due + LongestWait;
        return free >= late ? late : free > pending.Due ? free : pending.Due;
    }

    private IReadOnlyList<GreeterStep> Update(Pending pending, Visitor who, TimeSpan now)
    {
        if (_room.Here(who.Nick) is { } gone && gone != pending)
        {
            _room.Settle(gone, GreetOutcome.Left);
        }

        pending.Visitor = who;
        if (IsBot(who))
        {
            _room.Settle(pending, GreetOutcome.Bot);
        }
        else
        {
            _room.Learn(pending, KeysOf(who), now);
        }

        return _room.Take();
    }

    private bool IsBot(Visitor who) =>
        who.Bot || Names.Equals(who.Nick, Me) || Options.Bots.Contains(who.Nick, Names);

    private IReadOnlyList<string> KeysOf(Visitor who) =>
        PersonKey.Hashes(Names.Fold(who.Nick), who.User, who.Host, who.Account, secret.Span);
}

/// <summary>The <c>[welcome]</c> part of the configuration.</summary>
public sealed record GreeterOptions
{
    /// <summary>How long somebody is left to people before the bot speaks to them.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most welcomes in any sixty seconds.</summary>
    public int PerMinute { get; init; } = 3;

    /// <summary>Nicks of programs that do not carry <c>+B</c>.</summary>
    public IReadOnlyCollection<string> Bots { get; init; } = [];
}
