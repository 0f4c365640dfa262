namespace ChatBot.Core.Irc.Session;

/// <summary>One line to be said; an id may have several.</summary>
internal sealed record Piece(long Id, string Target, SayKind Kind, string Text);

/// <summary>
/// Lines that wait for the pace. Targets take turns, so that a busy one starves nobody; replies go before relays, but after three
/// of them in a row a waiting relay has its turn.
/// </summary>
internal sealed class TalkQueue
{
    private const int RepliesInARow = 3;
    private readonly Turns _replies = new();
    private readonly Turns _relays = new();
    private int _repliesTaken;

    public int Count => _replies.Count + _relays.Count;

    public void Add(Piece piece, SayPriority priority) => (priority == SayPriority.Reply ? _replies : _relays).Add(piece);

    public Piece Peek() => (IsReplyNext ? _replies : _relays).Peek();

    public Piece Take()
    {
        var isReply = IsReplyNext;
        _repliesTaken = isReply ? _repliesTaken + 1 : 0;
        return (isReply ? _replies : _relays).Take();
    }

    private bool IsReplyNext => _replies.Count > 0 && (_repliesTaken < RepliesInARow || _relays.Count == 0);

    private sealed class Turns
    {
        private readonly LinkedList<Queue<Piece>> _turns = new();
        private readonly Dictionary<string, Queue<Piece>> _byTarget = new(StringComparer.OrdinalIgnoreCase);

        public int Count { get; private set; }

        public void Add(Piece piece)
        {
            if (!_byTarget.TryGetValue(piece.Target, out var queue))
                _turns.AddLast(_byTarget[piece.Target] = queue = new());
            queue.Enqueue(piece);
            Count++;
        }

        public Piece Peek() => _turns.First!.Value.Peek();

        public Piece Take()
        {
            var queue = _turns.First!.Value;
            _turns.RemoveFirst();
            var piece = queue.Dequeue();
            if (queue.Count > 0) _turns.AddLast(queue);
            else _byTarget.Remove(piece.Target);
            Count--;
            return piece;
        }
    }
}
