using System.Globalization;

namespace ChatBot.Core.Irc.Session;

/// <summary>
/// Lines that are written, until the server has shown what became of them: by an echo, a label, or the PONG of a PING written after
/// them (a barrier); or by an error. Never more than <see cref="MostUnconfirmed"/> relays: that is all that a lost connection can
/// repeat. An error without a label that may mean several of them refuses none: their PONG shows only how many were refused, so that
/// those nobody knows about are said again, one at a time for a while. Replies need no proof, but an error may mean one of them.
/// </summary>
internal sealed class InFlight
{
    private const int MostUnconfirmed = 6;
    private const int MostBeforeBarrier = 4;
    private const int MostReplies = 32;
    private const string BarrierPrefix = "said-";
    private static readonly TimeSpan EchoTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CarefulTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DroppingTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BeforeProof = TimeSpan.FromSeconds(1);

    // Of so few lines that may be written now, a barrier is not to take one at once: it waits for more lines to prove.
    private const double FewLines = 3;

    private readonly LinkState _state;
    private readonly ChannelKeeper _channels;
    private readonly Batches _batches;
    private readonly LinkedList<Written> _written = new();
    private readonly LinkedList<Written> _replies = new();
    private long _barrier;
    private TimeSpan _carefulUntil;
    private TimeSpan _droppingUntil;

    public InFlight(LinkState state, VerbTable verbs, ChannelKeeper channels, Batches batches)
    {
        (_state, _channels, _batches) = (state, channels, batches);
        verbs.On(OnPong, "PONG");
        verbs.On(OnAck, "ACK");
        verbs.On(
            OnError, "401", "403", "404", "407", "408", "411", "412", "413", "414", "415", "417", "477", "486", "489", "492", "531", "716");
        verbs.On(OnFail, "FAIL");
        verbs.On(OnTooFast, "439", "707");
        verbs.On(OnNotice, "NOTICE");
    }

    /// <summary>Receives the id of a relay of which the server has accepted a line.</summary>
    public required Action<long> Accepted { get; init; }

    /// <summary>Receives the id, the code of the error and its text.</summary>
    public required Action<long, string, string> Refused { get; init; }

    /// <summary>Receives the id of a relay whose fate is unknown.</summary>
    public required Action<long> Unknown { get; init; }

    /// <summary>Receives the id of a relay that the server may have dropped, and may take soon.</summary>
    public required Action<long> Dropped { get; init; }

    /// <summary>Relays without proof.</summary>
    public int Count => _written.Count;

    /// <summary>Whether one more relay may be written.</summary>
    public bool HasRoom => _written.Count < AtMost;

    /// <summary>The server has lately dropped lines, so that each try counts.</summary>
    public bool IsDropping => _state.Now < _droppingUntil;

    /// <summary>When to call <see cref="Watch"/> and <see cref="AskAfter"/> at the latest.</summary>
    public TimeSpan Deadline => _written.First is not { Value: var oldest } ? TimeSpan.MaxValue
        : (MayBeDropped ?? TooNew) is { } line ? line.At + BeforeProof
        : oldest.At + (oldest.Barrier is null ? EchoTime : Patience);

    // It says so at once, and the line of the pace that a barrier costs is better spent on another try.
    private Written? MayBeDropped => IsDropping ? JustWritten : null;

    private Written? TooNew => _state.Outgoing.WhenTalk(FewLines) > _state.Now ? JustWritten : null;

    private Written? JustWritten =>
        _written.Last is { Value: var newest } && IsOpen(newest) && _state.Now < newest.At + BeforeProof ? newest : null;

    // Of one line at a time an error says clearly which it means.
    private int AtMost => _state.Now < _carefulUntil ? 1 : MostUnconfirmed;

    public void Add(Piece piece, string? label, bool isColoured)
    {
        var line = new Written(piece.Id, piece.Target, piece.Text, label, _state.Now) { IsColoured = isColoured };
        if (piece.IsProved)
        {
            _written.AddLast(line);
            return;
        }
        _replies.AddLast(line);
        if (_replies.Count > MostReplies)
        {
            _replies.RemoveFirst();
        }
    }

    /// <summary>A barrier costs a line of the pace, so one at a time is asked for unless many lines hang on it.</summary>
    /// <param name="isPause">No relay waits; replies do not matter, so that nobody who asks delays the proof.</param>
    public void AskAfter(bool isPause)
    {
        if (_written.Count == 0 || MayBeDropped is not null)
        {
            return;
        }

        var open = _written.Count(IsOpen);
        var mayAsk = ((isPause && TooNew is null) || !HasRoom) && _written.All(w => w.Barrier is null);
        if (open >= MostBeforeBarrier || (open > 0 && mayAsk))
        {
            Barrier();
        }
    }

    public void AskAfterAll()
    {
        if (_written.Any(IsOpen))
        {
            Barrier();
        }
    }

    public void OnEcho(IrcMessage message)
    {
        var text = IrcFormatting.Strip(message[1]);
        if ((ByLabel(message) ?? _written.FirstOrDefault(IsIt)) is { } line)
        {
            Confirm(line);
        }
        else if (_replies.FirstOrDefault(IsIt) is { } reply)
        {
            _replies.Remove(reply);
        }

        bool IsIt(Written line) => line.Text == text && _state.Same(line.Target, message[0]);
    }

    /// <summary>An echo that does not come is asked after by a barrier; a barrier that does not come back means a dead peer.</summary>
    public void Watch()
    {
        if (_written.First is not { Value: var oldest } || _state.Now < oldest.At + EchoTime)
        {
            return;
        }

        if (oldest.Barrier is null)
        {
            Barrier();
        }
        else if (_state.Now >= oldest.At + Patience)
        {
            _state.Close(CloseCause.Lost, "the server does not answer what we say");
        }
    }

    private void Barrier()
    {
        _barrier++;
        foreach (var line in _written)
        {
            line.Barrier ??= _barrier;
        }

        foreach (var reply in _replies)
        {
            reply.Barrier ??= _barrier;
        }

        _state.Outgoing.Now(IrcCommand.Ping(BarrierPrefix + _barrier.ToString(CultureInfo.InvariantCulture)));
    }

    private void OnPong(IrcMessage message)
    {
        if (!message.Last.StartsWith(BarrierPrefix, StringComparison.Ordinal)
            || !long.TryParse(message.Last.AsSpan(BarrierPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var barrier))
        {
            return;
        }

        var passed = _written.TakeWhile(w => w.Barrier <= barrier).ToList();
        foreach (var line in passed)
        {
            if (line.Refuse is null)
            {
                Confirm(line);
            }
            else if (line.Refusals >= passed.Concat(_replies.Where(r => r.Barrier <= barrier)).Count(w => _state.Same(w.Target, line.Target)))
            {
                line.Refuse(line);
            }
            else if (line.Refuse == Drop)
            {
                Drop(line);
            }
            else
            {
                GiveBack(line);
            }
        }
        while (_replies.First is { Value: var reply } && reply.Barrier <= barrier)
        {
            _replies.RemoveFirst();
        }
        // The server answers in order: the errors so far were about lines before the PING.
        foreach (var line in _written)
        {
            (line.Refuse, line.Refusals) = (null, 0);
        }
    }

    private void OnAck(IrcMessage message) => Confirm(ByLabel(message));

    private void OnError(IrcMessage message)
    {
        var isOfColours = Refusals.IsOfColours(message.Verb, message.Last);
        if (isOfColours && _channels.Find(message[1]) is { } channel)
        {
            channel.RefusesColours = true;
        }

        Blame(
            message, w => message.Verb == "417" || _state.Same(w.Target, message[1]),
            line =>
            {
                // Said again, it goes without.
                if (isOfColours && line.IsColoured)
                {
                    GiveBack(line);
                }
                else
                {
                    Refuse(line, message.Verb, message.Last);
                }
            });
    }

    // FAIL PRIVMSG CODE [context…] :description
    private void OnFail(IrcMessage message)
    {
        if (message[0].ToUpperInvariant() is not ("PRIVMSG" or "NOTICE"))
        {
            return;
        }

        var isNamed = _written.Any(Names);
        Blame(message, w => !isNamed || Names(w), line => Refuse(line, message[1], message.Last));

        bool Names(Written line) => message.Params.Any(p => _state.Same(p, line.Target));
    }

    private void OnTooFast(IrcMessage message)
    {
        _state.Outgoing.SlowDown();
        Blame(message, w => _state.Same(w.Target, message[1]), GiveBack);
    }

    // ircd-ratbox and its heirs, ircd-hybrid among them (m_message.c, flood_attack_channel): “*** Message to #channel throttled due to
    // flooding”. Whoever floods the channel makes them drop the lines of all.
    private void OnNotice(IrcMessage message)
    {
        if (message.From.User is null && message.Last.Contains("throttled due to flooding", StringComparison.OrdinalIgnoreCase))
        {
            var words = message.Last.Split(' ');
            Blame(message, w => Array.Exists(words, word => _state.Same(word, w.Target)), Drop);
        }
    }

    private void Blame(IrcMessage message, Func<Written, bool> mayBe, Action<Written> refuse)
    {
        if (ByLabel(message) is { } line)
        {
            refuse(line);
            return;
        }
        var suspects = _written.Where(mayBe).ToList();
        if (suspects.Count > 0)
        {
            _carefulUntil = _state.Now + CarefulTime;
        }

        if (suspects is [var only] && !_replies.Any(r => _state.Now < r.At + Patience && mayBe(r)))
        {
            refuse(only);
        }
        else
        {
            foreach (var suspect in suspects)
            {
                (suspect.Refuse, suspect.Refusals) = (refuse, suspect.Refusals + 1);
            }
        }
    }

    private Written? ByLabel(IrcMessage message) =>
        _batches.LabelOf(message) is { } label ? Oldest(w => w.Label == label) : null;

    private Written? Oldest(Func<Written, bool> isIt) => _written.FirstOrDefault(isIt);

    private void Confirm(Written? line)
    {
        if (line is not null && _written.Remove(line))
        {
            Accepted(line.Id);
        }
    }

    private void Refuse(Written line, string code, string reason)
    {
        _written.Remove(line);
        Refused(line.Id, code, reason);
    }

    private void GiveBack(Written line)
    {
        _written.Remove(line);
        Unknown(line.Id);
    }

    private void Drop(Written line)
    {
        _written.Remove(line);
        _droppingUntil = _state.Now + DroppingTime;
        Dropped(line.Id);
    }

    private static bool IsOpen(Written line) => line is { Barrier: null, Label: null };

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
