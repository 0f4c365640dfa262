namespace ChatBot.Core.Irc.Session;

/// <summary>
/// The way to the socket. Handshake, PONG and QUIT go at once; setup (JOIN, NICK, WHOIS of ourselves) goes before all talk and may
/// borrow some of the pace, so that nothing that anybody can ask for belongs there; idle lines (WHO of a whole channel) only when
/// nobody else wants to write.
/// </summary>
internal sealed class Outgoing(Outputs outputs, FloodBudget budget) : ILinkPart
{
    private const double SetupDebt = -2;
    private const double HandshakeCost = 0.4;
    private const double IdleReserve = 1;
    private const int MostWaiting = 64;

    private readonly Queue<IrcCommand> _setup = new();
    private readonly Queue<IrcCommand> _idle = new();
    private TimeSpan _now;

    public TimeSpan NextTick { get; private set; } = TimeSpan.MaxValue;

    public int Waiting => _setup.Count + _idle.Count;

    public void At(TimeSpan now) => _now = now;

    /// <summary>
    /// Writes a line that is part of getting in: it never waits, and most servers are lenient until they have let us in.
    /// </summary>
    public void Handshake(IrcCommand command)
    {
        budget.Spend(command, HandshakeCost, _now);
        outputs.Lines.Add(command.Line);
    }

    public void Now(IrcCommand command)
    {
        budget.Spend(command, command.Cost, _now);
        outputs.Lines.Add(command.Line);
    }

    /// <summary>False where too much waits already: the line is not written.</summary>
    public bool Setup(IrcCommand command) => Wait(_setup, command);

    public void Idle(IrcCommand command) => Wait(_idle, command);

    public bool TryTalk(IrcCommand command)
    {
        if (!budget.TrySpend(command, 0, _now))
        {
            return false;
        }

        outputs.Lines.Add(command.Line);
        return true;
    }

    /// <param name="cost">Of the line that waits.</param>
    public TimeSpan WhenTalk(double cost) => budget.WhenSpendable(cost, 0, _now);

    /// <param name="ahead">Ordinary lines that wait.</param>
    public SayPace Pace(int ahead) => budget.Pace(ahead + _setup.Sum(command => command.Cost), _now);

    /// <summary>The server exempts us from its flood control, or no more.</summary>
    public bool IsSafe
    {
        set => budget.IsSafe = value;
    }

    public bool IsSlow => budget.IsSlow(_now);

    public void SlowDown() => budget.SlowDown(_now);

    public void Tick()
    {
        while (_setup.TryPeek(out var next) && budget.TrySpend(next, Debt(next), _now))
        {
            outputs.Lines.Add(_setup.Dequeue().Line);
        }

        NextTick = _setup.TryPeek(out var first) ? budget.WhenSpendable(first.Cost, Debt(first), _now) : TimeSpan.MaxValue;
    }

    /// <summary>Called when no talk is waiting.</summary>
    public void TickIdle()
    {
        while (_setup.Count == 0 && _idle.TryPeek(out var next) && budget.TrySpend(next, IdleReserve, _now))
        {
            outputs.Lines.Add(_idle.Dequeue().Line);
        }

        if (_setup.Count == 0 && _idle.TryPeek(out var first))
        {
            NextTick = budget.WhenSpendable(first.Cost, IdleReserve, _now);
        }
    }

    // What costs much waits for one line to be free, and not for all that it costs.
    private static double Debt(IrcCommand command) => Math.Min(SetupDebt, 1 - command.Cost);

    private static bool Wait(Queue<IrcCommand> queue, IrcCommand command)
    {
        if (queue.Count >= MostWaiting)
        {
            return false;
        }

        queue.Enqueue(command);
        return true;
    }
}
