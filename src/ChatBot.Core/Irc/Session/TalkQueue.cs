namespace ChatBot.Core.Irc.Session;

/// <summary>One line to be said; an id may have several.</summary>
internal sealed record Piece(long Id, string Target, SayKind Kind, string Text, SayPriority Priority, TimeSpan At)
{
    private static readonly TimeSpan ReplyTime = TimeSpan.FromSeconds(60);

    /// <summary>Whom it answers in a channel; null for nobody.</summary>
    public IrcAuthor? Asker { get; init; }

    /// <summary>Whether a text begins with it.</summary>
    public bool IsFirst { get; init; }

    /// <summary>An answer that comes so late answers nobody; what was decided to be said never ages.</summary>
    public bool IsStale(TimeSpan now) => Priority != SayPriority.Relay && now - At > ReplyTime;

    /// <summary>Whether a root channel is to read it.</summary>
    public bool IsForRoot { get; init; }

    /// <summary>Whether channels wait for it: a welcome that has to be proved is for one person.</summary>
    public bool IsRelay => Priority == SayPriority.Relay && IsToChannel;

    /// <summary>Whether its target is a channel.</summary>
    public bool IsToChannel { get; init; }

    /// <summary>Whether it counts as delivered only once the server has shown that it took it.</summary>
    public bool IsProved => Priority == SayPriority.Relay;
}

/// <summary>
/// Lines that wait for the pace. Targets take turns, so that a busy one starves nobody. Relays go before replies, so that nobody's
/// question makes an alert late; after three of them in a row a reply has its turn. Relays to root channels go before the others, and
/// after three of these in a row one of the others has its turn. What is to be proved to one person, a welcome, goes where a reply may:
/// whoever joins makes no alert late.
/// </summary>
internal sealed class TalkQueue
{
    private const int RelaysInARow = 3;
    private const int RootRelaysInARow = 3;
    private readonly Turns _promptReplies = new();
    private readonly Turns _replies = new();
    private readonly Turns _welcomes = new();
    private readonly Turns _rootRelays = new();
    private readonly Turns _relays = new();
    private int _relaysInARow;
    private int _rootRelaysInARow;

    public int Count => Replies + Proved;

    /// <summary>Of both kinds.</summary>
    public int Replies => _promptReplies.Count + _replies.Count;

    public int Relays => _rootRelays.Count + _relays.Count;

    /// <summary>Relays, and what else has to be proved.</summary>
    public int Proved => Relays + _welcomes.Count;

    public void Add(Piece piece) => Of(piece).Add(piece);

    /// <summary>Whose turn it is; null where nobody may go.</summary>
    /// <param name="relaysMayGo">False while too many of what has to be proved have no proof yet.</param>
    /// <param name="relaysFirst">Replies wait for all of them: so little may be written that three would be long.</param>
    public Piece? Next(bool relaysMayGo, bool relaysFirst)
    {
        var relay = relaysMayGo ? NextRelay : null;
        var reply = _promptReplies.Next ?? (relaysMayGo ? _welcomes.Next : null) ?? _replies.Next;
        return relay is not null && (relaysFirst || _relaysInARow < RelaysInARow) ? relay : reply ?? relay;
    }

    /// <summary>How many lines go before a relay to this target that is added now, at most.</summary>
    public int Ahead(string target, bool isForRoot)
    {
        var relays = isForRoot
            ? _rootRelays.Ahead(target) + Math.Min(_relays.Count, _rootRelays.Count / RootRelaysInARow)
            : _rootRelays.Count + _relays.Ahead(target);
        return relays + Math.Min(Replies + _welcomes.Count, (_relaysInARow + relays) / RelaysInARow);
    }

    private Piece? NextRelay => _rootRelaysInARow >= RootRelaysInARow ? _relays.Next ?? _rootRelays.Next : _rootRelays.Next ?? _relays.Next;

    /// <summary>Takes out what <see cref="Next"/> gave.</summary>
    public void Take(Piece next)
    {
        _relaysInARow = next.IsRelay ? _relaysInARow + 1 : 0;
        if (next.IsRelay)
        {
            _rootRelaysInARow = next.IsForRoot ? _rootRelaysInARow + 1 : 0;
        }

        Of(next).Take();
    }

    /// <summary>Whether a relay was written last.</summary>
    public bool IsAfterRelay => _relaysInARow > 0;

    /// <summary>Something else that people asked for was written.</summary>
    public void GiveRelaysTheTurn() => _relaysInARow = 0;

    /// <summary>Takes out all that waits for the targets that can be reached no more, so that nothing goes before what stood first.</summary>
    public IReadOnlyList<Piece> TakeAll(Predicate<string> isGone) => [.. TakeReplies(isGone), .. _welcomes.TakeAll(isGone), .. _rootRelays.TakeAll(isGone), .. _relays.TakeAll(isGone)];

    /// <summary>Takes out the replies to those who are not there.</summary>
    public IReadOnlyList<Piece> TakeReplies(Predicate<string> isGone) =>
        [.. _promptReplies.TakeAll(isGone), .. _replies.TakeAll(isGone)];

    private Turns Of(Piece piece) => piece.Priority switch
    {
        SayPriority.Reply => _replies,
        SayPriority.PromptReply => _promptReplies,
        _ when !piece.IsRelay => _welcomes,
        _ => piece.IsForRoot ? _rootRelays : _relays,
    };

    private sealed class Turns
    {
        private readonly LinkedList<Queue<Piece>> _turns = new();
        private readonly Dictionary<string, Queue<Piece>> _byTarget = new(StringComparer.OrdinalIgnoreCase);

        public int Count { get; private set; }

        public void Add(Piece piece)
        {
            if (!_byTarget.TryGetValue(piece.Target, out var queue))
            {
                _turns.AddLast(_byTarget[piece.Target] = queue = new());
            }

            queue.Enqueue(piece);
            Count++;
        }

        // In each turn of this target the others have one too.
        public int Ahead(string target)
        {
            var own = _byTarget.TryGetValue(target, out var queue) ? queue.Count : 0;
            return own + _byTarget.Values.Where(other => other != queue).Sum(other => Math.Min(other.Count, own + 1));
        }

        public Piece? Next => _turns.First?.Value.Peek();

        public Piece[] TakeAll(Predicate<string> isGone)
        {
            if (Count == 0)
            {
                return [];
            }

            var dropped = new List<Piece>();
            foreach (var (target, queue) in _byTarget)
            {
                if (!isGone(target))
                {
                    continue;
                }

                dropped.AddRange(queue);
                _turns.Remove(queue);
                _byTarget.Remove(target);
            }
            Count -= dropped.Count;
            return [.. dropped];
        }

        public void Take()
        {
            var queue = _turns.First!.Value;
            _turns.RemoveFirst();
            var piece = queue.Dequeue();
            if (queue.Count > 0)
            {
                _turns.AddLast(queue);
            }
            else
            {
                _byTarget.Remove(piece.Target);
            }

            Count--;
        }
    }
}
