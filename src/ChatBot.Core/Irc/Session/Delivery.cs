using System.Globalization;
using System.Text;
using ChatBot.Core.Text;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What we say, until the server has shown that it took it. A line is
/// <code>
/// waiting ── pace, room ──► written ── echo, label, or the PONG of a PING written after it ──► Delivered
///    │                         ├── an error numeric or FAIL that names it ──► Refused
///    └── connection lost ──────┴── connection lost ──► Unconfirmed
/// </code>
/// What is written is in the hands of <see cref="InFlight"/>.
/// </summary>
internal sealed class Delivery : ILinkPart
{
    private const int MostRelays = 256;
    private const int MostReplies = 100;
    private const int ShortestBudget = 100;

    // So many lines are said before a question who somebody is has its turn, while lines wait.
    private const int LinesBeforeQuestion = 8;
    private const int LinesBeforePromptQuestion = 2;

    private readonly LinkState _state;
    private readonly ChannelKeeper _channels;
    private readonly Roster _roster;
    private readonly AccountQueries _questions;
    private readonly InFlight _written;
    private readonly TalkQueue _waiting = new();
    private readonly Dictionary<long, int> _unconfirmed = [];
    private readonly Dictionary<long, (string Nick, string? MemberOf)> _personal = [];
    private int _linesSinceQuestion;
    private long _label;
    private bool _isLeaving;

    public Delivery(
        LinkState state, VerbTable verbs, ChannelKeeper channels, Roster roster, Batches batches, AccountQueries questions)
    {
        (_state, _channels, _roster, _questions) = (state, channels, roster, questions);
        _written = new(state, verbs, channels, batches) { Accepted = OneLess, Refused = Refuse, Unknown = Unconfirm, Dropped = Drop };
        roster.ChangedHands += TakeBack;
        verbs.On(OnTooFast, "263", "480");
        verbs.On(OnNobody, "401");
    }

    /// <summary>Who spoke last in our channels.</summary>
    public ChannelTalk Talk { get; } = new();

    public int Count => _waiting.Count + _written.Count;

    public TimeSpan NextTick
    {
        get
        {
            if (!_state.IsRegistered)
            {
                return TimeSpan.MaxValue;
            }

            var next = NextQuestion is { } question ? _state.Outgoing.WhenTalk(question.Cost)
                : Next is not null ? _state.Outgoing.WhenTalk(1)
                : TimeSpan.MaxValue;
            return next < _written.Deadline ? next : _written.Deadline;
        }
    }

    /// <summary>
    /// Bytes that one line to this target may have, so that others still get it whole after the server put our name before it.
    /// </summary>
    public int Budget(string target)
    {
        var userHost = _state.UserHost is { } known
            ? Encoding.UTF8.GetByteCount(known)
            : _state.Isupport.Length("USERLEN", 10, 64) + 1 + 1 + _state.Isupport.Length("HOSTLEN", 63, 128);
        var prefix = 1 + Encoding.UTF8.GetByteCount(_state.Nick) + 1 + userHost + 1;
        var command = "PRIVMSG ".Length + Encoding.UTF8.GetByteCount(target) + " :".Length;
        var colours = WantsColours(target) ? StateColours.MostBytes : 0;
        return Math.Max(ShortestBudget, _state.Isupport.LineLength - 2 - prefix - command - colours);
    }

    public SayPace PaceOf(string target) => _state.Outgoing.Pace(_waiting.Ahead(target, IsForRoot(target)));

    /// <param name="id">Of the answer.</param>
    /// <param name="target">Whom to.</param>
    /// <param name="text">What; a state in it may be marked (<see cref="StateMark"/>).</param>
    /// <param name="kind">How.</param>
    /// <param name="priority">When.</param>
    /// <param name="to">Whose eyes alone it is for; null for whoever holds the name.</param>
    /// <param name="memberOf">The channel in which they must be; null for none.</param>
    /// <param name="asker">Whom it answers in a channel, and whom it names where it does not stand below the question; null for nobody.</param>
    public void Say(
        long id, string target, string text, SayKind kind, SayPriority priority, IrcAuthor? to, string? memberOf, IrcAuthor? asker = null)
    {
        // Whether the modes allow colours is looked at when a line is written, after it was cut.
        var clean = Cleaner.CleanLine(text, keepsStates: kind == SayKind.Privmsg && WantsColours(target));
        if (WhyNot(target, clean) is { } reason)
        {
            _state.Emit(new IrcEvent.Refused(id, reason, IsOfText: clean.Length == 0));
            return;
        }
        var address = asker is null ? 0 : Encoding.UTF8.GetByteCount(Address(asker));
        if (address > ShortestBudget / 2)
        {
            (address, asker) = (0, null);
        }

        var pieces = LineSplitter.Split(clean, Budget(target) - address);
        if (!_state.IsRegistered || !IsReachable(target) || !HasRoom(pieces.Count, priority) || IsSomebodyElse(to))
        {
            _state.Emit(new IrcEvent.Unconfirmed(id));
            return;
        }
        _unconfirmed[id] = pieces.Count;
        if (to is not null)
        {
            _personal[id] = (to.Nick, memberOf);
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            _waiting.Add(new(id, target, kind, pieces[i], priority, _state.Now)
            {
                Asker = asker,
                IsFirst = i == 0,
                IsForRoot = IsForRoot(target),
                IsToChannel = _state.IsChannel(target),
            });
        }
    }

    public void Tick()
    {
        _written.Watch();
        if (_waiting.Count > 0)
        {
            foreach (var piece in _waiting.TakeAll(target => !IsReachable(target)))
            {
                Unconfirm(piece.Id);
            }
        }

        while (NextQuestion is { } question ? TryAsk(question) : Next is { } next && TryWrite(next)) { }
        _written.AskAfter(isPause: _waiting.Proved == 0);
        if (_waiting.Count == 0 && _questions.Next is null)
        {
            _state.Outgoing.TickIdle();
        }
    }

    /// <summary>Before QUIT: asks after what is written, so that it is not said again by the next run, and writes nothing more.</summary>
    public void Leave()
    {
        if (!_isLeaving)
        {
            _written.AskAfterAll();
        }

        _isLeaving = true;
    }

    public void OnEcho(IrcMessage message)
    {
        var from = message.From;
        if (from.User is not null && from.Host is not null)
        {
            _state.UserHost = $"{from.User}@{from.Host}";
        }

        _written.OnEcho(message);
    }

    /// <summary>The connection is gone: nobody knows about these.</summary>
    public void GiveUp()
    {
        foreach (var id in _unconfirmed.Keys)
        {
            _state.Emit(new IrcEvent.Unconfirmed(id));
        }

        _unconfirmed.Clear();
        _personal.Clear();
    }

    // Who makes us ask too much must not slow down what we announce.
    private void OnTooFast(IrcMessage message)
    {
        if (message.Verb != "263" || !_questions.Rest(message[1]))
        {
            _state.Outgoing.SlowDown();
        }
    }

    private void OnNobody(IrcMessage message)
    {
        foreach (var piece in _waiting.TakeReplies(target => _state.Same(target, message[1])))
        {
            Unconfirm(piece.Id);
        }
    }

    private bool IsSomebodyElse(IrcAuthor? to) =>
        to is not null && (to.SaidAt < _state.RegisteredAt || _roster.HasChangedHands(to.Nick, to.SaidAt));

    private bool HasLeft(long id) =>
        _personal.TryGetValue(id, out var one) && one.MemberOf is { } channel && !_roster.IsIn(channel, one.Nick);

    private void TakeBack(string nick)
    {
        if (_personal.Count == 0)
        {
            return;
        }

        foreach (var id in _personal.Where(p => _state.Same(p.Value.Nick, nick)).Select(p => p.Key).ToArray())
        {
            Unconfirm(id);
        }
    }

    private Piece? Next => _isLeaving ? null : _waiting.Next(relaysMayGo: _written.HasRoom, relaysFirst: _state.Outgoing.IsSlow || _written.IsDropping);

    private bool IsForRoot(string target) => _channels.Find(target) is { Options.Audience: Audience.Root };

    private bool WantsColours(string target) => _channels.Find(target) is { Options.Colours: true };

    // Behind all talk, but not for ever: only just after a relay does another relay wait for one.
    private IrcCommand? NextQuestion =>
        _isLeaving ? null
        : Next is null || (_linesSinceQuestion >= (_questions.IsNextPrompt ? LinesBeforePromptQuestion : LinesBeforeQuestion) && (_waiting.Relays == 0 || (_waiting.IsAfterRelay && !_written.IsDropping))) ? _questions.Next
        : null;

    // What people make us answer takes no room from what is to be announced.
    private bool HasRoom(int lines, SayPriority priority) => priority switch
    {
        SayPriority.Relay => _waiting.Proved + lines <= MostRelays,
        SayPriority.PromptReply => _waiting.Replies + lines <= MostReplies * 2,
        _ => _waiting.Replies + lines <= MostReplies,
    };

    private bool TryAsk(IrcCommand question)
    {
        if (!_state.Outgoing.TryTalk(question))
        {
            return false;
        }

        _questions.Take();
        _linesSinceQuestion = 0;
        _waiting.GiveRelaysTheTurn();
        return true;
    }

    private static string? WhyNot(string target, string text) =>
        !IrcCommand.CanTarget(target) ? "this is neither a nick nor a channel"
        : text.Length == 0 ? "there is nothing to say"
        : null;

    private bool IsReachable(string target) =>
        _channels.Find(target) is { } channel ? channel.IsUsable : !_state.IsChannel(target);

    private bool TryWrite(Piece next)
    {
        if (!_unconfirmed.ContainsKey(next.Id) || next.IsStale(_state.Now) || HasLeft(next.Id))
        {
            _waiting.Take(next);
            Unconfirm(next.Id);
            return true;
        }
        var address = next is { IsFirst: true, Asker: { } asker } && Talk.IsApart(next.Target, asker, _state.Now) ? Address(asker) : "";
        var words = address + StateMark.Without(next.Text);
        var isColoured = next.Kind == SayKind.Privmsg && _channels.Find(next.Target) is { TakesColours: true };
        var command = next.Kind == SayKind.Notice ? IrcCommand.Notice(next.Target, words, _state.Isupport.LineLength)
            : isColoured ? IrcCommand.Privmsg(next.Target, address + StateColours.Of(next.Text), _state.Isupport.LineLength)
            : IrcCommand.Privmsg(next.Target, words, _state.Isupport.LineLength);
        var label = next.IsProved && _state.Caps.Contains("labeled-response") && _state.Caps.Contains("echo-message")
            ? (++_label).ToString("x", CultureInfo.InvariantCulture)
            : null;
        if (!_state.Outgoing.TryTalk(label is null ? command : command.Labelled(label)))
        {
            return false;
        }

        _waiting.Take(next);
        _linesSinceQuestion++;
        if (_state.IsChannel(next.Target))
        {
            Talk.Wrote(next.Target, next.Asker?.Turn ?? 0);
        }

        _written.Add(next with { Text = words }, label, isColoured);
        if (!next.IsProved)
        {
            OneLess(next.Id);
        }

        return true;
    }

    // As people on IRC address each other.
    private static string Address(IrcAuthor asker) => $"{Cleaner.CleanLine(asker.Nick)}: ";

    private void OneLess(long id)
    {
        if (!_unconfirmed.TryGetValue(id, out var left))
        {
            return;
        }

        if (left > 1)
        {
            _unconfirmed[id] = left - 1;
            return;
        }
        Forget(id);
        _state.Emit(new IrcEvent.Delivered(id));
    }

    private void Refuse(long id, string code, string reason)
    {
        if (Forget(id))
        {
            _state.Emit(new IrcEvent.Refused(id, Cleaner.CleanLine(IrcFormatting.Strip($"{code} {reason}")), Refusals.IsOfText(code, reason)));
        }
    }

    private void Unconfirm(long id)
    {
        if (Forget(id))
        {
            _state.Emit(new IrcEvent.Unconfirmed(id));
        }
    }

    private void Drop(long id)
    {
        if (Forget(id))
        {
            _state.Emit(new IrcEvent.Dropped(id));
        }
    }

    private bool Forget(long id)
    {
        _personal.Remove(id);
        return _unconfirmed.Remove(id);
    }
}
