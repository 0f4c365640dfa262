using ChatBot.Core.Text;

namespace ChatBot.Core.Newcomers;

/// <summary>Those who may be welcomed, in the order in which they came, and the steps to carry out about them.</summary>
internal sealed class WaitingRoom
{
    private readonly List<Pending> _pending = [];
    private List<GreeterStep> _steps = [];
    private long _questions;

    public IReadOnlyList<Pending> All => _pending;

    /// <summary>How the network compares nicks.</summary>
    public CaseMapping Names { get; set; } = CaseMapping.Rfc1459;

    public Pending? Here(string nick) => _pending.Find(p => p.AwaySince is null && Names.Equals(p.Visitor.Nick, nick));

    public Pending? Asked(long question) => _pending.Find(p => p.Question == question);

    /// <summary>Who waits and shares a key. Somebody else under the same nick has gone without being seen to go.</summary>
    public Pending? Recognise(string nick, IReadOnlyList<string> keys)
    {
        var pending = _pending.Find(p => p.Keys.Exists(keys.Contains));
        if (Here(nick) is { } gone && gone != pending)
        {
            Settle(gone, GreetOutcome.Left);
        }

        return pending;
    }

    public void Begin(Visitor who, IReadOnlyList<string> keys, string channel, TimeSpan due, TimeSpan now)
    {
        var pending = new Pending(who, channel, due);
        _pending.Add(pending);
        Learn(pending, keys, now);
    }

    /// <summary>The same nick in one more channel; or a new connection, and the old one counts no longer.</summary>
    public void Return(Pending pending, Visitor who, IReadOnlyList<string> keys, string channel, TimeSpan due, TimeSpan now)
    {
        if (pending.AwaySince is not null || !Names.Equals(pending.Visitor.Nick, who.Nick))
        {
            pending.Channels.Clear();
            pending.Channel = channel;
            pending.Due = due;
            pending.AwaySince = null;
        }

        pending.Channels.Add(channel);
        pending.Visitor = who;
        Learn(pending, keys, now);
    }

    /// <summary>Takes new keys; they may be those of somebody who is known, or who waits under another nick.</summary>
    public void Learn(Pending pending, IReadOnlyList<string> keys, TimeSpan now)
    {
        var added = keys.Where(key => !pending.Keys.Contains(key)).ToList();
        if (added.Count == 0)
        {
            return;
        }

        foreach (var other in _pending.FindAll(p => p != pending && p.Keys.Exists(added.Contains)))
        {
            Settle(other, GreetOutcome.SamePerson);
        }

        pending.Keys.AddRange(added);
        pending.Question = ++_questions;
        pending.AskedAt = now;
        _steps.Add(new Candidate(_questions, pending.Visitor.Nick, [.. pending.Keys]));
    }

    public void Settle(Pending pending, GreetOutcome outcome)
    {
        _pending.Remove(pending);
        _steps.Add(new GreetVerdict(outcome, pending.Visitor.Nick, pending.Channel, [.. pending.Keys]));
    }

    /// <summary>The end for somebody who never waited.</summary>
    public void Settle(Visitor who, IReadOnlyList<string> keys, string channel, GreetOutcome outcome) =>
        _steps.Add(new GreetVerdict(outcome, who.Nick, channel, keys));

    public IReadOnlyList<GreeterStep> Take()
    {
        if (_steps.Count == 0)
        {
            return [];
        }

        var steps = _steps;
        _steps = [];
        return steps;
    }
}
