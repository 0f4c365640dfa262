using System.Globalization;
using System.Text;
using ChatBot.Core.Speech;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// What we say, until the server has shown that it took it. A line is
/// <code>
/// waiting ── pace, room ──► written ── echo, label, or the PONG of a PING written after it ──► Delivered
///    │                         ├── an error numeric or FAIL that names it ──► Refused
///    └── connection lost ──────┴── connection lost ──► Unconfirmed
/// </code>
/// Never more than <see cref="MostUnconfirmed"/> relays are written and not confirmed: that is all that a lost connection can
/// repeat. An error without a label that may mean several of them refuses none: their PONG tells only how many were refused, so that
/// those nobody knows about are said again, one at a time for a while. Replies need no proof and are delivered once written, but an
/// error may mean one of them.
/// </summary>
internal sealed class Delivery : ILinkPart
{
    private const int MostUnconfirmed = 6;
    private const int MostBeforeBarrier = 4;
    private const int MostWaiting = 256;
    private const int MostReplies = 32;
    private const int ShortestBudget = 100;
    private const string BarrierPrefix = "said-";
    private static readonly TimeSpan EchoTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CarefulTime = TimeSpan.FromMinutes(10);

    private readonly LinkState _state;
    private readonly ChannelKeeper _channels;
    private readonly Roster _roster;
    private readonly Batches _batches;
    private readonly TalkQueue _waiting = new();
    private readonly LinkedList<Written> _written = new();
    private readonly LinkedList<Written> _replies = new();
    private readonly Dictionary<long, int> _unconfirmed = [];
    private readonly Dictionary<long, string> _personal = [];
    private long _barrier;
    private long _label;
    private TimeSpan _carefulUntil;
    private bool _isLeaving;

    public Delivery(LinkState state, VerbTable verbs, ChannelKeeper channels, Roster roster, Batches batches)
    {
        (_state, _channels, _roster, _batches) = (state, channels, roster, batches);
        roster.ChangedHands += TakeBack;
        verbs.On(OnPong, "PONG");
        verbs.On(OnAck, "ACK");
        verbs.On(
            OnError, "401", "403", "404", "407", "408", "411", "412", "413", "414", "415", "417", "477", "486", "489", "492", "531", "716");
        verbs.On(OnFail, "FAIL");
        verbs.On(OnTooFast, "439", "707");
        verbs.On(_ => _state.Outgoing.SlowDown(), "263", "480");
    }

    public int Count => _waiting.Count + _written.Count;

    public TimeSpan NextTick
    {
        get
        {
            if (!_state.IsRegistered) return TimeSpan.MaxValue;
            var talk = Next is not null ? _state.Outgoing.WhenTalk : TimeSpan.MaxValue;
            if (_written.First is not { Value: var oldest }) return talk;
            var patience = oldest.At + (oldest.Barrier is null ? EchoTime : Patience);
            return talk < patience ? talk : patience;
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
        // Whether the modes allow colours is looked at when a line is written, after it was cut.
        var colours = _channels.Find(target) is { Options.Colours: true } ? StateColours.MostBytes : 0;
        return Math.Max(ShortestBudget, _state.Isupport.LineLength - 2 - prefix - command - colours);
    }

    public SayPace PaceOf(string target) => _state.Outgoing.Pace(_waiting.Ahead(target));

    /// <param name="id">Of the answer.</param>
    /// <param name="target">Whom to.</param>
    /// <param name="text">What.</param>
    /// <param name="kind">How.</param>
    /// <param name="priority">When.</param>
    /// <param name="to">Whose eyes alone it is for; null for whoever holds the name.</param>
    public void Say(long id, string target, string text, SayKind kind, SayPriority priority, IrcAuthor? to)
    {
        var clean = IrcText.Clean(text);
        if (WhyNot(target, clean) is { } reason)
        {
            _state.Emit(new IrcEvent.Refused(id, reason, IsOfText: clean.Length == 0));
            return;
        }
        var pieces = LineSplitter.Split(clean, Budget(target));
        if (!_state.IsRegistered || !IsReachable(target) || _waiting.Count + pieces.Count > MostWaiting || IsSomebodyElse(to))
        {
            _state.Emit(new IrcEvent.Unconfirmed(id));
            return;
        }
        _unconfirmed[id] = pieces.Count;
        if (to is not null) _personal[id] = to.Nick;
        foreach (var piece in pieces) _waiting.Add(new(id, target, kind, piece, priority, _state.Now));
    }

    public void Tick()
    {
        Watch();
        foreach (var piece in _waiting.TakeAll(target => !IsReachable(target))) Unconfirm(piece.Id);
        while (Next is { } next && TryWrite(next)) { }
        var open = _written.Count(w => w is { Barrier: null, Label: null });
        if (open >= MostBeforeBarrier || (open > 0 && IsPause && _written.All(w => w.Barrier is null))) Barrier();
        if (_waiting.Count == 0) _state.Outgoing.TickIdle();
    }

    /// <summary>Before QUIT: asks after what is written, so that it is not said again by the next run, and writes nothing more.</summary>
    public void Leave()
    {
        if (!_isLeaving && _written.Any(w => w is { Barrier: null, Label: null })) Barrier();
        _isLeaving = true;
    }

    public void OnEcho(IrcMessage message)
    {
        var from = message.From;
        if (from.User is not null && from.Host is not null) _state.UserHost = $"{from.User}@{from.Host}";
        var text = IrcFormatting.Strip(message[1]);
        if ((ByLabel(message) ?? _written.FirstOrDefault(IsIt)) is { } line) Confirm(line);
        else if (_replies.FirstOrDefault(IsIt) is { } reply) _replies.Remove(reply);

        bool IsIt(Written line) => line.Text == text && _state.Same(line.Target, message[0]);
    }

    /// <summary>The connection is gone: nobody knows about these.</summary>
    public void GiveUp()
    {
        foreach (var id in _unconfirmed.Keys) _state.Emit(new IrcEvent.Unconfirmed(id));
        _unconfirmed.Clear();
        _personal.Clear();
    }

    private bool IsSomebodyElse(IrcAuthor? to) =>
        to is not null && (to.SaidAt < _state.RegisteredAt || _roster.HasChangedHands(to.Nick, to.SaidAt));

    private void TakeBack(string nick)
    {
        if (_personal.Count == 0) return;
        foreach (var id in _personal.Where(p => _state.Same(p.Value, nick)).Select(p => p.Key).ToArray()) Unconfirm(id);
    }

    // A barrier costs a line of the pace, so one at a time is asked for unless many lines hang on it.
    private bool IsPause => _waiting.Count == 0 || _written.Count >= AtMost;

    // Of one line at a time an error says clearly which it means.
    private int AtMost => _state.Now < _carefulUntil ? 1 : MostUnconfirmed;

    private Piece? Next => _isLeaving ? null : _waiting.Next(relaysMayGo: _written.Count < AtMost);

    private static string? WhyNot(string target, string text) =>
        !IrcCommand.CanTarget(target) ? "this is neither a nick nor a channel"
        : text.Length == 0 ? "there is nothing to say"
        : null;

    private bool IsReachable(string target) =>
        _channels.Find(target) is { } channel ? channel.IsUsable : !_state.IsChannel(target);

    private bool TryWrite(Piece next)
    {
        if (!_unconfirmed.ContainsKey(next.Id) || next.IsStale(_state.Now))
        {
            _waiting.Take(next);
            Unconfirm(next.Id);
            return true;
        }
        var isColoured = next.Kind == SayKind.Privmsg && _channels.Find(next.Target) is { TakesColours: true };
        var command = next.Kind == SayKind.Notice ? IrcCommand.Notice(next.Target, next.Text, _state.Isupport.LineLength)
            : isColoured ? IrcCommand.Privmsg(next.Target, StateColours.Of(next.Text), _state.Isupport.LineLength)
            : IrcCommand.Privmsg(next.Target, next.Text, _state.Isupport.LineLength);
        var label = next.IsProved && _state.Caps.Contains("labeled-response") && _state.Caps.Contains("echo-message")
            ? (++_label).ToString("x", CultureInfo.InvariantCulture)
            : null;
        if (!_state.Outgoing.TryTalk(label is null ? command : command.Labelled(label))) return false;
        _waiting.Take(next);
        var written = new Written(next.Id, next.Target, next.Text, label, _state.Now) { IsColoured = isColoured };
        if (next.IsProved) _written.AddLast(written);
        else
        {
            _replies.AddLast(written);
            if (_replies.Count > MostReplies) _replies.RemoveFirst();
            OneLess(next.Id);
        }
        return true;
    }

    // An echo that does not come is asked after by a barrier; a barrier that does not come back means a dead peer.
    private void Watch()
    {
        if (_written.First is not { Value: var oldest } || _state.Now < oldest.At + EchoTime) return;
        if (oldest.Barrier is null) Barrier();
        else if (_state.Now >= oldest.At + Patience) _state.Close(CloseCause.Lost, "the server does not answer what we say");
    }

    private void Barrier()
    {
        _barrier++;
        foreach (var line in _written) line.Barrier ??= _barrier;
        foreach (var reply in _replies) reply.Barrier ??= _barrier;
        _state.Outgoing.Now(IrcCommand.Ping(BarrierPrefix + _barrier.ToString(CultureInfo.InvariantCulture)));
    }

    private void OnPong(IrcMessage message)
    {
        if (!message.Last.StartsWith(BarrierPrefix, StringComparison.Ordinal)
            || !long.TryParse(message.Last.AsSpan(BarrierPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var barrier))
            return;
        var passed = _written.TakeWhile(w => w.Barrier <= barrier).ToList();
        foreach (var line in passed)
        {
            if (line.Refuse is null) Confirm(line);
            else if (line.Refusals >= passed.Concat(_replies.Where(r => r.Barrier <= barrier)).Count(w => _state.Same(w.Target, line.Target)))
                line.Refuse(line);
            else Unconfirm(line);
        }
        while (_replies.First is { Value: var reply } && reply.Barrier <= barrier) _replies.RemoveFirst();
        // The server answers in order: the errors so far were about lines before the PING.
        foreach (var line in _written) (line.Refuse, line.Refusals) = (null, 0);
    }

    private void OnAck(IrcMessage message) => Confirm(ByLabel(message));

    private void OnError(IrcMessage message)
    {
        var isOfColours = Refusals.IsOfColours(message.Verb, message.Last);
        if (isOfColours && _channels.Find(message[1]) is { } channel) channel.RefusesColours = true;
        Blame(
            message, w => message.Verb == "417" || _state.Same(w.Target, message[1]),
            line =>
            {
                // Said again, it goes without.
                if (isOfColours && line.IsColoured) Unconfirm(line);
                else Refuse(line, message.Verb, message.Last);
            });
    }

    // FAIL PRIVMSG CODE [context…] :description
    private void OnFail(IrcMessage message)
    {
        if (message[0].ToUpperInvariant() is not ("PRIVMSG" or "NOTICE")) return;
        var isNamed = _written.Any(Names);
        Blame(message, w => !isNamed || Names(w), line => Refuse(line, message[1], message.Last));

        bool Names(Written line) => message.Params.Any(p => _state.Same(p, line.Target));
    }

    private void OnTooFast(IrcMessage message)
    {
        _state.Outgoing.SlowDown();
        Blame(message, w => _state.Same(w.Target, message[1]), Unconfirm);
    }

    private void Blame(IrcMessage message, Func<Written, bool> mayBe, Action<Written> refuse)
    {
        if (ByLabel(message) is { } line)
        {
            refuse(line);
            return;
        }
        var suspects = _written.Where(mayBe).ToList();
        if (suspects.Count > 0) _carefulUntil = _state.Now + CarefulTime;
        if (suspects is [var only] && !_replies.Any(r => _state.Now < r.At + Patience && mayBe(r))) refuse(only);
        else foreach (var suspect in suspects) (suspect.Refuse, suspect.Refusals) = (refuse, suspect.Refusals + 1);
    }

    private Written? ByLabel(IrcMessage message) =>
        _batches.LabelOf(message) is { } label ? Oldest(w => w.Label == label) : null;

    private Written? Oldest(Func<Written, bool> isIt) => _written.FirstOrDefault(isIt);

    private void Confirm(Written? line)
    {
        if (line is not null && _written.Remove(line)) OneLess(line.Id);
    }

    private void OneLess(long id)
    {
        if (!_unconfirmed.TryGetValue(id, out var left)) return;
        if (left > 1)
        {
            _unconfirmed[id] = left - 1;
            return;
        }
        Forget(id);
        _state.Emit(new IrcEvent.Delivered(id));
    }

    private void Refuse(Written line, string code, string reason)
    {
        _written.Remove(line);
        if (!Forget(line.Id)) return;
        var told = IrcText.Clean(IrcFormatting.Strip($"{code} {reason}"));
        _state.Emit(new IrcEvent.Refused(line.Id, told, Refusals.IsOfText(code, reason)));
    }

    private void Unconfirm(Written line)
    {
        _written.Remove(line);
        Unconfirm(line.Id);
    }

    private void Unconfirm(long id)
    {
        if (Forget(id)) _state.Emit(new IrcEvent.Unconfirmed(id));
    }

    private bool Forget(long id)
    {
        _personal.Remove(id);
        return _unconfirmed.Remove(id);
    }

    private sealed class Written(long id, string target, string text, string? label, TimeSpan at)
    {
        public long Id => id;

        public string Target => target;

        public string Text => text;

        public string? Label => label;

        public TimeSpan At => at;

        public bool IsColoured { get; init; }

        public long? Barrier { get; set; }

        /// <summary>What to do if it is this one that was refused; null where no error may mean it.</summary>
        public Action<Written>? Refuse { get; set; }

        /// <summary>How many errors may mean it.</summary>
        public int Refusals { get; set; }
    }
}
